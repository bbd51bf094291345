{{ staged_engagement('calls', {
    'direction': ('hs_call_direction', dbt.type_string()),
    'outcome': ('hs_call_status', dbt.type_string()),
}) }}
