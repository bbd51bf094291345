"""Which engagements are touches at an instant, and which of them are one attempt."""

from typing import NamedTuple

from sandbox.instants import DAY, MINUTE, to_datetime
from sandbox.judging.facts import id_of
from sandbox.judging.shapes import TouchTruth
from sandbox.staff import QUEUE
from sandbox.story import Engagement, Lead

_DUPLICATES_WITHIN = 10 * MINUTE
_LATE_AFTER = DAY


class Touch(NamedTuple):
    """One touch of one lead. `counts_at`: from when on a clock may know of it."""

    at: int
    id: int
    engagement: Engagement
    medium: str
    owner_id: str | None
    is_late: bool
    attempt: int
    is_duplicate: bool

    @property
    def counts_at(self) -> int:
        """A touch that is written down late counts from then: it undoes no breach."""
        return self.engagement.logged_at if self.is_late else self.at


def touches_of(lead: Lead, now: int) -> list[Touch]:
    """All touches of a lead that the CRM knows of at `now`, by instant and id."""
    heard = [(_when(each), each.id, each) for each in lead.engagements if _is_touch(each, now)]
    newest: dict[tuple[str, str | None], tuple[int, int]] = {}
    touches = []
    for number, (at, id, engagement) in enumerate(sorted(heard, key=lambda it: it[:2])):
        medium = engagement.medium or ""
        owner_id = id_of(engagement.owner if engagement.owner is not QUEUE else None)
        last_at, attempt = newest.get((medium, owner_id), (-_DUPLICATES_WITHIN - 1, 0))
        repeats = at - last_at <= _DUPLICATES_WITHIN
        attempt = attempt if repeats else number
        newest[medium, owner_id] = (at, attempt)
        is_late = engagement.logged_at - at > _LATE_AFTER
        touches.append(Touch(at, id, engagement, medium, owner_id, is_late, attempt, repeats))
    return touches


def shown(lead: Lead, touch: Touch) -> TouchTruth:
    """A touch in the truth's shape."""
    engagement = touch.engagement
    return TouchTruth(
        engagement_type=engagement.kind,
        engagement_id=str(engagement.id),
        lead_id=str(lead.id),
        medium=touch.medium,
        touched_at=to_datetime(touch.at),
        held_at=to_datetime(engagement.at) if engagement.kind == "meetings" else None,
        logged_at=to_datetime(engagement.logged_at),
        late_log=touch.is_late,
        is_duplicate=touch.is_duplicate,
        owner_id=touch.owner_id,
    )


def _is_touch(engagement: Engagement, now: int) -> bool:
    if engagement.medium is None or engagement.logged_at > now or _when(engagement) > now:
        return False
    settled = [outcome.value for outcome in engagement.outcomes if outcome.at <= now]
    return "CANCELED" not in settled


def _when(engagement: Engagement) -> int:
    """A meeting is a touch at its booking; everything else at its own time."""
    return engagement.logged_at if engagement.kind == "meetings" else engagement.at
