"""Many people deleted for privacy at once: nothing goes until somebody confirms it, then all of it goes."""

import re
from datetime import timedelta

import duckdb
import pytest

from tests.end_to_end.portal import NOW, Portal

LATER = NOW + timedelta(days=1)
# These name ids, and nothing of a person: what was purged, why a night was refused, who changed tonight.
TOLD = {"raw_hubspot.purged_records", "raw_hubspot_staging.purged_records", "intermediate.int_changed_leads"}
TOLD |= {"audit.check_results", "audit.runs"}


def _tables_with(file: str, ids: list[int]) -> set[str]:
    """Tables in which any of the ids occurs, in whatever column."""
    pattern = rf"(^|[^0-9])({'|'.join(map(str, ids))})([^0-9]|$)"
    with duckdb.connect(file, read_only=True) as connection:
        names = connection.execute(
            """select table_schema || '.' || table_name from information_schema.tables
            where table_type = 'BASE TABLE' and not starts_with(table_name, '_dlt')"""
        ).fetchall()
        return {
            name
            for (name,) in names
            if connection.execute(
                f"select 1 from {name} as one where regexp_matches(cast(one as varchar), ?) limit 1",
                [pattern],
            ).fetchall()
        }


@pytest.mark.slow
def test_many_deletions_at_once_wait_to_be_confirmed(company: Portal) -> None:
    gone = sorted(company.server.truth_of_records().live["contacts"])[20:45]
    working = str(company.folder / "warehouse.duckdb")
    assert {"raw_hubspot.contacts", "raw_hubspot.property_history"} <= _tables_with(working, gone)
    company.server.set_now(LATER)
    for one in gone:
        company.server.desk.erase("contacts", one)

    refused = company.night(LATER)

    assert refused.code == 3
    named = re.findall(r"\d{11}", refused.stderr)
    assert set(map(str, gone[:20])) <= set(named)
    assert "smarketing sync --confirm-purge" in refused.stderr
    assert "raw_hubspot.contacts" in _tables_with(working, gone)

    confirmed = company.command("sync", "--confirm-purge", "--as-of", f"{LATER.isoformat()}Z")
    assert confirmed.code == 0, confirmed.stderr
    again = company.night(LATER)
    assert again.code == 0, again.stderr
    assert _tables_with(working, gone) <= TOLD
    assert _tables_with(str(company.folder / "published" / "warehouse.duckdb"), gone) <= TOLD
