"""From the file as written, already found to be right, to the agreement as objects.

Every scalar arrives as the text that stands in the file; the model's types read it.
"""

from typing import Any

from agreement.amounts import parse_length
from agreement.model import Agreement
from agreement.words import MEASURES, MQL

Written = dict[str, Any]
KEPT = ("commitment", "per", "count", "where", "clock_starts", "attempts", "across_days", "share")


def normalise(written: Written) -> Agreement:
    """Fill in the plainest reading of what is absent, and name everything as the rest of the job does."""
    crm = written["crm"]
    sources = written.get("sources", {})
    parts: Written = {name: written[name] for name in ("crm", "company", "timezone", "currency")}
    parts |= {name: written.get(name, []) for name in ("segments", "lead_types", "exclude")}
    parts |= {name: written.get(name, {}) for name in ("touches", "privacy")}
    parts |= {
        "calendars": {name: _calendar(calendar) for name, calendar in written["calendars"].items()},
        "owner_calendars": _owners_by_name(written.get("owner_calendars", {})),
        "departments": _owners_by_name(written.get("departments", {})),
        "unassigned_owners": [_owner(owner) for owner in written.get("unassigned_owners", [])],
        "columns": {name: _column(column, crm) for name, column in written.get("columns", {}).items()},
        "sources": _renamed(sources, {crm: "property"}),
        "stages": [_renamed(stage, {crm: "values"}) for stage in written["stages"]],
        "verdicts": _verdicts(written.get("verdicts", {}), written["stages"], crm),
        "mature_after_days": _whole_days(written.get("cohorts", {}).get("mature_after", "90 days")),
        "spend_file": written.get("spend", {}).get("file"),
        "versions": sorted(map(_version, written["versions"]), key=lambda version: version["effective_from"]),
    }
    return Agreement.model_validate(parts)


def _renamed(part: Written, names: dict[str, str]) -> Written:
    return {names.get(key, key): value for key, value in part.items()}


def _calendar(calendar: Written) -> Written:
    """With the end of the day as the midnight it is, and hours of two digits."""
    times = {name: calendar[name].replace("24:00", "00:00").rjust(5, "0") for name in ("open", "close")}
    return calendar | times


def _owner(text: str) -> Written:
    scope, name = text.split(":", 1)
    return {"scope": scope, "name": name.strip()}


def _owners_by_name(groups: dict[str, list[str]]) -> dict[str, list[Written]]:
    return {name: [_owner(owner) for owner in owners] for name, owners in groups.items()}


def _column(column: Written, crm: str) -> Written:
    of, _, name = column[crm].rpartition(".")
    return {"of": of or "contact", "property": name, "type": column["type"]}


def _verdicts(verdicts: Written, stages: list[Written], crm: str) -> Written:
    names = [stage["stage"] for stage in stages]
    above = names[names.index(MQL) + 1 :]
    plainest: Written = {"accepted": {"stage": above[0]} if above else {}}
    reason = verdicts.get("reason", {}).get(crm)
    return plainest | {key: value for key, value in verdicts.items() if key != "reason"} | {"reason": reason}


def _whole_days(text: str) -> int:
    return int(parse_length(text).amount)


def _version(version: Written) -> Written:
    promised = version.get("commitments", {})
    return version | {
        "signed": version.get("signed", {}),
        "definitions": version.get("definitions", {}),
        "commitments": [_commitment(one, party) for party, listed in promised.items() for one in listed],
        "waivers": [_renamed(waiver, {"from": "from_"}) for waiver in version.get("waivers", [])],
    }


def _commitment(written: Written, department: str) -> Written:
    key = next(key for key in MEASURES if key in written)
    parts = {name: written[name] for name in KEPT if name in written}
    parts |= {"department": department, "measure": MEASURES[key]}
    if key in ("deliver", "deliver_value", "convert"):
        parts["stage"] = written[key]
    elif key == "accepted_share":
        parts["share"] = written[key]
    elif key == "attempts":
        parts["within"] = written["within"]
    elif key != "convert_value":
        parts["within"] = written[key]
    if "target" in written:
        parts["targets"] = {"all": written["target"]} | _targets_by_slice(written.get("by", {}))
    return parts


def _targets_by_slice(by: Written) -> Written:
    return {f"{kind}={name}": target for kind, names in by.items() for name, target in names.items()}
