with associations as (

    select * from {{ ref('stg_hubspot__associations') }}
    where from_type = 'contacts' and to_type = 'companies' and is_primary

),

lead_ids as (

    select * from {{ ref('int_changed_contacts') }}

),

contacts as (

    select * from {{ ref('int_contacts') }}

),

company_ids as (

    select * from {{ ref('int_company_ids') }}

),

candidates as (

    select
        contacts.lead_id,
        associations.to_id as company_id,
        case when associations.from_id = contacts.lead_id then 1 else 3 end as preference
    from associations
    inner join lead_ids
        on associations.from_id = lead_ids.contact_id
    inner join contacts
        on lead_ids.lead_id = contacts.lead_id
    union all
    select
        lead_id,
        company_id,
        2 as preference
    from contacts
    where company_id is not null

),

ranked as (

    select
        candidates.lead_id,
        coalesce(company_ids.company_id, candidates.company_id) as company_id,
        row_number() over (
            partition by candidates.lead_id
            order by candidates.preference, length(candidates.company_id), candidates.company_id
        ) as place
    from candidates
    left join company_ids
        on candidates.company_id = company_ids.record_id

),

primary_companies as (

    select
        lead_id,
        company_id
    from ranked
    where place = 1

)

select * from primary_companies
