"""Who is told what after a night: through Apprise to a receiver on this machine."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

import settings
from nightly.secrets import mask_of
from tests.publish.conftest import Office

TOKEN = "tokenThatNobodyMaySee"
RULE = (
    "Rule mql_reachable (marketing) is broken by 9 of 60 leads at marketing_qualified_lead or beyond: 15%, "
    "where version 2026-Q3 tolerates 2%. Leads 7001, 7009. Sales cannot call whom it cannot reach."
)
ERROR = (
    "Rule mql_score (marketing, warning, version 2026-Q3) could not be checked: Conversion Error: Could not "
    "convert string '+61 400 123456' of 'ana@secret.example' to INT32"
)


@dataclass
class Receiver:
    """What came in: the JSON bodies posted. `code` is what it answers."""

    port: int = 0
    code: int = 200
    got: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A webhook on loopback."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            receiver.got.append(json.loads(self.rfile.read(length)))
            receiver.paths.append(self.path)
            self.send_response(receiver.code)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Stay quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield receiver
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def told(
    tell: Callable[..., None], receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., None]:
    """Publish a night that ended so, and notify."""
    monkeypatch.setenv("NOTIFICATIONS__URLS", f"json://127.0.0.1:{receiver.port}/{TOKEN}")
    return tell


CALM = "status = case when status = 'at_risk' then 'on_track' else status end"
TURNED = CALM + "; update marts.sla_compliance set status = 'at_risk', actual = 0.75, target = 0.95" + (
    " where commitment = 'first_response' and slice = 'all' and status = 'on_track'"
)  # fmt: skip


def test_a_refused_run_is_told_once_with_its_reasons(told: Callable[..., None], receiver: Receiver) -> None:
    told("1")
    told("2", refusals=(RULE,))
    (message,) = receiver.got
    assert message["title"] == "Paradox Marketing: not published"
    assert RULE in message["message"]
    assert "published/report.html" in message["message"]
    told("3", refusals=(RULE.replace("9 of 60", "10 of 61"),))
    assert len(receiver.got) == 1, "the same rule again is no news"
    told(
        "4", refusals=(RULE, "Check key of marts.leads failed: 3 keys (lead_id) are missing or occur twice.")
    )
    assert len(receiver.got) == 2


def test_no_value_that_an_engine_quotes_is_passed_on(told: Callable[..., None], receiver: Receiver) -> None:
    told("1", refusals=(ERROR, "Check x of marts.leads failed: ana@secret.example is not unique"))
    said = json.dumps(receiver.got)
    assert "could not be checked." in said
    assert "secret.example" not in said
    assert "400" not in said


def test_a_commitment_that_turns_to_at_risk_is_told_once(
    told: Callable[..., None], receiver: Receiver
) -> None:
    told("1", statuses=CALM)
    told("2", statuses=CALM)
    assert receiver.got == []
    told("3", statuses=TURNED)
    (message,) = receiver.got
    assert message["title"] == "Paradox Marketing: A commitment is at risk"
    assert "first response (sales), Nov 2026: 75% where 95% is promised" in message["message"]
    told("4", statuses=TURNED)
    assert len(receiver.got) == 1


def test_the_first_night_has_nothing_to_compare_with(told: Callable[..., None], receiver: Receiver) -> None:
    told("1", statuses=TURNED)
    assert receiver.got == []


def test_what_fails_is_a_warning_without_the_address(
    told: Callable[..., None],
    receiver: Receiver,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    receiver.code = 500
    with caplog.at_level(logging.DEBUG):
        told("1", refusals=(RULE,))
    warned = capsys.readouterr().err
    assert warned == "Warning: The notification by json was not accepted.\n"
    assert receiver.paths == [f"/{TOKEN}"], "it was tried"
    assert TOKEN not in caplog.text


@pytest.mark.parametrize("address", ["nonsense", f"nonsense://{TOKEN}", f"json://127.0.0.1:1/{TOKEN}"])
def test_an_address_that_leads_nowhere_is_a_warning(
    told: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    address: str,
) -> None:
    monkeypatch.setenv("NOTIFICATIONS__URLS", address)
    told("1", refusals=(RULE,))
    warned = capsys.readouterr().err
    assert warned.startswith("Warning: ")
    assert TOKEN not in warned


def test_addresses_are_masked_and_read_in_both_forms(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = ["slack://one/two/three", f"json://host/{TOKEN}"]
    for written in (" \n".join(addresses), json.dumps(addresses)):
        monkeypatch.setenv("NOTIFICATIONS__URLS", written)
        found = settings.load(office.project)
        assert [url.get_secret_value() for url in found.notifications.urls] == addresses
        assert TOKEN not in repr(found)
        assert mask_of(found)(f"see {addresses[1]}") == "see ********"


def test_nobody_configured_is_nobody_told(
    told: Callable[..., None], receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOTIFICATIONS__URLS")
    told("1", refusals=(RULE,))
    assert receiver.got == []
