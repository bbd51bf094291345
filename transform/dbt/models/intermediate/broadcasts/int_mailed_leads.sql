with marketing_emails as (

    select * from {{ ref('stg_hubspot__marketing_emails') }}

),

contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

run as (

    select as_of from {{ source('raw_agreement', 'run') }}

),

-- An email that the CRM names in no contact may have its own count.
brought as (

    select
        marketing_emails.email_id,
        cast(count(run.as_of) as {{ dbt.type_bigint() }}) as named,
        max(marketing_emails.contacts_created) as told
    from marketing_emails
    left join contacts
        on marketing_emails.email_id = contacts.source_detail
    left join run
        on contacts.created_at <= run.as_of
    group by marketing_emails.email_id

),

mailed_leads as (

    select
        email_id,
        coalesce(told, named) as leads
    from brought

)

select * from mailed_leads
