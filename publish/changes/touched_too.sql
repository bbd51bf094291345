    union all
    select coalesce(before.lead_id, after.lead_id) as lead_id
    from previous.marts.leads as before
    full join publication.marts.leads as after using (lead_id)
    where
        row(
            before.lead_id, before.segment, before.source, before.referred_by, before.owner_id, before.owner_team,
            before.excluded_because, before.quarantined_by
        )
        is distinct from
        row(
            after.lead_id, after.segment, after.source, after.referred_by, after.owner_id, after.owner_team,
            after.excluded_because, after.quarantined_by
        )
    union all
    select coalesce(before.lead_id, after.lead_id) as lead_id
    from previous.marts.lifecycle_stages as before
    full join publication.marts.lifecycle_stages as after using (lead_id, stage, entered_at)
    where before.stage_rank is distinct from after.stage_rank
    union all
    select unnest([before.lead_id, after.lead_id]) as lead_id
    from previous.marts.deals as before
    full join publication.marts.deals as after using (deal_id)
    where
        row(before.lead_id, before.amount, before.created_at, before.closed_at, before.is_closed, before.is_won, before.is_repeat, before.owner_id)
        is distinct from
        row(after.lead_id, after.amount, after.created_at, after.closed_at, after.is_closed, after.is_won, after.is_repeat, after.owner_id)
    union all
    select unnest([before.lead_id, after.lead_id]) as lead_id
    from previous.marts.lead_handoffs as before
    full join publication.marts.lead_handoffs as after using (handoff_id)
    where
        row(
            before.lead_id, before.handed_off_at, before.verdict, before.response_minutes,
            before.response_status, before.follow_up_status, before.verdict_status,
            before.response_commitment, before.follow_up_commitment, before.verdict_commitment,
            before.accountable_owner_id, before.first_touch_at
        )
        is distinct from
        row(
            after.lead_id, after.handed_off_at, after.verdict, after.response_minutes,
            after.response_status, after.follow_up_status, after.verdict_status,
            after.response_commitment, after.follow_up_commitment, after.verdict_commitment,
            after.accountable_owner_id, after.first_touch_at
        )
