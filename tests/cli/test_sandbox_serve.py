"""The sandbox alone, on a port, until somebody stops it."""

import re
import signal
import socket
from pathlib import Path

import httpx
import pytest

from tests.cli.process import Smarketing


@pytest.fixture
def smarketing(tmp_path: Path) -> Smarketing:
    """In a folder without an agreement: the sandbox needs none."""
    return Smarketing(tmp_path)


def test_it_says_where_and_with_which_token_and_ends_when_told(smarketing: Smarketing) -> None:
    process = smarketing.start("sandbox", "serve", "--contacts", "50", "--port", "0")
    try:
        assert process.stdout is not None
        said = re.search(r"answers at (http://127\.0\.0\.1:\d+) \(token (\S+)\)", process.stdout.readline())
        assert said is not None
        url, token = said.groups()
        answer = httpx.get(
            f"{url}/crm/v3/objects/contacts?limit=1", headers={"Authorization": f"Bearer {token}"}
        )
        assert (answer.status_code, len(answer.json()["results"])) == (200, 1)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=30)
        assert (process.returncode, stderr) == (0, "")
    finally:
        process.kill()


def test_a_port_that_is_taken(smarketing: Smarketing) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = smarketing("sandbox", "serve", "--contacts", "50", "--port", str(port))
    assert (ended.code, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"Error: Port {port} cannot be had (Address already in use).")
