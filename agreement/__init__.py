"""What marketing and sales signed: the only reader of agreement.yml.

Its objects are imported when they are first asked for: a file that is refused needs none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from agreement.reader import load, loads

if TYPE_CHECKING:
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

HOMES = {
    "Condition": "agreement.condition",
    "Duration": "agreement.quantities",
    "Share": "agreement.quantities",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(HOMES.get(name, "agreement.model")), name)
