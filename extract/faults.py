"""What can go wrong between us and the CRM: what is tried again, after how long, and what is said then."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import orjson
from tenacity import RetryCallState, wait_random_exponential

from errors import CrmUnreadable

FIRST_ATTEMPTS = 3  # nobody has answered yet: a wrong address should be found out soon
LATER_ATTEMPTS = 8
CROWDED_ATTEMPTS = 40  # some minutes: what others ask of the portal goes on while we wait
TOO_MANY = 429
_DENIED = (403, 404)

_backoff = wait_random_exponential(multiplier=0.5, max=30)
_until_there_is_room = wait_random_exponential(multiplier=0.5, max=10)


class PassingError(Exception):
    """Something that passes. `after`: seconds the CRM asked us to wait, if it did."""

    def __init__(self, what: str, after: float | None = None) -> None:
        super().__init__(what)
        self.after = after


class CrowdedError(PassingError):
    """The portal's limit of requests is used up for seconds, by us or by others."""


@dataclass(frozen=True)
class Answer:
    """What came back. `headers` are found by their names in lower case."""

    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes

    @property
    def is_success(self) -> bool:
        """Whether it brings what was asked for."""
        return 200 <= self.status < 300


class Denied(CrmUnreadable):
    """The portal does not have what was asked for, or its token may not read it."""


def pause(state: RetryCallState) -> float:
    """Seconds before the next attempt: what the CRM asked for, else longer each time, with jitter."""
    fault = _fault(state)
    if isinstance(fault, PassingError) and fault.after is not None:
        return min(fault.after, 60.0)
    return _until_there_is_room(state) if isinstance(fault, CrowdedError) else _backoff(state)


def patience(*, answered: bool) -> Callable[[RetryCallState], bool]:
    """When to give up a request: later if the CRM has `answered` before, much later if it has no room for us.

    Each kind of fault is counted for itself: one of the other kind after a long wait is not the last straw.
    """
    allowed = {True: CROWDED_ATTEMPTS, False: LATER_ATTEMPTS if answered else FIRST_ATTEMPTS}
    met: Counter[bool] = Counter()

    def is_over(state: RetryCallState) -> bool:
        crowded = isinstance(_fault(state), CrowdedError)
        met[crowded] += 1
        return met[crowded] >= allowed[crowded]

    return is_over


def refusal(path: str, answer: Answer) -> Exception:
    """What an answer that is not a success means: one to try again, or the end."""
    status = answer.status
    if status == TOO_MANY and not _is_daily(answer):
        return CrowdedError("429 Too Many Requests", _retry_after(answer))
    if status >= 500 or status in (408, 423, 477):
        return PassingError(f"{status} {answer.reason}", _retry_after(answer))
    refused = Denied if status in _DENIED else CrmUnreadable
    return refused(f"HubSpot did not let us read {path} ({status}). {_advice(status)}")


def unreachable(base_url: str, fault: PassingError) -> CrmUnreadable:
    """The end of our patience, as a sentence."""
    if isinstance(fault, CrowdedError):
        return CrmUnreadable(
            f"HubSpot at {base_url} has had no room for our requests for minutes: others use up the portal's "
            "limit. Let them rest, or run at another hour: it goes on where it stopped."
        )
    return CrmUnreadable(
        f"HubSpot at {base_url} could not be read: {fault}, again and again. "
        "Check the network and SOURCES__HUBSPOT__BASE_URL, then run again: it goes on where it stopped."
    )


def _fault(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _advice(status: int) -> str:
    if status == 401:
        return "The token is wrong or has expired: put a valid one into SOURCES__HUBSPOT__ACCESS_TOKEN."
    if status == 403:
        return "The token lacks a scope: grant the private app read access to this object, then run again."
    if status == TOO_MANY:
        return (
            "The portal's requests of today are used up: run again after midnight, and it goes on from here."
        )
    if 300 <= status < 400:
        return "It sent us to another address, which we do not follow: check SOURCES__HUBSPOT__BASE_URL."
    return "It does not know this request: check SOURCES__HUBSPOT__BASE_URL, and whether the portal has it."


def _is_daily(answer: Answer) -> bool:
    if answer.headers.get("x-hubspot-ratelimit-daily-remaining") == "0":
        return True
    try:
        body = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        return False
    return isinstance(body, dict) and (
        body.get("policyName") == "DAILY" or "daily" in str(body.get("message", "")).lower()
    )


def _retry_after(answer: Answer) -> float | None:
    try:
        return max(0.0, float(answer.headers["retry-after"]))
    except (KeyError, ValueError):
        return None
