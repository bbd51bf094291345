"""Fifty rules on a million leads: verdicts, leads and ledger, against the same conditions by hand in SQL.

    python benchmarks/checks.py [LEADS]

By hand is two statements: one counts what breaks each condition, one writes down which leads they are.
Ours is Great Expectations' verdicts, the leads with their observed values, and the ledger, on a first night
(every violation is new) and on later ones (most are known). Structural checks are not part of it.
"""

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from agreement.condition import Condition
from agreement.model import Agreement
from expectations import rules
from expectations.judged import judgements
from expectations.ledger import create_ledger, update_ledger
from expectations.observed import remember_key
from expectations.populations import scratch
from expectations.session import Session
from expectations.tonight import create_tonight
from tests.expectations.company import AS_OF, LEAD, STAGES
from tests.expectations.signed import agree, rule, version
from warehouse import DuckDBFile

LEADS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
STAGE = "marketing_qualified_lead"


def conditions() -> list[str]:
    """Fifty conditions of every kind; each is broken by about one lead in a hundred."""
    found = ["email is not null", "phone is not null", "company_name is not null", "country is not null"]
    found += ["regexp_matches(email, '^[a-z0-9.]+@[a-z]+[.]com$')", "email like '%@example.com'"]
    found += [f"country is null or country in ('Australia', 'Fiji', 'Land {n}')" for n in range(4)]
    found += [f"employees is null or employees between {n} and 990" for n in range(10)]
    found += [f"employees >= {n} or email is not null" for n in range(10)]
    found += [f"lead_score >= {n}" for n in range(1, 3)]
    found += [f"segment = 'enterprise' or employees < 250 or lead_score > {n}" for n in range(9)]
    found += [f"created_at <= as_of - interval {n} day" for n in range(1, 10)]
    return found


def build(connection: duckdb.DuckDBPyConnection) -> None:
    """`marts.leads` with every column of the tests' company, a little of everything missing."""
    given = {
        "lead_id": "cast(n as varchar)",
        "stage": f"'{STAGE}'",
        "email": (
            "case when n % 101 > 0 then 'a' || n ||"
            " case when n % 97 > 0 then '@example.com' else '@x-y.org' end end"
        ),
        "phone": "case when n % 103 > 0 then '+61 7 ' || n end",
        "owner_id": "cast(n % 40 as varchar)",
        "company_name": "case when n % 107 > 0 then 'Company ' || (n % 5000) end",
        "country": "case when n % 109 = 0 then null when n % 89 = 0 then 'Elsewhere' else 'Australia' end",
        "segment": "case when n % 1000 >= 250 then 'enterprise' else 'small_business' end",
        "employees": "n % 1000",
        "lead_score": "n % 100",
        "created_at": "timestamp '2026-01-01' + to_minutes(cast(n % 470000 as integer))",
        "is_archived": "false",
    }
    given |= {f"became_{name}_at": "timestamp '2026-10-20 03:00:00'" for name in STAGES[:3]}
    columns = ", ".join(f"cast({given.get(name, 'null')} as {kind}) as {name}" for name, kind in LEAD.items())
    connection.execute("create schema marts")
    connection.execute("create schema raw_hubspot")
    connection.execute("create schema audit")
    connection.execute(f"create table marts.leads as select {columns} from range({LEADS}) as t (n)")
    connection.execute(
        "create table raw_hubspot.owners (id varchar, email varchar, user_id varchar, archived boolean)"
    )


def by_hand(connection: duckdb.DuckDBPyConnection) -> None:
    """The two statements a person would write."""
    broken = [f"({Condition(text).sql(qualifier='leads')}) is not true" for text in conditions()]
    leads = f"(select leads.*, timestamp '{AS_OF}' as as_of from marts.leads) as leads"
    counts = ", ".join(f"sum(case when {one} then 1 else 0 end)" for one in broken)
    connection.execute(f"select {counts} from {leads}").fetchall()
    ids = " union all ".join(
        f"select {number} as rule, lead_id from {leads} where {one}" for number, one in enumerate(broken)
    )
    connection.execute(f"create or replace table audit.by_hand as {ids}")


def session(connection: duckdb.DuckDBPyConnection) -> Session:
    """Great Expectations on an open file."""
    return Session(DuckDBFile("duckdb", Path(), {}), connection)


def ours(connection: duckdb.DuckDBPyConnection, signed: Agreement, as_of: datetime) -> int:
    """One night of the room's own work; returns the violations found."""
    with scratch(connection):
        remember_key(connection, b"0123456789abcdef")
        judged = judgements(signed, as_of)
        results = rules.judge(connection, session(connection), signed, judged, as_of)
        if any(result.verdict == "error" for result in results):
            raise RuntimeError([result.detail for result in results if result.verdict == "error"])
        create_ledger(connection)
        create_tonight(connection, signed, judged, ())
        update_ledger(connection, as_of, purge=True)
    return sum(result.violations or 0 for result in results)


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """How long `work` takes, and how much of the processors: on a busy machine only the second compares."""
    begun, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - used


def shown(what: str, took: list[tuple[float, float]], hand: list[tuple[float, float]]) -> str:
    """The median of each, and how many times the work by hand it is."""
    (wall, cpu), (hand_wall, hand_cpu) = (
        [statistics.median(one) for one in zip(*times, strict=True)] for times in (took, hand)
    )
    return f"{what:12} {wall:6.2f} s {wall / hand_wall:4.1f} x   CPU {cpu:6.2f} s {cpu / hand_cpu:4.1f} x"


def main() -> None:
    """Measure and print."""
    session(duckdb.connect())  # importing Great Expectations is paid once a night, and not measured here
    with tempfile.TemporaryDirectory() as folder:
        named = [rule(f"r{number}", text, tolerance="100%") for number, text in enumerate(conditions())]
        signed = agree(Path(folder), version("v1", "2026-01-01", {STAGE: named}))
        with duckdb.connect(str(Path(folder) / "warehouse.duckdb"), config={"threads": 2}) as connection:
            build(connection)
            hand = [seconds(lambda: by_hand(connection)) for _ in range(3)]
            first = seconds(lambda: ours(connection, signed, AS_OF))
            later = [
                seconds(lambda night=night: ours(connection, signed, AS_OF + timedelta(days=night)))  # type: ignore[misc]
                for night in (1, 2, 3)
            ]
            row = connection.execute("select count(*) from audit.lead_quality_violations").fetchone()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{LEADS:,} leads, {len(named)} rules, {row[0] if row else 0:,} violations in the ledger")
    for what, took in (("by hand", hand), ("first night", [first]), ("next nights", later)):
        print(shown(what, took, hand))
    print(f"peak memory  {peak:6.0f} MB")


if __name__ == "__main__":
    main()
