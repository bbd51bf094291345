{{ staged_engagement('emails', {
    'direction': ('hs_email_direction', dbt.type_string()),
    'outcome': ('hs_email_status', dbt.type_string()),
    'sequence_id': ('hs_sequence_id', dbt.type_string()),
    'sent_via': ('hs_email_sent_via', dbt.type_string()),
}) }}
