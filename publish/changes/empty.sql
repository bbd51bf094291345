-- What the comparison gathers, empty.
create or replace temp table parts (
    sign integer,
    table_name varchar,
    name varchar,
    period_start date,
    slice varchar,
    lead_id varchar,
    part decimal(28, 6),
    whole bigint
);
create or replace temp table measured (
    sign integer,
    table_name varchar,
    name varchar,
    period_start date,
    slice varchar,
    lead_id varchar,
    measure double
);
create or replace temp table evidence (lead_id varchar, cause integer, about varchar)
