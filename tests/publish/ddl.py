"""The tables that publish reads, with DESIGN's columns, for a warehouse filled by hand."""

TABLES = {
    "marts.leads": """
        lead_id varchar not null, crm varchar, stage varchar, stage_since timestamp,
        became_contact_at timestamp, became_lead_at timestamp, became_marketing_qualified_lead_at
        timestamp, became_sales_qualified_lead_at timestamp, became_opportunity_at timestamp,
        became_customer_at timestamp, became_promoter_at timestamp, lead_status varchar, owner_id
        varchar, owner_name varchar, owner_team varchar, segment varchar, lead_type varchar, source
        varchar, country varchar, company_name varchar, email varchar, phone varchar, referred_by
        varchar, created_at timestamp, is_archived boolean, excluded_because varchar, quarantined_by
        varchar, merged_ids varchar, employees bigint, lead_score decimal(38, 10), intent varchar
    """,
    "marts.lifecycle_stages": """
        lead_id varchar, stage varchar, stage_rank integer, entered_at timestamp, exited_at
        timestamp, is_current boolean, direction varchar, skipped_stages integer, changed_by
        varchar, evidence varchar
    """,
    "marts.deals": """
        deal_id varchar, lead_id varchar, company_id varchar, pipeline varchar, deal_stage varchar,
        amount decimal(18, 2), currency varchar, original_amount decimal(18, 2), created_at
        timestamp, closed_at timestamp, is_closed boolean, is_won boolean, owner_id varchar,
        is_repeat boolean
    """,
    "marts.lead_handoffs": """
        handoff_id varchar, lead_id varchar, handed_off_at timestamp, assigned_at timestamp,
        routing_minutes double, owner_id varchar, accountable_owner_id varchar, segment varchar,
        source varchar, lead_type varchar, agreement_version varchar, response_commitment varchar,
        first_touch_at timestamp, first_touch_medium varchar, response_minutes double,
        response_due_at timestamp, response_status varchar, attempts integer, follow_up_status
        varchar, verdict varchar, verdict_at timestamp, verdict_by varchar, verdict_reason varchar,
        verdict_status varchar, opportunity_at timestamp, customer_at timestamp, won_amount
        decimal(18, 2)
    """,
    "marts.sla_compliance": """
        commitment varchar, department varchar, agreement_version varchar, period_start date,
        period_end date, slice varchar, target double, actual double, eligible bigint, attainment
        double, status varchar, is_provisional boolean, as_of timestamp
    """,
    "audit.lead_quality_violations": """
        violation_id varchar, lead_id varchar, rule varchar, stage varchar, department varchar,
        severity varchar, owner_id varchar, agreement_version varchar, observed varchar, changed_by
        varchar, first_seen_at timestamp, last_seen_at timestamp, resolved_at timestamp, reopened
        integer, waived_until date
    """,
    "audit.rule_results": """
        run_id varchar, rule varchar, stage varchar, severity varchar, evaluated bigint, violations
        bigint, rate double, tolerance double, verdict varchar, agreement_version varchar,
        checked_at timestamp
    """,
    "audit.check_results": """
        run_id varchar, check_name varchar, table_name varchar, severity varchar, verdict varchar,
        observed varchar, detail varchar
    """,
    "audit.sync_proof": """
        run_id varchar, object varchar, crm_rows bigint, warehouse_rows bigint, missing bigint,
        surplus bigint, verdict varchar
    """,
    "audit.runs": """
        run_id varchar, started_at timestamp, finished_at timestamp, status varchar, exit_code
        integer, as_of timestamp, rows_loaded bigint, requests bigint, sync_seconds double,
        build_seconds double, check_seconds double, publish_seconds double, publication_id varchar,
        agreement_version varchar
    """,
}
