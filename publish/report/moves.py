"""Why did it move: the figures over all leads that changed since the certified publication before."""

from dataclasses import dataclass
from itertools import groupby

from publish.report import scores
from publish.report.formats import NOTHING, number, percent, points, signed, slug
from publish.report.promises import Promises
from publish.report.source import Row, Source

NAMES = {
    "merged": "Merged leads",
    "deleted": "Deleted",
    "corrected": "Corrected",
    "late": "Came late",
    "new": "New",
    "agreement": "Agreement changed",
}
TITLES = {
    "marts.sla_compliance": "Commitments",
    "marts.marketing_scorecard": "Marketing's scorecard",
    "marts.sales_scorecard": "Sales' scorecard",
    "marts.rep_weeks": "Salespeople's last two weeks",
    "marts.funnel_daily": "Funnel, by month",
    "marts.funnel_cohorts": "Conversion of cohorts",
}
OWN_WORDS = ("marts.rep_weeks", "marts.funnel_cohorts")


@dataclass(frozen=True)
class Move:
    """One figure: `figure` has its name, period, before and after, `causes` a row each, in order."""

    figure: Row
    causes: dict[str, Row]


@dataclass(frozen=True)
class Moved:
    """What moved in one table, the newest period first; `causes` are those that any of its figures has."""

    table: str
    figures: list[Move]

    @property
    def title(self) -> str:
        """What the table is called in the page."""
        return TITLES.get(self.table, self.table)

    @property
    def causes(self) -> list[str]:
        """In the order they are applied."""
        return [cause for cause in NAMES if any(cause in move.causes for move in self.figures)]


@dataclass(frozen=True)
class Moves:
    """All of them, by table; `compared_with` is None if nothing moved."""

    compared_with: str | None
    tables: list[Moved]


def moves(source: Source) -> Moves:
    """Read them; figures that stayed as they were are left out."""
    tables: dict[str, list[Move]] = {}
    keys = ("table_name", "name", "period_start")
    for _, group in groupby(source.rows("changes"), key=lambda row: tuple(row[key] for key in keys)):
        rows = list(group)
        move = Move(rows[0], {row["cause"]: row for row in rows})
        tables.setdefault(rows[0]["table_name"], []).append(move)
    found = [Moved(table, figures) for table, figures in tables.items()]
    return Moves(found[0].figures[0].figure["compared_with"] if found else None, found)


def value(promises: Promises, row: Row, which: str) -> str:
    """A moved figure's `before` or `after`, in its own unit."""
    if row["table_name"] == "marts.sla_compliance":
        return promises.figure(row["agreement_version"], row["name"], row[which])
    if row["table_name"] == "marts.funnel_cohorts":
        return percent(row[which])
    if row["table_name"] in ("marts.funnel_daily", "marts.rep_weeks"):
        return number(row[which])
    return scores.kpi(promises, row["name"], row[which])


def anchor(promises: Promises, version: str | None, row: Row) -> str | None:
    """Where the page says what a moved figure is about: its commitment, KPI or stage."""
    if row["table_name"] == "marts.sla_compliance":
        return promises.anchor(row["agreement_version"], row["name"])
    if row["table_name"] in OWN_WORDS:
        return None
    if row["table_name"] != "marts.funnel_daily":
        return scores.anchor(promises, version, row["name"])
    stage = row["name"].removesuffix("_entered").removesuffix("_reached")
    known = {one.stage for one in promises.agreement.stages}
    return slug("stage", stage) if stage in known else None


def difference(promises: Promises, row: Row) -> str:
    """What one cause added, signed: points of a share, otherwise in the figure's own unit."""
    name, change = row["name"], row["change"]
    if row["table_name"] == "marts.sla_compliance":
        is_share = promises.is_share(row["agreement_version"], name)
    else:
        is_share = name in scores.SHARES or row["table_name"] == "marts.funnel_cohorts"
    if is_share:
        return points(change)
    if name.startswith("median_"):
        return f"{change:+,.1f} {'min' if name.endswith('minutes') else 'days'}".replace("-", "−")
    if change is None or abs(change) >= 10 or change == int(change):
        return signed(change)
    return f"{change:+,.1f}".replace("-", "−") if change else NOTHING
