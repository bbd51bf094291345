"""Where the token goes: to the CRM, over checked TLS, through the proxy asked for, and nowhere else."""

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pydantic import SecretStr

from errors import CrmUnreadable, UsageProblem
from extract.client import Client
from project import Project
from settings import HubSpot, load

OWNERS = "/crm/v3/owners"
GOOD = b'{"results": []}'
Heard = list[tuple[str, str, str | None]]


@contextmanager
def _server(heard: Heard, certificate: Path | None = None, **answers: str) -> Iterator[int]:
    """Writes down method, target and Authorization of each request; answers well, or sends elsewhere."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append((self.command, self.path, self.headers.get("authorization")))
            self.send_response(302 if answers else 200)
            for name, value in answers.items():
                self.send_header(name, value)
            body = b"" if answers else GOOD
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_CONNECT(self) -> None:
            heard.append((self.command, self.path, self.headers.get("authorization")))
            self.send_error(503)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield int(server.server_port)
    finally:
        server.shutdown()
        server.server_close()


def _client(address: str) -> Client:
    return Client(HubSpot(access_token=SecretStr("pat-x"), base_url=address), 5)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody vouches for."""
    command = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=crm"
    subprocess.run(
        [*command.split(), "-addext", "subjectAltName=IP:127.0.0.1"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    return tmp_path


def test_a_redirect_takes_no_token_along() -> None:
    here: Heard = []
    there: Heard = []
    with (
        _server(there) as elsewhere,
        _server(here, location=f"http://127.0.0.1:{elsewhere}/elsewhere") as port,
        _client(f"http://127.0.0.1:{port}") as client,
        pytest.raises(CrmUnreadable, match="which we do not follow"),
    ):
        client.get(OWNERS)
    assert (here, there) == ([("GET", OWNERS, "Bearer pat-x")], [])


def test_a_certificate_that_nobody_vouches_for_is_not_believed(certificate: Path) -> None:
    heard: Heard = []
    with (
        _server(heard, certificate) as port,
        _client(f"https://127.0.0.1:{port}") as client,
        pytest.raises(CrmUnreadable, match="could not be read: SSLError"),
    ):
        client.get(OWNERS)
    assert heard == []


def test_one_that_the_machine_trusts_is(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: Heard = []
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    with _server(heard, certificate) as port, _client(f"https://127.0.0.1:{port}") as client:
        assert client.get(OWNERS) == {"results": []}
    assert heard == [("GET", OWNERS, "Bearer pat-x")]


def test_the_proxy_of_the_environment_is_asked_and_sees_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: Heard = []
    with _server(heard) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        with (
            _client("https://api.hubapi.example") as client,
            pytest.raises(CrmUnreadable, match="ProxyError"),
        ):
            client.get(OWNERS)
    assert set(heard) == {("CONNECT", "api.hubapi.example:443", None)}


@pytest.mark.parametrize("address", ["http://api.hubapi.com", "ftp://api.hubapi.com", "api.hubapi.com"])
def test_the_token_does_not_travel_in_the_clear(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCES__HUBSPOT__BASE_URL", address)
    with pytest.raises(UsageProblem, match=r"SOURCES__HUBSPOT__BASE_URL: .*https://"):
        load(Project(tmp_path))
