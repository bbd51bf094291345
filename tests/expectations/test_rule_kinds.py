"""Each kind of rule, on leads that differ from keeping it by as little as possible."""

from typing import Any

import pytest

from tests.expectations.company import Company, lead
from tests.expectations.signed import one_rule

KINDS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("email is not null", {"email": "a@example.com"}, {"email": None}),
    ("email is not null or phone is not null", {"email": None}, {"email": None, "phone": None}),
    ("country in ('Australia', 'New Zealand')", {"country": "New Zealand"}, {"country": "New  Zealand"}),
    ("country in ('Australia', 'New Zealand')", {"country": "Australia"}, {"country": None}),
    ("country is null or country in ('Australia', 'New Zealand')", {"country": None}, {"country": "Fiji"}),
    ("employees is null or employees between 10 and 500", {"employees": 500}, {"employees": 501}),
    ("employees between 10 and 500", {"employees": 10}, {"employees": 9}),
    ("employees between 10 and 500", {"employees": 10}, {"employees": None}),
    ("lead_score >= 55.5", {"lead_score": 55.5}, {"lead_score": 55.4}),
    (
        "regexp_matches(email, '^[a-z]{2,3}@example[.]com$')",
        {"email": "abc@example.com"},
        {"email": "abcd@example.com"},
    ),
    ("email like '%@example.com'", {"email": "b@example.com"}, {"email": "b@example.co"}),
    ("intent = 'Demo: now'", {"intent": "Demo: now"}, {"intent": "Demo now"}),
    ("intent is null or intent <> 'a:b'", {"intent": "a:c"}, {"intent": "a:b"}),
    ("intent is null or intent <> 'it''s {x}'", {"intent": "it's {y}"}, {"intent": "it's {x}"}),
    ("opted_in", {"opted_in": True}, {"opted_in": False}),
    ("created_at <= as_of", {}, {"created_at": "2026-11-24 20:00:00.001"}),
    ("not (segment = 'enterprise' and employees < 250)", {"employees": 250}, {"employees": 249}),
]


@pytest.mark.parametrize(("must", "keeps", "breaks"), KINDS)
def test_the_smallest_change_flips_exactly_one_lead(
    company: Company, must: str, keeps: dict[str, Any], breaks: dict[str, Any]
) -> None:
    signed = one_rule(company.root, must)
    company.night([lead(str(number), **keeps) for number in range(1, 6)])
    assert company.judge(signed) == [("passed", 5, 0, None, [])]
    for column, value in breaks.items():
        company.sql(f"update marts.leads set {column} = ? where lead_id = '3'", value)
    assert company.judge(signed) == [("failed", 5, 1, None, ["3"])]
