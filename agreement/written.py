"""From the agreement as objects back to what stands in the file; the reverse of `normalise`."""

from datetime import time
from decimal import Decimal
from typing import Any

from agreement.amounts import percent
from agreement.company import Calendar, Column, OwnerRef, Verdicts
from agreement.model import Agreement
from agreement.promises import Commitment, Rule, Version
from agreement.words import CRM, MEASURES

Written = dict[str, Any]
KEY_OF = {measure: key for key, measure in MEASURES.items()}


class InQuotes(str):
    """A text that stands in quotes whatever it is."""

    __slots__ = ()


def written(agreement: Agreement) -> Written:
    """The parts by their names in the file, in the usual order; empty parts are left out."""
    parts: Written = {name: getattr(agreement, name) for name in ("crm", "company", "timezone", "currency")}
    parts["calendars"] = {name: _calendar(one) for name, one in agreement.calendars.items()}
    parts["owner_calendars"] = _owners(agreement.owner_calendars)
    parts["departments"] = _owners(agreement.departments)
    parts["unassigned_owners"] = [InQuotes(owner) for owner in agreement.unassigned_owners]
    parts["columns"] = {name: _column(one) for name, one in agreement.columns.items()}
    parts["sources"] = {CRM: agreement.sources.property} | _full({"map": dict(agreement.sources.map)})
    parts["stages"] = [{"stage": one.stage, CRM: list(one.values)} for one in agreement.stages]
    parts["verdicts"] = _verdicts(agreement.verdicts)
    for name in ("segments", "lead_types", "exclude"):
        parts[name] = [one.model_dump(mode="json") for one in getattr(agreement, name)]
    parts["touches"] = {
        name: _value(getattr(agreement.touches, name))
        for name in agreement.touches.model_dump(exclude_defaults=True)
    }
    parts["privacy"] = agreement.privacy.model_dump(exclude_defaults=True)
    parts["cohorts"] = {"mature_after": f"{agreement.mature_after_days} days"}
    parts["spend"] = _full({"file": agreement.spend_file})
    parts["versions"] = [_version(one) for one in agreement.versions]
    return _full(parts)


def _full(parts: Written) -> Written:
    return {name: value for name, value in parts.items() if value not in (None, [], {}, ())}


def _column(one: Column) -> Written:
    return {CRM: f"company.{one.property}" if one.of == "company" else one.property, "type": one.type}


def _value(value: Any) -> Any:
    if isinstance(value, bool | int):
        return value
    return list(value) if isinstance(value, tuple) else str(value)


def _calendar(one: Calendar) -> Written:
    hours = {"days": list(one.days), "open": _time(one.open), "close": _time(one.close, closes=True)}
    return hours | _full({"holidays": one.holidays, "timezone": one.timezone})


def _time(at: time, *, closes: bool = False) -> InQuotes:
    return InQuotes("24:00" if closes and at == time(0) else f"{at:%H:%M}")


def _owners(groups: dict[str, tuple[OwnerRef, ...]]) -> Written:
    return {name: [InQuotes(owner) for owner in owners] for name, owners in groups.items()}


def _verdicts(verdicts: Verdicts) -> Written:
    said = {}
    for name in ("accepted", "rejected", "recycled"):
        one = getattr(verdicts, name)
        said[name] = _full({"stage": one.stage, "lead_status": list(one.lead_status)})
    return _full(said | {"reason": _full({CRM: verdicts.reason})})


def _version(one: Version) -> Written:
    by_party: dict[str, list[Written]] = {}
    for promise in one.commitments:
        by_party.setdefault(promise.department, []).append(_commitment(promise))
    waivers = [
        {name.rstrip("_"): value for name, value in waiver.model_dump(exclude_none=True).items()}
        for waiver in one.waivers
    ]
    return {"version": one.version, "effective_from": one.effective_from} | _full(
        {
            "signed": dict(one.signed),
            "definitions": {
                stage: [_rule(rule) for rule in rules] for stage, rules in one.definitions.items()
            },
            "commitments": by_party,
            "waivers": waivers,
        }
    )


def _rule(rule: Rule) -> Written:
    said = rule.model_dump(mode="json", exclude_defaults=True)
    return said | ({"tolerance": percent(rule.tolerance)} if rule.tolerance else {})


def _commitment(one: Commitment) -> Written:
    key = KEY_OF[one.measure]
    said: Written = {"commitment": one.commitment, "where": one.where and str(one.where)}
    deciding = {
        "accepted_share": one.share and percent(one.share),
        "attempts": one.attempts,
        "convert_value": "won",
    }
    said[key] = deciding.get(key, one.stage or str(one.within))
    if key == "attempts":
        said |= {"across_days": one.across_days, "within": str(one.within)}
    if one.clock_starts != "handoff":
        said["clock_starts"] = one.clock_starts
    if key != "accepted_share":
        said["share"] = one.share and percent(one.share)
    said |= {"target": one.targets.get("all"), "per": one.per}
    said |= {"count": one.count} if one.count != "leads" else {}
    return _full(said | {"by": _by(one.targets)})


def _by(targets: dict[str, Decimal | dict[str, Decimal]]) -> Written:
    by: Written = {}
    for name, target in targets.items():
        kind, _, part = name.partition("=")
        if part:
            by.setdefault(kind, {})[part] = target
    return by
