"""The marts that a plan reads, as a publication's file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

TABLES = """
create schema marts;
create table marts.leads (lead_id varchar, segment varchar, excluded_because varchar, quarantined_by varchar);
create table marts.lifecycle_stages (lead_id varchar, stage varchar, entered_at timestamp, direction varchar);
create table marts.deals (
    lead_id varchar, amount decimal(38, 10), created_at timestamp, closed_at timestamp, is_closed boolean,
    is_won boolean
);
"""


@dataclass
class Marts:
    """Rows in the order of the columns above."""

    leads: list[tuple[object, ...]] = field(default_factory=list)
    lifecycle_stages: list[tuple[object, ...]] = field(default_factory=list)
    deals: list[tuple[object, ...]] = field(default_factory=list)

    def lead(
        self, lead: str, segment: str | None, stays: dict[str, datetime], because: str | None = None
    ) -> None:
        """A lead that began in the first of its stages and went forward."""
        self.leads.append((lead, segment, because, None))
        for place, (stage, at) in enumerate(stays.items()):
            self.lifecycle_stages.append((lead, stage, at, "forward" if place else "start"))

    def write(self, file: Path) -> Path:
        """The file; it is made anew."""
        with duckdb.connect(str(file)) as made:
            made.execute(TABLES)
            for name in ("leads", "lifecycle_stages", "deals"):
                _insert(made, name, getattr(self, name))
        return file


def _insert(made: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    listed = list(rows)
    if listed:
        import pandas as pd

        names = [column[0] for column in made.execute(f"select * from marts.{table} limit 0").description]
        frame = pd.DataFrame(listed, columns=names).astype(object)
        made.register("rows_of", frame)
        made.execute(f"insert into marts.{table} select * from rows_of")
        made.unregister("rows_of")
