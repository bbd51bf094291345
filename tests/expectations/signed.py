"""The agreement of a small company, read from a real agreement.yml: the rules and versions of a test."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

import agreement
from agreement import Agreement


def rule(name: str, must: str, **given: Any) -> dict[str, Any]:
    """A critical rule of marketing, with no tolerance, except for what is `given`."""
    return {"rule": name, "must": must, "department": "marketing", "severity": "critical"} | given


def version(
    name: str, since: str, definitions: Mapping[str, Any], waivers: Iterable[Any] = ()
) -> dict[str, Any]:
    """A version of the agreement."""
    signed = {"marketing": "Head of Marketing", "sales": "Head of Sales"}
    whole = {"version": name, "effective_from": since, "signed": signed, "definitions": dict(definitions)}
    return whole | ({"waivers": list(waivers)} if waivers else {})


def agree(folder: Path, *versions: Mapping[str, Any], **given: Any) -> Agreement:
    """The agreement of Paradox Marketing with these versions, read from a real agreement.yml."""
    whole = {
        "crm": "hubspot",
        "company": "Paradox Marketing",
        "timezone": "Australia/Brisbane",
        "currency": "AUD",
        "calendars": {
            "default": {"days": ["mon", "tue", "wed", "thu", "fri"], "open": "09:00", "close": "17:00"}
        },
        "unassigned_owners": ["owner:queue@example.com"],
        "columns": {
            "employees": {"hubspot": "company.numberofemployees", "type": "integer"},
            "lead_score": {"hubspot": "hubspotscore", "type": "number"},
            "intent": {"hubspot": "recent_conversion_event_name", "type": "string"},
            "renewal_on": {"hubspot": "renewal_on", "type": "date"},
            "opted_in": {"hubspot": "opted_in", "type": "boolean"},
            "demo_at": {"hubspot": "demo_at", "type": "datetime"},
        },
        "stages": [
            {"stage": "contact", "hubspot": ["subscriber", "other"]},
            {"stage": "lead", "hubspot": ["lead"]},
            {"stage": "marketing_qualified_lead", "hubspot": ["marketingqualifiedlead"]},
            {"stage": "sales_qualified_lead", "hubspot": ["salesqualifiedlead"]},
            {"stage": "customer", "hubspot": ["customer"]},
        ],
        "privacy": {"email": "keep", "phone": "keep"},
        "versions": list(versions),
    }
    file = folder / "agreement.yml"
    file.write_text(yaml.safe_dump(whole | given, sort_keys=False), encoding="utf-8")
    return agreement.load(file)


def one_rule(folder: Path, must: str, **given: Any) -> Agreement:
    """An agreement whose only rule, `r`, is about marketing-qualified leads."""
    rules = {"marketing_qualified_lead": [rule("r", must, **given)]}
    return agree(folder, version("v1", "2026-01-01", rules))
