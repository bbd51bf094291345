"""What the ledger shows of a broken rule: the values, as private as agreed, and who put them there."""

import hashlib
import hmac
import json
from typing import Any

import pytest

from expectations.observed import observed, remember_key
from privacy import treatment_key
from tests.expectations.company import Company, lead
from tests.expectations.signed import agree, one_rule, rule, version

ODD = 'a "quoted"\\ back\nnew\ttab \x01 end {x}'


def _observed(company: Company) -> list[Any]:
    rows = company.sql("select observed from audit.lead_quality_violations order by lead_id")
    return [json.loads(text) for (text,) in rows]


def test_values_of_the_conditions_columns_are_kept_as_json(company: Company) -> None:
    must = "employees > 500 and lead_score > 60.5 and intent = 'x' and opted_in and renewal_on > created_at"
    company.night([lead("1", intent=ODD, lead_score="12.50", opted_in=False), lead("2", employees=None)])
    company.check(one_rule(company.root, must))
    first, second = _observed(company)
    assert first == {
        "created_at": "2026-10-20 03:00:00",
        "employees": 300,
        "intent": ODD.replace("\x01", " "),
        "lead_score": 12.5,
        "opted_in": False,
        "renewal_on": None,
    }
    assert second["employees"] is None


@pytest.mark.parametrize("treatment", ["keep", "hash", "drop"])
def test_addresses_are_shown_as_the_agreement_allows(company: Company, treatment: str) -> None:
    rules = {"lead": [rule("r", "email like '%@example.org' and work_email is not null and phone is null")]}
    columns = {"work_email": {"hubspot": "email", "type": "string"}}
    privacy = {"email": treatment, "phone": "drop"}
    signed = agree(company.root, version("v1", "2026-01-01", rules), columns=columns, privacy=privacy)
    company.night([lead("1", email=" Änne@Example.com\t")])
    company.sql("alter table marts.leads add column work_email varchar")
    company.sql("update marts.leads set work_email = email")
    company.check(signed)
    key = treatment_key(company.project)
    hashed = hmac.new(key, "änne@example.com".encode(), hashlib.sha256).hexdigest()
    shown = {"keep": " Änne@Example.com\t", "hash": hashed, "drop": None}[treatment]
    assert _observed(company) == [{"email": shown, "phone": None, "work_email": shown}]


def test_the_key_is_in_no_table(company: Company) -> None:
    signed = agree(
        company.root,
        version("v1", "2026-01-01", {"lead": [rule("r", "email is null")]}),
        privacy={"email": "hash", "phone": "drop"},
    )
    company.night([lead("1")])
    company.check(signed)
    key = treatment_key(company.project)
    assert key not in company.warehouse.path.read_bytes()
    assert bytes(byte ^ 0x36 for byte in key[:32]) not in company.warehouse.path.read_bytes()


def test_a_key_longer_than_a_block_is_hashed_first(company: Company) -> None:
    signed = agree(company.root, version("v1", "2026-01-01", {}), privacy={"email": "hash", "phone": "drop"})
    with company.warehouse.connect() as connection:
        remember_key(connection, b"k" * 100)
        shown = connection.execute(
            f"select {observed(signed, ['email'])} from (select 'a@b.c' as email)"
        ).fetchone()
    expected = hmac.new(b"k" * 100, b"a@b.c", hashlib.sha256).hexdigest()
    assert shown is not None
    assert json.loads(shown[0]) == {"email": expected}


def test_the_ledger_says_who_changed_the_columns_last(company: Company) -> None:
    rules = {"marketing_qualified_lead": [rule("r", "lead_status = 'OPEN' and owner_id is not null")]}
    company.night([lead("1"), lead("2"), lead("3"), lead("4", lead_status="OPEN")])
    history = [
        ("1", "hs_lead_status", "2026-11-01", 0, "CRM_UI", "70"),
        ("1", "hubspot_owner_id", "2026-11-02", 0, "IMPORT", None),
        ("2", "hubspot_owner_id", "2026-11-02", 0, "IMPORT", None),
        ("2", "hs_lead_status", "2026-11-02", 1, "CRM_UI", "70"),
        ("2", "hs_lead_status", "2026-11-25", 0, "IMPORT", None),
        ("99", "hs_lead_status", "2026-11-03", 0, "INTEGRATION", None),
    ]
    for object_id, name, changed_at, ordinal, source, user in history:
        company.sql(
            "insert into raw_hubspot.property_history values ('contacts', ?, ?, ?, ?, 'x', ?, null, ?)",
            object_id,
            name,
            changed_at,
            ordinal,
            source,
            user,
        )
    company.sql("insert into raw_hubspot.merged_records values ('contacts', '99', '3')")
    company.check(agree(company.root, version("v1", "2026-01-01", rules)))
    rows = company.sql("select lead_id, changed_by from audit.lead_quality_violations order by lead_id")
    assert rows == [("1", "IMPORT"), ("2", "7"), ("3", "INTEGRATION")]
