"""At the portal's limits nothing is refused, and other users keep their share."""

import time

from pydantic import SecretStr
from tenacity import Retrying

from extract.client import Client
from extract.faults import CrowdedError, PassingError, patience
from extract.limits import Pacer
from sandbox.limits import Quota
from sandbox.server import SandboxServer
from settings import HubSpot


def _client(crm: SandboxServer, share: float) -> Client:
    settings = HubSpot(access_token=SecretStr(crm.token), base_url=crm.base_url, quota_share=share)
    return Client(settings, searches_per_second=5)


def test_requests_are_paced_by_the_limit_that_answers_state(crm: SandboxServer) -> None:
    crm.portal.limiter.quota = Quota(20, 5, 0)
    with _client(crm, share=0.5) as client:
        began = time.monotonic()
        for _ in range(12):
            client.get("/crm/v3/owners")
        assert time.monotonic() - began > 9.9  # ten in the first ten seconds, half of what the portal allows
        assert client.requests == 12


def test_searches_have_a_limit_of_their_own(crm: SandboxServer) -> None:
    crm.portal.limiter.quota = Quota(0, 5, 0)
    with _client(crm, share=1) as client:
        began = time.monotonic()
        for _ in range(12):
            client.post("/crm/v3/objects/contacts/search", {"limit": 1}, search=True)
        assert time.monotonic() - began > 2.2
        assert client.requests == 12


def test_a_portal_whose_limit_others_have_used_up_is_waited_for(crm: SandboxServer) -> None:
    crm.portal.limiter.quota = Quota(5, 5, 0)
    while crm.portal.limiter.refusal(is_search=False) is None:
        """Somebody else asks."""
    with _client(crm, share=1) as client:
        began = time.monotonic()
        assert client.get("/crm/v3/owners")["results"]
        assert time.monotonic() - began > 9


def test_a_request_counts_until_an_interval_after_its_answer() -> None:
    pacer = Pacer(share=1, searches_per_second=5)
    stated = {"x-hubspot-ratelimit-max": "2", "x-hubspot-ratelimit-interval-milliseconds": "500"}
    with pacer.turn(search=False):
        pacer.learn(stated)
        time.sleep(0.4)  # the CRM may have counted it only now
    answered = time.monotonic()
    sent = []
    for _ in range(2):
        with pacer.turn(search=False):
            sent.append(time.monotonic() - answered)
    assert sent[1] >= 0.5


def test_a_passing_fault_after_a_long_wait_for_room_is_not_the_end() -> None:
    faults = [CrowdedError("no room")] * 20 + [PassingError("a reset")]

    def ask() -> str:
        if faults:
            raise faults.pop(0)
        return "answer"

    assert Retrying(stop=patience(answered=False), reraise=True)(ask) == "answer"
