"""Which rules judge which leads: one judgement per rule and version in force by now (rulings 20, 22)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from agreement.model import Agreement, Rule, Version, Waiver


@dataclass(frozen=True)
class Population:
    """The leads that a version's definition of one stage judges.

    They are now at one of `stages` (the definition's own and those beyond it), and first reached it from
    `start` on and before `end` (UTC; None: no end). `at_entry`: their columns hold that instant's values.
    """

    table: str
    stages: tuple[str, ...]
    start: datetime
    end: datetime | None
    at_entry: bool


@dataclass(frozen=True)
class Judgement:
    """One rule of one version on its population. `number` is its place in the agreement, from 1.

    `must` is the rule's condition in the SQL of the warehouse.
    """

    number: int
    rule: Rule
    stage: str
    version: str
    waivers: tuple[Waiver, ...]
    population: Population
    must: str

    @property
    def name(self) -> str:
        """What the expectation is called: unique within the agreement."""
        return f"{self.rule.rule} ({self.stage}, {self.version})"

    def active_waivers(self, today: date) -> tuple[Waiver, ...]:
        """Those that hold on the local day `today`: `until` is inclusive (ruling 36)."""
        return tuple(w for w in self.waivers if (w.from_ or today) <= today <= w.until)


def judgements(agreement: Agreement, as_of: datetime, dialect: str = "duckdb") -> tuple[Judgement, ...]:
    """Every rule of every version that has taken effect by `as_of`, in the agreement's order."""
    found: list[Judgement] = []
    for place, version in enumerate(agreement.versions):
        start, end = _in_force(agreement, place)
        if start > as_of:
            continue
        for stage, rules in version.definitions.items():
            for rule in rules:
                at_entry = rule.judge == "entry"
                table = f"judged_{place + 1}_{agreement.rank(stage)}{'_at_entry' if at_entry else ''}"
                beyond = agreement.stage_names[agreement.rank(stage) - 1 :]
                population = Population(table, beyond, start, end, at_entry)
                number = len(found) + 1
                waivers, must = _of(version, rule), rule.must.sql(dialect)
                found.append(Judgement(number, rule, stage, version.version, waivers, population, must))
    return tuple(found)


def local_day(agreement: Agreement, instant: datetime) -> date:
    """The agreement's day at `instant` (naive UTC)."""
    return instant.replace(tzinfo=UTC).astimezone(ZoneInfo(agreement.timezone)).date()


def _of(version: Version, rule: Rule) -> tuple[Waiver, ...]:
    return tuple(waiver for waiver in version.waivers if waiver.rule == rule.rule)


def _in_force(agreement: Agreement, place: int) -> tuple[datetime, datetime | None]:
    later = agreement.versions[place + 1 :]
    start = _midnight(agreement, agreement.versions[place].effective_from)
    return start, _midnight(agreement, later[0].effective_from) if later else None


def _midnight(agreement: Agreement, day: date) -> datetime:
    local = datetime.combine(day, time.min, tzinfo=ZoneInfo(agreement.timezone))
    return local.astimezone(UTC).replace(tzinfo=None)
