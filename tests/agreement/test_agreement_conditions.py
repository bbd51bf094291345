"""Conditions: what is accepted means on the engine what it says, and nothing else gets in."""

from datetime import datetime

import duckdb
import pytest

from agreement import Condition
from agreement.conditions.check import faults
from agreement.conditions.columns import columns_of

OWN = {
    "employees": "integer",
    "score": "number",
    "intent": "string",
    "asked_on": "date",
    "opted_in": "boolean",
}
COLUMNS = columns_of(
    ["lead", "marketing_qualified_lead"], OWN, {"stage": ["lead", "marketing_qualified_lead"]}
)

# A condition, and its answer for the lead below.
ACCEPTED = {
    "employees >= 250": True,
    "employees between 1 and 10": False,
    "employees * 2 - 1 > 500 and employees % 2 = 0": True,
    "score / 2 > 10.5": False,
    "-score < 0": True,
    "email is not null or phone is not null": True,
    "phone is null": True,
    "not (country = 'AU')": False,
    "country in ('AU', 'NZ')": True,
    "country not in ('AU', 'NZ')": False,
    "country is distinct from 'NZ'": True,
    "email like '%@example.com'": True,
    "email ilike '%EXAMPLE%'": True,
    "regexp_matches(email, '^[a-z]+@')": True,
    "starts_with(email, 'kim')": True,
    "lower(trim(intent)) = 'demo request'": True,
    "length(intent) > 3 and upper(country) = 'AU'": True,
    "coalesce(phone, email) = 'kim@example.com'": True,
    "nullif(country, 'AU') is null": True,
    "intent || country = ' Demo requestAU'": True,
    "abs(score) = 20 and round(score, 0) = 20": True,
    "created_at < as_of - interval 3 days": True,
    "created_at + interval '2' month > as_of": False,
    "as_of - created_at > interval 90 days": True,
    "asked_on >= '2026-01-01'": True,
    "created_at >= date '2026-01-01'": True,
    "cast(created_at as date) = date '2026-02-03'": True,
    "date_diff('day', created_at, as_of) > 30": True,
    "date_trunc('month', created_at) = timestamp '2026-02-01 00:00:00'": True,
    "extract(year from created_at) = 2026 and month(created_at) = 2": True,
    "case when employees > 100 then opted_in else false end": True,
    "case country when 'AU' then 1 else 2 end = 1": True,
    "opted_in": True,
    "opted_in is not true": False,
    "stage = 'lead' and became_marketing_qualified_lead_at is null": True,
}
LEAD = {
    "employees": ("integer", 300),
    "score": ("decimal(38,10)", 20),
    "intent": ("varchar", " Demo request"),
    "asked_on": ("date", "2026-02-01"),
    "opted_in": ("boolean", True),
    "email": ("varchar", "kim@example.com"),
    "phone": ("varchar", None),
    "country": ("varchar", "AU"),
    "stage": ("varchar", "lead"),
    "created_at": ("timestamp", datetime(2026, 2, 3, 10)),
    "became_marketing_qualified_lead_at": ("timestamp", None),
    "as_of": ("timestamp", datetime(2026, 11, 24, 20)),
}


@pytest.fixture(scope="module")
def lead() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    columns = ", ".join(f'"{name}" {kind}' for name, (kind, _) in LEAD.items())
    connection.execute(f"create table leads ({columns})")
    values = [value for _, value in LEAD.values()]
    connection.execute(f"insert into leads values ({', '.join('?' * len(values))})", values)
    return connection


@pytest.mark.parametrize("text", ACCEPTED)
def test_an_accepted_condition_holds_as_it_is_read(text: str, lead: duckdb.DuckDBPyConnection) -> None:
    assert faults(text, COLUMNS) == []
    row = lead.execute(f"select {Condition(text).sql('duckdb', 'lead')} from leads as lead").fetchone()
    assert row == (ACCEPTED[text],)


