"""The agreement as objects: what marketing and sales signed (DESIGN, "The agreement")."""

import hashlib
import json
from datetime import date

from agreement.company import (
    Calendar,
    Column,
    Exclusion,
    LeadType,
    OwnerRef,
    Privacy,
    Segment,
    Sources,
    Stage,
    Touches,
    Verdict,
    Verdicts,
)
from agreement.part import Part
from agreement.promises import Commitment, Rule, Version, Waiver
from agreement.words import ColumnType, Department, Measure, Medium, Period, Treatment

__all__ = [
    "Agreement",
    "Calendar",
    "Column",
    "ColumnType",
    "Commitment",
    "Department",
    "Exclusion",
    "LeadType",
    "Measure",
    "Medium",
    "OwnerRef",
    "Part",
    "Period",
    "Privacy",
    "Rule",
    "Segment",
    "Sources",
    "Stage",
    "Touches",
    "Treatment",
    "Verdict",
    "Verdicts",
    "Version",
    "Waiver",
]


class Agreement(Part):
    """The whole file. `versions` are in order of effect; every optional part has its plainest reading."""

    crm: str
    company: str
    timezone: str
    currency: str
    calendars: dict[str, Calendar]
    owner_calendars: dict[str, tuple[OwnerRef, ...]]
    departments: dict[str, tuple[OwnerRef, ...]]
    unassigned_owners: tuple[OwnerRef, ...]
    columns: dict[str, Column]
    sources: Sources
    stages: tuple[Stage, ...]
    verdicts: Verdicts
    segments: tuple[Segment, ...]
    lead_types: tuple[LeadType, ...]
    exclude: tuple[Exclusion, ...]
    touches: Touches
    privacy: Privacy
    mature_after_days: int
    spend_file: str | None
    versions: tuple[Version, ...]

    @property
    def stage_names(self) -> tuple[str, ...]:
        """The stages' names, in the funnel's order."""
        return tuple(stage.stage for stage in self.stages)

    def rank(self, stage: str) -> int:
        """The stage's place in the funnel, the first being 1.

        Raises:
            ValueError: the agreement has no such stage.
        """
        return self.stage_names.index(stage) + 1

    def version_at(self, day: date) -> Version | None:
        """The version in force on a local day; None before the first takes effect."""
        in_force = [version for version in self.versions if version.effective_from <= day]
        return in_force[-1] if in_force else None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what the agreement says, in hex digits; comments and the order of names do not count."""
        said = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()
