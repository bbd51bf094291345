"""What a sync costs: `python -m benchmarks.sync [--contacts N] [--repeats R] [CASE ...]`.

The sandbox runs in a process of its own, and so does every sync. The cases:

- `speed`: contacts alone, no latency, no limits: contacts a second from HTTP to the warehouse table, beside
  bare requests for the same pages, right before it.
- `memory`: the peak of that sync, on a portal of a tenth of the size and on the whole.
- `quota`: 100 ms latency, 190 requests in 10 s, 5 searches a second, all of it ours; contacts alone and all
  objects. The time is held against the floor that the quota sets for the requests that were made, and the
  requests against the pages that hold each record once. Searches, with a limit of their own, are told apart.
- `nights`: requests of a first night, of one without a change, and of one on which 1 % of contacts changed.
  The quiet one is held against its bound: 100, and one per 1,000 live ids and association type.

Prints Markdown: the median of the repeats, and their range.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

import duckdb
import httpx

from extract import declaration

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 11, 24, 20)
PER_WINDOW, WINDOW_SECONDS, SEARCHES_PER_SECOND, LATENCY = 190, 10, 5, 0.1
REQUESTS_OF_A_QUIET_NIGHT, IDS_A_REQUEST = 100, 1000
Measured = dict[str, Any]


@dataclass(frozen=True)
class Portal:
    """A running sandbox."""

    address: str
    contacts: int

    def limit(self, *, quota: bool) -> None:
        """HubSpot's limits and latency, or none."""
        per_window, searches = (PER_WINDOW, SEARCHES_PER_SECOND) if quota else (0, 0)
        limits = {"per_window": per_window, "searches_per_second": searches, "per_day": 0}
        self._post("limits", limits | {"latency": LATENCY if quota else 0})

    def run(self, how: str, folder: Path, *only: str, as_of: datetime = NOW) -> Measured:
        """One sync or bare reading; with the searches that came of it."""
        httpx.delete(f"{self.address}/sandbox/requests")
        command = [sys.executable, "-m", "benchmarks.one_sync", how, self.address, str(folder)]
        done = subprocess.run(
            [*command, as_of.isoformat(), *only], cwd=ROOT, check=True, capture_output=True, text=True
        )
        measured: Measured = json.loads(done.stdout.splitlines()[-1])
        routes = httpx.get(f"{self.address}/sandbox/requests").json()["routes"]
        searches = sum(count for route, count in routes.items() if route.endswith("/search"))
        return measured | {"searches": searches, "others": sum(routes.values()) - searches}

    def change(self, ids: Sequence[int], at: datetime) -> None:
        """Change the job title of these contacts."""
        self._post("now", {"now": f"{at.isoformat()}Z"})
        edit = {"edit": "set", "object_type": "contacts", "name": "jobtitle", "value": "Head of Benches"}
        for one in ids:
            self._post("edits", edit | {"id": one})

    def _post(self, what: str, body: dict[str, Any]) -> None:
        httpx.post(f"{self.address}/sandbox/{what}", json=body).raise_for_status()


def main() -> None:
    """Measure and print."""
    cases: dict[str, Callable[[Portal, int], Iterator[str]]] = {
        "speed": _speed,
        "memory": _memory,
        "quota": _quota,
        "nights": _nights,
    }
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--contacts", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"of {', '.join(cases)}; default: all")
    asked = parser.parse_args()
    print("| what | median | range | |\n|---|---|---|---|")
    with _sandbox(asked.contacts) as portal:
        for name in asked.cases or cases:
            for line in cases[name](portal, asked.repeats):
                print(line, flush=True)


def _speed(portal: Portal, repeats: int) -> Iterator[str]:
    portal.limit(quota=False)
    rounds = [
        (_fresh(portal, "bare"), _fresh(portal, "sync", "contacts"))
        for _ in range(repeats + 1)  # the first one warms the sandbox's own cache of answers
    ][1:]
    bare, synced = zip(*rounds, strict=True)
    for name, measured in (("bare requests", bare), ("sync of contacts", synced)):
        yield _line(f"{name}, contacts/s", [portal.contacts / one["seconds"] for one in measured], "{:,.0f}")
    yield _line("the same, CPU seconds", [one["cpu_seconds"] for one in synced], "{:.2f}")
    yield _line("sync : bare", [two["seconds"] / one["seconds"] for one, two in rounds], "{:.2f}")


