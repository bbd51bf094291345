with marketing_emails as (

    select * from {{ ref('stg_hubspot__marketing_emails') }}
    where published_at is not null

),

contents as (

    select * from {{ ref('stg_hubspot__content_analytics') }}

),

mailed_leads as (

    select * from {{ ref('int_mailed_leads') }}

),

spend as (

    select * from {{ source('raw_agreement', 'spend') }}

),

run as (

    select
        as_of,
        {{ local_day('as_of') }} as today
    from {{ source('raw_agreement', 'run') }}

),

emails as (

    select
        'email-' || marketing_emails.email_id as broadcast_id,
        cast('email' as {{ dbt.type_string() }}) as medium,
        marketing_emails.name,
        {{ local_day('marketing_emails.published_at') }} as sent_on,
        marketing_emails.audience,
        marketing_emails.delivered,
        marketing_emails.opened,
        marketing_emails.clicked,
        coalesce(mailed_leads.leads, 0) as leads_created,
        cast(null as decimal(28, 6)) as cost
    from marketing_emails
    inner join run
        on marketing_emails.published_at <= run.as_of
    left join mailed_leads
        on marketing_emails.email_id = mailed_leads.email_id

),

published as (

    select
        contents.medium || '-' || contents.content_id as broadcast_id,
        contents.medium,
        contents.name,
        contents.seen_on as sent_on,
        cast(null as {{ dbt.type_bigint() }}) as audience,
        cast(null as {{ dbt.type_bigint() }}) as delivered,
        contents.views as opened,
        cast(null as {{ dbt.type_bigint() }}) as clicked,
        contents.contacts_created as leads_created,
        cast(null as decimal(28, 6)) as cost
    from contents
    inner join run
        on contents.seen_on <= run.today

),

ads as (

    select
        'ad-' || spend.source || coalesce('-' || spend.campaign, '') as broadcast_id,
        cast('ad' as {{ dbt.type_string() }}) as medium,
        coalesce(spend.campaign, spend.source) as name,
        spend.day as sent_on,
        cast(null as {{ dbt.type_bigint() }}) as audience,
        cast(null as {{ dbt.type_bigint() }}) as delivered,
        cast(null as {{ dbt.type_bigint() }}) as opened,
        cast(null as {{ dbt.type_bigint() }}) as clicked,
        cast(null as {{ dbt.type_bigint() }}) as leads_created,
        cast(sum(spend.cost) as decimal(28, 6)) as cost
    from spend
    inner join run
        on spend.day <= run.today
    group by spend.source, spend.campaign, spend.day

),

broadcasts as (

    select * from emails
    union all
    select * from published
    union all
    select * from ads

)

select * from broadcasts
