-- A failing row is a contact of the CRM without a lead, or a lead without a contact: merged people are
-- one, and who was created after *now* is not there yet.
with contacts as (

    select contacts.contact_id as lead_id
    from {{ ref('stg_hubspot__contacts') }} as contacts
    cross join {{ source('raw_agreement', 'run') }} as run
    left join {{ ref('stg_hubspot__merged_records') }} as merged
        on
            contacts.contact_id = merged.loser_id
            and merged.object_type = 'contacts'
    where merged.loser_id is null and contacts.created_at <= run.as_of

),

leads as (

    select lead_id from {{ ref('leads') }}

)

select coalesce(contacts.lead_id, leads.lead_id) as lead_id
from contacts
full outer join leads
    on contacts.lead_id = leads.lead_id
where contacts.lead_id is null or leads.lead_id is null
