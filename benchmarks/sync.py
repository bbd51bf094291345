"""How fast a sync is: `python benchmarks/sync.py [--contacts N] [--latency S] [--limits] [--only contacts]`.

The sandbox runs in a process of its own; this one does nothing but sync, so its peak memory is the sync's.
With `--limits` (190 requests per 10 s, 5 searches per second, everything of it ours) the time is held against
the floor that the quota sets for the requests that were made. Prints one JSON object.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import agreement  # noqa: E402 -- found beside this folder
from extract import declaration, faults, sync  # noqa: E402
from progress import Silent  # noqa: E402
from project import Project, Run  # noqa: E402
from settings import HubSpot, Settings, Sources  # noqa: E402
from warehouse import open_warehouse  # noqa: E402

NOW = datetime(2026, 11, 24, 20)
PER_WINDOW, WINDOW_SECONDS, SEARCHES_PER_SECOND = 190, 10, 5
SERVER = """
import sys
from sandbox.server import serve
serve(int(sys.argv[1]), 1, 0, announce=lambda line: print(line, flush=True))
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=50_000)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--limits", action="store_true")
    parser.add_argument("--only", nargs="*")
    asked = parser.parse_args()
    if asked.only:
        _narrow(set(asked.only))
    with _sandbox(asked.contacts) as address, tempfile.TemporaryDirectory() as folder:
        quota = {"per_window": PER_WINDOW, "searches_per_second": SEARCHES_PER_SECOND} if asked.limits else {}
        unlimited = {"per_window": 0, "searches_per_second": 0}
        httpx.post(
            f"{address}/sandbox/limits", json=unlimited | quota | {"per_day": 0, "latency": asked.latency}
        )
        nights = {name: _night(address, Path(folder), limited=asked.limits) for name in ("first", "quiet")}
    print(
        json.dumps(
            {"contacts": asked.contacts, "latency": asked.latency, "limits": asked.limits} | nights, indent=2
        )
    )


def _night(address: str, folder: Path, *, limited: bool) -> dict[str, Any]:
    httpx.delete(f"{address}/sandbox/requests")
    refused = _count_refusals()
    project = Project(folder)
    signed = agreement.load(ROOT / "sandbox" / "agreement.yml")
    settings = Settings(
        sources=Sources(
            hubspot=HubSpot(access_token=SecretStr("pat-sandbox"), base_url=address, quota_share=1)
        )
    )
    began, worked = time.monotonic(), time.process_time()
    outcome = sync(project, signed, open_warehouse(project), settings, Run(f"{began}", NOW), Silent())
    seconds = time.monotonic() - began
    told = httpx.get(f"{address}/sandbox/requests").json()["routes"]
    searches = sum(count for route, count in told.items() if route.endswith("/search"))
    floor = max((sum(told.values()) - searches) / PER_WINDOW * WINDOW_SECONDS, searches / SEARCHES_PER_SECOND)
    return {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(time.process_time() - worked, 2),
        "rows_loaded": outcome.rows_loaded,
        "rows_per_second": round(outcome.rows_loaded / seconds),
        "contacts_per_second": round(_contacts(project) / seconds),
        "requests": outcome.requests,
        "searches": searches,
        "refused": dict(refused),
        "of_the_floor": round(seconds / floor, 3) if limited else None,
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _contacts(project: Project) -> int:
    with open_warehouse(project).connect() as connection:
        found = connection.execute("select count(*) from raw_hubspot.contacts").fetchone()
    return int(found[0]) if found else 0


def _count_refusals() -> Counter[int]:
    import extract.client

    counted: Counter[int] = Counter()

    def refusal(path: str, answer: httpx.Response) -> Exception:
        counted[answer.status_code] += 1
        return faults.refusal(path, answer)

    extract.client.refusal = refusal  # type: ignore[attr-defined]
    return counted


def _narrow(names: set[str]) -> None:
    whole = declaration.load("hubspot")
    kept = tuple(one for one in whole.objects if one.name in names)
    declaration.load = lambda crm: whole.model_copy(update={"objects": kept})  # type: ignore[assignment]


@contextmanager
def _sandbox(contacts: int) -> Iterator[str]:
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(contacts)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        line = server.stdout.readline() if server.stdout else ""
        yield next(word for word in line.split() if word.startswith("http")).rstrip(".")
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
