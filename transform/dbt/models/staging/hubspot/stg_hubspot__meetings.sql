{{ staged_engagement('meetings', {
    'outcome': ('hs_meeting_outcome', dbt.type_string()),
    'booked_through': ('hs_meeting_source', dbt.type_string()),
    'location_type': ('hs_meeting_location_type', dbt.type_string()),
    'starts_at': ('hs_meeting_start_time', dbt.type_timestamp()),
}) }}
