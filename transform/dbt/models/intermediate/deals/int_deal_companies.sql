with associations as (

    select * from {{ ref('stg_hubspot__associations') }}
    where from_type = 'deals' and to_type = 'companies'

),

deal_ids as (

    select * from {{ ref('int_deal_ids') }}

),

company_ids as (

    select * from {{ ref('int_company_ids') }}

),

ranked as (

    select
        deal_ids.deal_id,
        coalesce(company_ids.company_id, associations.to_id) as company_id,
        row_number() over (
            partition by deal_ids.deal_id
            order by
                case when associations.is_primary then 0 else 1 end,
                length(associations.to_id), associations.to_id
        ) as place
    from associations
    inner join deal_ids
        on associations.from_id = deal_ids.record_id
    left join company_ids
        on associations.to_id = company_ids.record_id

),

primary_companies as (

    select
        deal_id,
        company_id
    from ranked
    where place = 1

)

select * from primary_companies
