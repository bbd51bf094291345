"""What a night's checks found: the verdicts of rules and of structural checks, and why not to publish."""

from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["passed", "failed", "error"]
Severity = Literal["critical", "warning"]


@dataclass(frozen=True)
class RuleResult:
    """One rule of one version of the agreement.

    `evaluated` counts the leads judged, `violations` those that break the rule without a waiver, `waived`
    those that break it with one. `rate` is violations over evaluated, None when nobody was judged; it and
    `tolerance` are fractions of 1. With verdict `error` the numbers are None, and `detail` says why.
    """

    rule: str
    stage: str
    department: str
    severity: Severity
    agreement_version: str
    tolerance: float
    verdict: Verdict
    evaluated: int | None = None
    violations: int | None = None
    waived: int | None = None
    detail: str | None = None

    @property
    def rate(self) -> float | None:
        """Violations without waiver over leads judged."""
        return self.violations / self.evaluated if self.evaluated and self.violations is not None else None


@dataclass(frozen=True)
class StructuralResult:
    """One check of a table's structure. `observed` is the number found, as text; `detail` a sentence."""

    check_name: str
    table_name: str
    severity: Severity
    verdict: Verdict
    observed: str | None = None
    detail: str | None = None


@dataclass(frozen=True)
class CheckOutcome:
    """All verdicts of one run. `refusals` are sentences, each naming what failed; empty: publishable."""

    results: tuple[RuleResult, ...]
    refusals: tuple[str, ...]
    structure: tuple[StructuralResult, ...] = field(default=())
