"""What the cluster must know before a build: the tables that models read, and the schemas it writes into.

Its own catalog may be one that forgets at each restart, so nothing is kept there alone. What it built itself
and does not know any more is removed, for the build makes it anew; what was seen on earlier nights stays.
"""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from errors import UsageProblem
from warehouse.spark.catalog import Catalog
from warehouse.spark.connect import opened
from warehouse.spark.lake import Lake, TableFolder
from warehouse.spark.words import Said, create_table, literal, quoted

DESCRIBED = "smarketing.described"  # the property in which dbt says it
READ = ("raw_hubspot", "raw_agreement")
BUILT = ("staging", "intermediate", "marts")
KEPT = ("int_seen_teams", "int_seen_values")
"""Models that hold what no build can make anew."""


@dataclass(frozen=True)
class Registry:
    """What the cluster at `remote` knows of working schemas, whose names there begin with `prefix`."""

    remote: str
    prefix: str

    def place(self, table: TableFolder) -> str:
        """The cluster's name of a working table: readers have the plain one."""
        return f"{self.schema(table.schema)}.{quoted(table.name)}"

    def schema(self, name: str) -> str:
        """The cluster's name of a working schema."""
        return quoted(f"{self.prefix}_{name}")

    def renew(self, catalog: Catalog) -> None:
        """Make the cluster's catalog agree with the path.

        Raises:
            UsageProblem: its schemas are at another path.
        """
        session = opened(self.remote)
        catalog.settle(READ)
        known = {name: self._schema_at(session, catalog.lake, name) for name in (*READ, *BUILT)}
        for table in catalog.lake.tables():
            is_known = table.name in known.get(table.schema, ())
            if table.schema in READ:
                if is_known:
                    session.sql(f"drop table {self.place(table)}")
                self._create(session, table)
            elif table.schema in BUILT and not table.is_ours and not is_known:
                if table.name in KEPT:
                    self._create(session, table)
                else:
                    table.clear()

    def said_of_marts(self, lake: Lake) -> dict[str, Said]:
        """What dbt's project says of each mart and its columns, which it told the cluster."""
        session = opened(self.remote)
        marts = [table for table in lake.tables() if table.schema == "marts"]
        return {mart.name: _said(session, self.place(mart)) for mart in marts}

    def _schema_at(self, session: Any, lake: Lake, name: str) -> set[str]:
        """The tables of a schema, which is made if it is not there."""
        schema, folder = self.schema(name), lake.root / name
        folder.mkdir(mode=0o770, parents=True, exist_ok=True)
        session.sql(f"create database if not exists {schema} location {literal(folder.as_uri())}")
        rows = session.sql(f"describe database {schema}").collect()
        found = next((row["info_value"] for row in rows if row["info_name"] == "Location"), "")
        if unquote(urlsplit(found).path).rstrip("/") != str(folder):
            raise UsageProblem(
                f"The Spark cluster at {self.remote} has a schema {schema} already, at {found}. "
                "Name another `schema` in profiles.yml: ours begin with it."
            )
        rows = session.sql(f"show tables in {schema}").collect()
        return {row["tableName"] for row in rows if not row["isTemporary"]}

    def _create(self, session: Any, table: TableFolder) -> None:
        import pyarrow.parquet as pq

        create_table(session, self.place(table), pq.read_schema(table.files[0]), table.path)


def _said(session: Any, place: str) -> Said:
    rows = session.sql(f"show tblproperties {place}").collect()
    told = {row["key"]: row["value"] for row in rows}.get(DESCRIBED)
    said: Said = json.loads(told) if told else {}
    return {name: comment for name, comment in said.items() if comment}
