"""The heartbeat is one request after a good night; that nobody answers it is no failure."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from pydantic import SecretStr

from nightly.heartbeat import beat
from progress import Silent
from settings import Heartbeat


class Heard(Silent):
    """Keeps what is said."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, message: str) -> None:
        self.lines.append(message)


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The paths asked for; the last entry of the list at first is the server's address."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(500 if "broken" in self.path else 200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    paths.append(f"http://127.0.0.1:{server.server_port}")
    yield paths
    server.shutdown()
    server.server_close()


def test_it_is_sent_once(asked: list[str]) -> None:
    heard = Heard()
    beat(Heartbeat(url=SecretStr(f"{asked.pop()}/ping/1234")), heard)
    assert (asked, heard.lines) == (["/ping/1234"], [])


def test_nothing_is_asked_for_unless_it_is_configured(asked: list[str]) -> None:
    asked.pop()
    beat(Heartbeat(), Heard())
    assert asked == []


@pytest.mark.parametrize("path", ["/broken/secret-key", ""])
def test_one_that_fails_is_a_warning_without_its_address(asked: list[str], path: str) -> None:
    heard = Heard()
    beat(Heartbeat(url=SecretStr(f"{asked.pop()}{path}" if path else "http://127.0.0.1:9/secret-key")), heard)
    (line,) = heard.lines
    assert line.startswith("The heartbeat could not be sent (")
    assert "secret-key" not in line
