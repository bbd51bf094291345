"""Did each side keep the agreement: every commitment's latest closed and running period, and its trend."""

from dataclasses import dataclass
from typing import Any

from publish.report.promises import Promises
from publish.report.source import Row, Source

DEPARTMENTS = ("marketing", "sales", "operations", "shared")
KEPT = ("met", "on_track")
TREND = 12


@dataclass(frozen=True)
class Line:
    """One commitment over all leads. `periods` are its newest twelve, oldest first."""

    name: str
    department: str
    periods: list[Row]
    closed: Row | None
    running: Row | None
    before: Row | None

    @property
    def version(self) -> str | None:
        """The version that its newest period is judged by."""
        newest: str | None = self.periods[-1]["agreement_version"]
        return newest

    @property
    def change(self) -> float | None:
        """The latest closed actual less the one before, in the commitment's own unit."""
        if not (self.closed and self.before) or None in (self.closed["actual"], self.before["actual"]):
            return None
        return float(self.closed["actual"] - self.before["actual"])


@dataclass(frozen=True)
class Side:
    """One department's commitments, and how many of those judged it kept, or is on track to keep."""

    department: str
    lines: list[Line]

    def judged(self, which: str) -> list[Line]:
        """Lines whose `which` period (closed, running) has a status."""
        return [line for line in self.lines if (getattr(line, which) or {}).get("status")]

    def kept(self, which: str) -> list[Line]:
        """Those of `judged` that are met or on track."""
        return [line for line in self.judged(which) if getattr(line, which)["status"] in KEPT]

    def broken(self, which: str) -> list[Line]:
        """Those of `judged` that are missed or at risk."""
        return [line for line in self.judged(which) if getattr(line, which)["status"] not in KEPT]


def sides(source: Source, promises: Promises, version: str | None) -> list[Side]:
    """Marketing, sales, operations and what they share, each with its commitments in the agreement's order.

    Commitments that `version` (in force now) no longer has are left out.
    """
    histories: dict[str, list[Row]] = {}
    for row in source.rows("commitments"):
        histories.setdefault(row["commitment"], []).append(row)
    signed = [
        c.commitment for v in promises.agreement.versions if v.version == version for c in v.commitments
    ]
    names = [name for name in signed if name in histories] if signed else sorted(histories)
    lines = [_line(name, histories[name]) for name in names]
    found = [Side(name, [line for line in lines if line.department == name]) for name in DEPARTMENTS]
    return [side for side in found if side.lines]


def slices(source: Source) -> dict[str, list[dict[str, Any]]]:
    """By commitment: its latest closed period by segment, team, owner, source and lead type."""
    found: dict[str, list[Row]] = {}
    for row in source.rows("commitment_slices"):
        found.setdefault(row["commitment"], []).append(row)
    return found


def headline(found: list[Side]) -> str:
    """The answer to "did both sides keep the agreement", in one sentence."""
    judged = {s.department: s for s in found if s.department in ("marketing", "sales") and s.judged("closed")}
    if not judged:
        return "No period has closed under this agreement yet."
    parts = [f"{n} kept {len(s.kept('closed'))} of {len(s.judged('closed'))}" for n, s in judged.items()]
    clean = [name for name, side in judged.items() if not side.broken("closed")]
    if len(clean) == len(judged):
        return (
            "Both sides kept the agreement."
            if len(judged) == 2
            else f"{clean[0].capitalize()} kept its part."
        )
    start = f"{clean[0].capitalize()} kept its part, " if clean else "The agreement was not kept: "
    if clean:
        other = next(name for name in judged if name not in clean)
        side = judged[other]
        return f"{start}{other} kept {len(side.kept('closed'))} of {len(side.judged('closed'))} commitments."
    return start + ", ".join([f"{parts[0]} commitments", *parts[1:]]) + "."


def _line(name: str, periods: list[Row]) -> Line:
    closed = [row for row in periods if not row["is_running"]]
    running = [row for row in periods if row["is_running"]]
    return Line(
        name=name,
        department=periods[-1]["department"],
        periods=periods[-TREND:],
        closed=closed[-1] if closed else None,
        running=running[-1] if running else None,
        before=closed[-2] if len(closed) > 1 else None,
    )
