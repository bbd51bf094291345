"""The engine: what the rooms ask of a warehouse, answered by files on a shared path and a Spark cluster.

Spark computes the marts. All else that the job asks, its checks included, it asks the same files through a
DuckDB of its own: for a question of a few rows a cluster takes as long as for a large one.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from warehouse.embedded import Embedded
from warehouse.engine import Adopted, Connection
from warehouse.spark.catalog import Catalog, catalog_of
from warehouse.spark.lake import Lake
from warehouse.spark.session import Session

if TYPE_CHECKING:
    import duckdb

    from warehouse.spark.registering import Registry


@dataclass(frozen=True)
class SparkCluster(Embedded):
    """`path` is a folder of this machine for what does not fit into memory.

    `shared` is the path that this machine and the whole cluster see, `remote` the address of Spark Connect;
    the names of working schemas begin with `prefix` there.
    """

    shared: Path
    remote: str
    prefix: str = "working"

    engine: ClassVar[str] = "spark"
    keeps_rows: ClassVar[bool] = False

    @property
    def lake(self) -> Lake:
        """The working tables: raw, what was signed, what is built, the audit."""
        return Lake(self.shared / "working")

    @property
    def catalog(self) -> Catalog:
        """What this process knows of them."""
        return catalog_of(self.lake.root, self.path)

    @property
    def exists(self) -> bool:
        """Whether a sync has written its raw tables."""
        return (self.lake.root / "raw_hubspot").is_dir()

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A session of the working tables."""
        session = Session(self.catalog)
        try:
            yield cast("Connection", session)
        finally:
            session.raw.close()

    def understood(self, query: str) -> str:
        """In DuckDB's words, and with the names that tables have on the path."""
        from warehouse.spark.translation import in_duckdb

        return in_duckdb(query, f"{self.prefix}_")

    def dlt_destination(self) -> Any:
        """What dlt loads into."""
        from warehouse.spark.dlt_destination import destination

        return destination(self.lake)

    def dbt_profile(self) -> dict[str, Any]:
        """The cluster's address is in the environment by then, and it knows the tables that models read."""
        self._registry.renew(self.catalog)
        threads = self.options.get("threads", 4)
        output = {"type": "spark", "method": "session", "host": "none"}
        output |= {"schema": self.prefix, "threads": threads}
        return {"smarketing": {"target": self.target, "outputs": {self.target: output}}}

    def let_go(self) -> None:
        """Nothing: the cluster's session is needed until the process ends."""

    @contextmanager
    def as_duckdb(self) -> Iterator["duckdb.DuckDBPyConnection"]:
        """A copy of both schemas in a file that is gone at the end of the block."""
        from warehouse.spark.copying import copied

        said = self._registry.said_of_marts(self.lake)
        with copied(self.lake, self.path, said) as connection:
            yield connection

    def copy_to(self, file: Path) -> None:
        """Copy every table; dbt makes views anew."""
        from warehouse.spark.copying import copy_to

        copy_to(self.lake, file)

    def adopt(self, file: Path) -> Adopted:
        """Copy every table that a build does not make anew."""
        from warehouse.spark.adopting import adopt

        return adopt(self.lake, file)

    @contextmanager
    def alone(self, who: str) -> Iterator[None]:
        """A lock on the shared path, which goes with the process that holds it."""
        from warehouse.spark.exclusion import alone

        with alone(self.shared, who):
            yield

    def show(self, publication_id: str, database: Path) -> None:
        """Put the publication's tables on the path, in schemas of their own, and point the views to them."""
        from warehouse.spark.publication import show

        show(self.remote, self.shared, publication_id, database)

    def keep_only(self, publication_ids: Collection[str]) -> None:
        """Drop the schemas and files of other publications."""
        from warehouse.spark.publication import keep_only

        keep_only(self.remote, self.shared, publication_ids)

    @property
    def _registry(self) -> "Registry":
        from warehouse.spark.registering import Registry

        return Registry(self.remote, self.prefix)
