"""Leads as they are at an instant, and the rules they break."""

from collections import defaultdict

from sandbox.instants import to_datetime
from sandbox.judging.facts import Facts
from sandbox.judging.shapes import LeadTruth, RuleTruth
from sandbox.judging.stays import first_entry
from sandbox.judging.terms import Rule, Version
from sandbox.story import STAGES, Lead, Move


def version_at(versions: tuple[Version, ...], at: int) -> Version | None:
    """The version in force at an instant; None before the first."""
    return next((version for version in reversed(versions) if version.effective_from <= at), None)


def judged_rules(versions: tuple[Version, ...], moves: list[Move]) -> list[tuple[Version, Rule]]:
    """The rules that judge a lead: of stages it is at or beyond, as they were when it first reached each."""
    judged = []
    for stage in range(moves[-1].stage + 1):
        reached = first_entry(moves, stage, or_later=True)
        version = version_at(versions, reached) if reached is not None else None
        if version:
            judged += [(version, rule) for rule in version.rules if rule.stage == STAGES[stage]]
    return judged


def lead_at(lead: Lead, facts: Facts, moves: list[Move], broken: tuple[str, ...]) -> LeadTruth:
    """A lead in the truth's shape."""
    became = {STAGES[stage]: first_entry(moves, stage) for stage in range(len(STAGES))}
    reached = {STAGES[stage]: first_entry(moves, stage, or_later=True) for stage in range(len(STAGES))}
    return LeadTruth(
        lead_id=str(lead.id),
        stage=STAGES[moves[-1].stage],
        stage_since=to_datetime(moves[-1].at),
        owner_id=facts.owner_id,
        segment=facts.segment,
        lead_type=facts.lead_type,
        source=facts.source,
        country=facts.country,
        company_id=facts.company_id,
        company_name=facts.company_name,
        employees=facts.employees,
        lead_score=facts.score,
        intent=facts.intent,
        lead_status=facts.lead_status,
        email=facts.email,
        phone=facts.phone,
        referred_by=str(lead.referred_by.id) if lead.referred_by else None,
        created_at=to_datetime(lead.created_at),
        excluded_because="internal" if lead.is_staff else None,
        broken_rules=broken,
        became_at={stage: to_datetime(at) for stage, at in became.items() if at is not None},
        reached_at={stage: to_datetime(at) for stage, at in reached.items() if at is not None},
    )


class Docket:
    """Counts, for each rule and version, the leads judged and the ones that break it."""

    def __init__(self, versions: tuple[Version, ...]) -> None:
        self._versions = versions
        self._evaluated: dict[tuple[str, str], int] = defaultdict(int)
        self._broken: dict[tuple[str, str], list[str]] = defaultdict(list)

    def judge(self, lead: Lead, facts: Facts, moves: list[Move]) -> tuple[str, ...]:
        """The names of the rules that a lead breaks; excluded leads are not judged."""
        broken = []
        for version, rule in [] if lead.is_staff else judged_rules(self._versions, moves):
            key = (rule.name, version.name)
            self._evaluated[key] += 1
            if not rule.must(facts):
                self._broken[key].append(str(lead.id))
                broken.append(rule.name)
        return tuple(broken)

    def results(self) -> tuple[RuleTruth, ...]:
        """One line for each rule of each version, also when it judged nobody."""
        return tuple(
            RuleTruth(
                rule=rule.name,
                stage=rule.stage,
                agreement_version=version.name,
                evaluated=self._evaluated[rule.name, version.name],
                violations=tuple(self._broken[rule.name, version.name]),
            )
            for version in self._versions
            for rule in version.rules
        )
