{{ staged_engagement('communications', {
    'channel': ('hs_communication_channel_type', dbt.type_string()),
}) }}