@pytest.mark.parametrize("dialect", ["postgres", "spark"])
@pytest.mark.parametrize("text", ACCEPTED)
def test_an_accepted_condition_can_be_said_elsewhere(text: str, dialect: str) -> None:
    import sqlglot

    said = Condition(text).sql(dialect, "lead")
    assert sqlglot.parse_one(said, read=dialect) is not None
    assert Condition(text).columns <= set(COLUMNS.types)


REFUSED = {
    "": "nothing but a comment",
    "email is not null; drop table leads": "2 statements",
    "select true": "a statement rather than a condition",
    "drop table leads": "a statement rather than a condition",
    "attach 'other.db'": "a statement rather than a condition",
    "employees in (select 1)": "looks into another table",
    "exists (select 1)": "looks into another table",
    "(select max(employees) from leads) > 1": "looks into another table",
    "read_csv('/etc/passwd') = 'x'": "calls `read_csv`",
    "read_text('/etc/passwd') = 'x'": "calls `read_text`",
    "getenv('HOME') = 'x'": "calls `getenv`",
    "count(*) > 1": "counts over many leads",
    "row_number() over () = 1": "counts over many leads",
    "random() > 0.5": "gives another answer every time",
    "now() > as_of": "gives another answer every time",
    "today() > as_of": "gives another answer every time",
    "created_at < current_timestamp": "gives another answer every time",
    "employes > 1": "uses `employes`, which is not a column",
    "leads.employees > 1": "puts a table before the column",
    'intent = "Demo request"': "in double quotes",
    "employees": "gives a number",
    "'yes'": "gives a text",
    "null": "gives nothing",
    "employees > 'many'": "compares `employees`, which is a number",
    "email = 5": "compares `email`, which is a text",
    "opted_in = 'yes'": "compares `opted_in`, which is true or false",
    "created_at > 'yesterday'": "compares `created_at`, which is a datetime",
    "created_at > 20260101": "compares `created_at`, which is a datetime",
    "email and opted_in": "`email`, which is a text, where true or false is needed",
    "employees like '2%'": "`employees`, which is a number, where a text is needed",
    "lower(employees) = 'x'": "`employees`, which is a number, where a text is needed",
    "email + 1 > 2": "`email`, which is a text, where a number is needed",
    "created_at + 3 > as_of": "does not say of what unit",
    "as_of - asked_on > 3": "has `as_of - asked_on`",
    "cast(email as integer) = 1": "may fail",
    "try_cast(email as integer) = 1": "calls `try_cast`",
    "email ~ 'x'": "uses ~",
    "regexp_matches(email, 'x', 'i')": "more than it takes",
    "date_diff('month', created_at, as_of) > 1": "counts in months",
    "stage = 'led'": "the stage 'led', which there is not",
    "employees > 1 as big": "a statement rather than a condition",
    "employees > ?": "has `?`",
    "employees > $1": "has `$1`",
    "[employees] = [1]": "calls `array`",
    "columns(*) = 1": "calls `columns`",
    "employees >": "cannot be read",
    "employees in (1, 2": "cannot be read",
    "email = 'x": "a quote that is not closed",
    "employees > 1 limit 1": "cannot be read",
    "(" * 3000 + "true" + ")" * 3000: "characters long",
    "not " * 450 + "true": "nested too deeply",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:40])
def test_anything_else_is_refused_by_its_reason(text: str) -> None:
    found = " / ".join(fault.found for fault in faults(text, COLUMNS))
    assert REFUSED[text] in found


def test_a_condition_decided_earlier_cannot_use_what_is_decided_later() -> None:
    assert faults("segment = 'x'", COLUMNS.without("segment"))[0].found.endswith("decided only later")


def test_names_are_quoted_and_prefixed() -> None:
    condition = Condition("Employees > 1 and as_of is not null")
    assert condition.sql("duckdb", "lead") == 'lead."employees" > 1 AND NOT lead."as_of" IS NULL'
    assert condition.sql("spark") == "`employees` > 1 AND NOT `as_of` IS NULL"
    assert condition.columns == {"employees", "as_of"}
    assert str(condition) == "Employees > 1 and as_of is not null"
