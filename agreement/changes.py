"""What a version says differently from the one before it."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from agreement import sentences
from agreement.amounts import percent
from agreement.english import english, words
from agreement.promises import Commitment, Rule, Version

Entry = tuple[str, str]
One = TypeVar("One", Commitment, Rule)


def changes(before: Version, now: Version, currency: str) -> list[Entry]:
    """A name and a sentence for each commitment, rule and waiver that is new, changed or gone."""

    def promise(one: Commitment) -> str:
        return sentences.commitment(one, currency)

    def details(one: Commitment) -> dict[str, str]:
        return _of_commitment(one, currency if one.measure in sentences.MONEY else "")

    found = _differences(_commitments(before), _commitments(now), promise, details)
    found += _differences(_rules(before), _rules(now), sentences.rule, _of_rule)
    known = {sentences.waiver(one) for one in before.waivers}
    return found + [
        ("new waiver", said) for one in now.waivers if (said := sentences.waiver(one)) not in known
    ]


def _commitments(version: Version) -> dict[str, Commitment]:
    return {f"{words(one.commitment)} ({one.department})": one for one in version.commitments}


def _rules(version: Version) -> dict[str, Rule]:
    return {
        f"{words(one.rule)} ({words(stage)})": one
        for stage, rules in version.definitions.items()
        for one in rules
    }


def _differences(
    before: Mapping[str, One],
    now: Mapping[str, One],
    say: Callable[[One], str],
    details: Callable[[One], dict[str, str]],
) -> list[Entry]:
    found = []
    for name, one in now.items():
        if name not in before:
            found.append((name, f"New. {say(one)}"))
        elif before[name] != one:
            found.append((name, _moved(details(before[name]), details(one))))
    return found + [(name, f"Gone. It was: {say(one)}") for name, one in before.items() if name not in now]


def _moved(was: dict[str, str], is_: dict[str, str]) -> str:
    names = list(dict.fromkeys([*is_, *was]))
    said = [
        f"{name} was {was.get(name, 'not set')}, is now {is_.get(name, 'not set')}"
        for name in names
        if was.get(name) != is_.get(name)
    ]
    return sentences.capital("; ".join(said)) + "."


def _of_commitment(one: Commitment, money: str) -> dict[str, str]:
    whole = one.targets.get("all")
    details = {
        "promised": one.measure.replace("_", " "),
        "stage": words(one.stage or ""),
        "target": sentences.target(whole, money) if whole is not None else "",
        "share": percent(one.share) if one.share else "",
        "time": str(one.within or ""),
        "attempts": str(one.attempts or ""),
        "days": str(one.across_days or ""),
        "clock's start": one.clock_starts,
        "period": one.per,
        "count": one.count,
        "leads": english(one.where) if one.where else "all",
    }
    return {name: said for name, said in details.items() if said} | sentences.slices(one, money)


def _of_rule(one: Rule) -> dict[str, str]:
    return {
        "condition": f'"{english(one.must)}"',
        "department": one.department,
        "severity": one.severity,
        "tolerance": percent(one.tolerance),
        "quarantine": "yes" if one.quarantine else "no",
        "judged": "at entry" if one.judge == "entry" else "at present",
        "reason": one.because or "not given",
    }
