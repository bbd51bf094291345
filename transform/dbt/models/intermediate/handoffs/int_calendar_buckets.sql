with calendar_hours as (

    select * from {{ source('raw_agreement', 'calendar_hours') }}

),

open_hours as (

    select
        calendar,
        hour_index,
        opens_ms,
        open_ms_before,
        open_ms_before + closes_ms - opens_ms as open_ms_after
    from calendar_hours
    where closes_ms > opens_ms

),

-- An hour's open time is at most one bucket long, so that it touches one bucket or two.
in_first_bucket as (

    select
        open_hours.*,
        {{ whole_quotient('open_ms_before', 3600000) }} as bucket
    from open_hours

),

in_second_bucket as (

    select
        open_hours.*,
        {{ whole_quotient('open_ms_after - 1', 3600000) }} as bucket
    from open_hours
    where
        {{ whole_quotient('open_ms_before', 3600000) }}
        < {{ whole_quotient('open_ms_after - 1', 3600000) }}

),

buckets as (

    select * from in_first_bucket
    union all
    select * from in_second_bucket

)

select * from buckets
