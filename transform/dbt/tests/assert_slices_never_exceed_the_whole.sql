-- A failing row is a commitment and period of which the slices of one kind hold more handoffs or leads than
-- `all` does. (Amounts are left out: some can be negative.)
with compliance as (

    select
        judged.commitment,
        judged.period_start,
        judged.slice,
        coalesce(judged.eligible, judged.actual) as held
    from {{ ref('sla_compliance') }} as judged
    inner join {{ source('raw_agreement', 'commitments') }} as commitments
        on
            judged.agreement_version = commitments.version
            and judged.commitment = commitments.commitment
    where commitments.measure not in ('deliver_value', 'convert_value')

),

kinds as (

    {% for kind in ['segment', 'owner', 'team', 'source', 'lead_type'] -%}
    select
        commitment,
        period_start,
        '{{ kind }}' as kind,
        sum(held) as held
    from compliance
    where slice like '{{ kind }}=%'
    group by commitment, period_start
    {% if not loop.last -%}
    union all
    {% endif -%}
    {% endfor %}
)

select
    kinds.*,
    compliance.held as whole
from kinds
inner join compliance
    on
        kinds.commitment = compliance.commitment
        and kinds.period_start = compliance.period_start
        and compliance.slice = 'all'
where kinds.held > compliance.held