def _memory(portal: Portal, repeats: int) -> Iterator[str]:
    portal.limit(quota=False)
    with _sandbox(portal.contacts // 10) as small:
        small.limit(quota=False)
        for one in (small, portal):
            peaks = [_fresh(one, "sync", "contacts")["peak_megabytes"] for _ in range(repeats)]
            yield _line(f"peak, MB, {one.contacts:,} contacts", peaks, "{:.0f}")


def _quota(portal: Portal, repeats: int) -> Iterator[str]:
    portal.limit(quota=True)
    for name, only in (("contacts alone", ("contacts",)), ("all objects", ())):
        loads = [_against_the_quota(portal, only) for _ in range(repeats)]
        yield _line(f"{name}: seconds", [one["seconds"] for one in loads], "{:.1f}")
        yield _line(f"{name}: × the quota's floor", [one["of_floor"] for one in loads], "{:.2f}")
        yield _line(f"{name}: requests × those needed", [one["of_needed"] for one in loads], "{:.3f}")
        yield _line(f"{name}: the same, searches too", [one["with_searches"] for one in loads], "{:.3f}")
        yield _line(f"{name}: refused", [one["refused"] for one in loads], "{:.0f}")


def _against_the_quota(portal: Portal, only: tuple[str, ...]) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        measured = portal.run("sync", Path(folder), *only)
        needed = _pages(Path(folder), only)
    floor = max(measured["others"] / PER_WINDOW * WINDOW_SECONDS, measured["searches"] / SEARCHES_PER_SECOND)
    return measured | {
        "of_floor": measured["seconds"] / floor,
        "of_needed": measured["others"] / needed,
        "with_searches": measured["requests"] / needed,
    }


def _pages(folder: Path, only: tuple[str, ...]) -> int:
    """How many pages hold each of the records once."""
    declared = declaration.load("hubspot")
    pages = 0
    with duckdb.connect(str(_database(folder)), read_only=True) as connection:
        for one in declared.objects:
            if only and one.name not in only:
                continue
            size = declared.limits.history_page if one.history else declared.limits.list_page
            counted = connection.execute(f"select count(*) from raw_hubspot.{one.name} group by archived")
            pages += sum(ceil(count / size) for (count,) in counted.fetchall())
    return pages


def _database(folder: Path) -> Path:
    return next(folder.rglob("*.duckdb"))


def _nights(portal: Portal, _: int) -> Iterator[str]:
    portal.limit(quota=False)
    later = NOW + timedelta(minutes=1)
    with tempfile.TemporaryDirectory() as folder:
        night = partial(portal.run, "sync", Path(folder))
        first, quiet = night(), night()
        with duckdb.connect(str(_database(Path(folder))), read_only=True) as connection:
            contacts = "select id from raw_hubspot.contacts where not archived order by id limit ?"
            found = connection.execute(contacts, [portal.contacts // 100]).fetchall()
        bound = _bound(Path(folder))
        portal.change([int(one) for (one,) in found], later)
        changed = night(as_of=later)
    for name, one in (("first night", first), ("quiet night", quiet), ("night of 1 %", changed)):
        yield _line(f"{name}: requests", [one["requests"]], "{:,.0f}")
    within = "within" if quiet["requests"] <= bound else "BEYOND"
    yield _line(f"quiet night: bound ({within} it)", [bound], "{:,.0f}")
    more = (changed["requests"] - quiet["requests"]) / first["requests"]
    yield _line("1 % beyond a quiet night, of the first", [more], "{:.1%}")


def _bound(folder: Path) -> int:
    """The requests that a night without a change may make."""
    requests = REQUESTS_OF_A_QUIET_NIGHT
    with duckdb.connect(str(_database(folder)), read_only=True) as connection:
        for one in declaration.load("hubspot").objects:
            live = f"select count(*) from raw_hubspot.{one.name} where not archived"
            (count,) = connection.execute(live).fetchone() or (0,)
            requests += ceil(count / IDS_A_REQUEST) * len(one.associations)
    return requests


def _fresh(portal: Portal, how: str, *only: str) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        return portal.run(how, Path(folder), *only)


def _line(name: str, values: list[float], form: str) -> str:
    middle, low, high = (form.format(pick(values)) for pick in (statistics.median, min, max))
    return f"| {name} | {middle} | {low} to {high} | {len(values)} × |"


@contextmanager
def _sandbox(contacts: int) -> Iterator[Portal]:
    command = [sys.executable, "-m", "sandbox", "--contacts", str(contacts), "--unlimited"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        line = server.stdout.readline() if server.stdout else ""
        address = next(word for word in line.split() if word.startswith("http"))
        yield Portal(address.rstrip("."), contacts)
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
