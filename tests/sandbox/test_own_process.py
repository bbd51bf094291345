"""`python -m sandbox`: a server in a process of its own, for benchmarks."""

import subprocess
import sys
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


def test_it_answers_as_soon_as_it_has_told_where_it_is() -> None:
    command = [sys.executable, "-m", "sandbox", "--contacts", "40", "--unlimited"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = next(word for word in server.stdout.readline().split() if word.startswith("http"))
            headers = {"Authorization": "Bearer pat-sandbox"}
            answer = httpx.get(f"{address}/crm/v3/objects/contacts?limit=100", headers=headers, timeout=20)
            assert len(answer.json()["results"]) == 40
            assert not any(name.startswith("x-hubspot") for name in answer.headers)
        finally:
            server.terminate()
