"""Limits, and everything that goes wrong on purpose."""

import time

import httpx
import pytest

from sandbox.instants import DEFAULT_NOW
from sandbox.limits import Limiter, Quota
from sandbox.server import SandboxServer

CONTACTS = "/crm/v3/objects/contacts"


def test_the_window_lets_so_many_through_and_tells_how_many_are_left(
    http: httpx.Client, server: SandboxServer
) -> None:
    server.portal.limiter = Limiter(Quota(per_window=5, searches_per_second=5, per_day=1000))
    answers = [http.get(CONTACTS) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    left = [answer.headers["X-HubSpot-RateLimit-Remaining"] for answer in answers]
    assert left == ["4", "3", "2", "1", "0", "0", "0"]
    assert answers[-1].json()["policyName"] == "TEN_SECONDLY_ROLLING"


def test_searches_have_a_limit_of_their_own_and_no_headers(http: httpx.Client, server: SandboxServer) -> None:
    server.portal.limiter = Limiter(Quota(per_window=3, searches_per_second=4, per_day=0), clock=lambda: 1.0)
    answers = [http.post(f"{CONTACTS}/search", json={}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    assert not any(name.startswith("x-hubspot") for answer in answers for name in answer.headers)
    assert http.get(CONTACTS).status_code == 200


def test_a_window_passes() -> None:
    seconds = [0.0]
    limiter = Limiter(Quota(per_window=2, searches_per_second=1, per_day=4), clock=lambda: seconds[0])
    assert [limiter.refusal(is_search=False) for _ in range(3)] == [None, None, "TEN_SECONDLY_ROLLING"]
    seconds[0] = 10.0
    assert [limiter.refusal(is_search=False) for _ in range(2)] == [None, None]
    seconds[0] = 20.0
    assert limiter.refusal(is_search=False) == "DAILY"


@pytest.mark.parametrize(
    ("kind", "status"),
    [("500", 500), ("502", 502), ("503", 503), ("429", 429), ("daily", 429), ("expire", 401)],
)
def test_a_fault_strikes_the_next_requests_and_no_more(
    http: httpx.Client, server: SandboxServer, kind: str, status: int
) -> None:
    server.faults.add(kind, next=2)
    assert [http.get(CONTACTS).status_code for _ in range(3)] == [status, status, 200]


def test_connections_break_and_bodies_end_halfway(http: httpx.Client, server: SandboxServer) -> None:
    server.faults.add("reset", next=1)
    with pytest.raises(httpx.ReadError):
        http.get(CONTACTS)
    server.faults.add("truncate", next=1)
    with pytest.raises(httpx.RemoteProtocolError):
        http.get(CONTACTS)
    assert http.get(CONTACTS).status_code == 200


def test_a_connection_is_reset_in_the_middle_of_an_answer(http: httpx.Client, server: SandboxServer) -> None:
    server.faults.add("reset_midway", next=1)
    with (
        pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)),
        http.stream("GET", CONTACTS, params={"limit": 100}) as answer,
    ):
        assert answer.status_code == 200
        answer.read()


@pytest.mark.parametrize("kind", ["malformed", "cut"])
def test_a_whole_answer_can_be_no_json(http: httpx.Client, server: SandboxServer, kind: str) -> None:
    server.faults.add(kind, next=1)
    spoilt = http.get(CONTACTS)
    assert (spoilt.status_code, int(spoilt.headers["content-length"])) == (200, len(spoilt.content))
    with pytest.raises(ValueError, match="line 1"):
        spoilt.json()
    assert http.get(CONTACTS).json()["results"]


def test_a_token_expires_after_so_many_requests_and_for_good(
    http: httpx.Client, server: SandboxServer
) -> None:
    server.faults.add("expire", after=2, rate=1)
    assert [http.get(CONTACTS).status_code for _ in range(5)] == [200, 200, 401, 401, 401]


def test_the_daily_limit_is_told_by_name(http: httpx.Client, server: SandboxServer) -> None:
    server.faults.add("daily", next=1)
    told = http.get(CONTACTS).json()
    assert (told["policyName"], told["message"]) == ("DAILY", "You have reached your daily limit.")


def test_a_drip_is_slow_but_whole(http: httpx.Client, server: SandboxServer) -> None:
    whole = http.get(CONTACTS).json()
    server.faults.add("drip", next=1, seconds=0.8)
    begun = time.monotonic()
    assert http.get(CONTACTS).json() == whole
    assert time.monotonic() - begun > 0.5


def test_a_rate_strikes_evenly_and_only_where_it_is_told(http: httpx.Client, server: SandboxServer) -> None:
    server.faults.add("500", rate=0.25, path="/deals")
    assert [http.get("/crm/v3/objects/deals").status_code for _ in range(8)].count(500) == 2
    assert http.get(CONTACTS).status_code == 200


def test_the_strings_can_be_pulled_over_http(http: httpx.Client, server: SandboxServer) -> None:
    http.delete("/sandbox/requests")
    assert http.post("/sandbox/faults", json={"kind": "503", "next": 1}).status_code == 200
    assert http.post("/sandbox/faults", json={"kind": "flood"}).status_code == 400
    assert http.get(CONTACTS).status_code == 503
    assert http.delete("/sandbox/faults").status_code == 200
    assert http.post("/sandbox/now", json={"now": "2026-01-01T00:00:00Z"}).json() == {
        "now": "2026-01-01T00:00:00Z"
    }
    assert server.portal.now < DEFAULT_NOW
    assert http.post("/sandbox/now", json={"now": "yesterday"}).status_code == 400
    assert http.get("/sandbox/requests").json() == {"total": 1, "routes": {f"GET {CONTACTS}": 1}}


def test_latency_is_injected(http: httpx.Client, server: SandboxServer) -> None:
    assert http.post("/sandbox/limits", json={"latency": 0.2}).status_code == 200
    begun = time.monotonic()
    http.get(CONTACTS)
    assert time.monotonic() - begun >= 0.2
