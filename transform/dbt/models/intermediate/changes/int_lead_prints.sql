with lead_ids as (

    select * from {{ ref('int_lead_ids') }}

),

contacts as (

    select * from {{ ref('stg_hubspot__contacts') }}

),

history as (

    select * from {{ ref('stg_hubspot__property_history') }}
    where object_type = 'contacts'

),

associations as (

    select * from {{ ref('stg_hubspot__associations') }}
    where from_type = 'contacts' and to_type = 'companies' and is_primary

),

companies as (

    select * from {{ ref('stg_hubspot__companies') }}

),

company_ids as (

    select * from {{ ref('int_company_ids') }}

),

hashed_companies as (

    select
        company_id,
        {{ row_print('companies') }} as print
    from companies

),

-- Narrow rows before they are joined: a company is as wide as a contact.
company_prints as (

    select
        company_ids.record_id,
        hashed_companies.print
    from company_ids
    inner join hashed_companies
        on company_ids.company_id = hashed_companies.company_id

),

engagements as (

    select * from {{ ref('int_engagement_prints') }}

),

deals as (

    select * from {{ ref('int_deals') }}

),

-- Everything that a lead's rows are made of, by the record in the CRM that it hangs on.
by_contact as (

    select
        contact_id,
        {{ row_print('contacts') }} as print,
        {{ later_of('created_at', 'modified_at') }} as stamped_at
    from contacts
    union all
    select
        object_id as contact_id,
        {{ row_print('history') }} as print,
        changed_at as stamped_at
    from history
    union all
    select
        contact_id,
        print,
        stamped_at
    from engagements
    union all
    select
        from_id as contact_id,
        {{ row_print('associations') }} as print,
        cast(null as {{ dbt.type_timestamp() }}) as stamped_at
    from associations
    union all
    select
        named.contact_id,
        company_prints.print,
        cast(null as {{ dbt.type_timestamp() }}) as stamped_at
    from (
        select
            from_id as contact_id,
            to_id as company_id
        from associations
        union all
        select
            contact_id,
            company_id
        from contacts
        where company_id is not null
    ) as named
    inner join company_prints
        on named.company_id = company_prints.record_id

),

of_contacts as (

    select
        contact_id,
        sum(print) as print,
        max(stamped_at) as stamped_at
    from by_contact
    group by contact_id

),

by_lead as (

    select
        lead_ids.lead_id,
        {{ row_print('lead_ids') }} as print,
        cast(null as {{ dbt.type_timestamp() }}) as stamped_at
    from lead_ids
    union all
    select
        lead_ids.lead_id,
        of_contacts.print,
        of_contacts.stamped_at
    from of_contacts
    inner join lead_ids
        on of_contacts.contact_id = lead_ids.contact_id
    union all
    select
        lead_id,
        {{ row_print('deals') }} as print,
        cast(null as {{ dbt.type_timestamp() }}) as stamped_at
    from deals
    where lead_id is not null

),

prints as (

    select
        lead_id,
        cast(sum(print) as decimal(38, 0)) as print,
        max(stamped_at) as stamped_until
    from by_lead
    group by lead_id

)

select * from prints
