with contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

lead_ids as (

    select * from {{ ref('int_changed_contacts') }}

),

run as (

    select * from {{ source('raw_agreement', 'run') }}

),

losers as (

    select
        lead_id,
        {{ dbt.listagg('contact_id', "';'", 'order by length(contact_id), contact_id') }} as merged_ids
    from lead_ids
    where contact_id <> lead_id
    group by lead_id

),

people as (

    select
        contacts.contact_id as lead_id,
        losers.merged_ids,
        contacts.*
    from contacts
    inner join lead_ids
        on
            contacts.contact_id = lead_ids.contact_id
            and contacts.contact_id = lead_ids.lead_id
    left join losers
        on contacts.contact_id = losers.lead_id
    cross join run
    where contacts.created_at <= run.as_of

)

select * from people
