"""What marketing and sales signed: the only reader of agreement.yml."""

from agreement.condition import Condition
from agreement.model import (
    Agreement,
    Calendar,
    Column,
    Commitment,
    Exclusion,
    LeadType,
    OwnerRef,
    Privacy,
    Rule,
    Segment,
    Sources,
    Stage,
    Touches,
    Verdict,
    Verdicts,
    Version,
    Waiver,
)
from agreement.quantities import Duration, Share
from agreement.reader import load, loads

__all__ = [
    "Agreement",
    "Calendar",
    "Column",
    "Commitment",
    "Condition",
    "Duration",
    "Exclusion",
    "LeadType",
    "OwnerRef",
    "Privacy",
    "Rule",
    "Segment",
    "Share",
    "Sources",
    "Stage",
    "Touches",
    "Verdict",
    "Verdicts",
    "Version",
    "Waiver",
    "load",
    "loads",
]
