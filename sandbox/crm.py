"""The CRM's records over a story and what was edited on top of it, as of any instant: what the API serves."""

from collections.abc import Iterator
from typing import Any

from sandbox.plot.world import World
from sandbox.records.catalogue import Catalogue
from sandbox.records.graph import Graph
from sandbox.records.kinds import KINDS, OBJECT_TYPES
from sandbox.records.links import ENGAGEMENTS
from sandbox.records.rows import Properties, Row
from sandbox.records.table import Edits, Table

__all__ = ["OBJECT_TYPES", "Crm", "Table"]


class Crm:
    """All object types: their records, their definitions, and who is associated with whom.

    `rendered` is kept by the API, so that it ends with the records that it shows.
    """

    def __init__(self, world: World) -> None:
        self.edits = Edits()
        self.rendered: dict[Any, dict[int, tuple[Any, bytes]]] = {}
        subjects: dict[str, list[Any]] = {
            "contacts": world.leads,
            "companies": world.firms,
            "deals": world.deals,
            "feedback_submissions": world.surveys,
            "leads": world.pursuits,
            "trainings": world.trainings,
        }
        self.tables = {name: self._table(name, subjects[name]) for name in KINDS if name in subjects}
        for name in ENGAGEMENTS:
            kept = [each for each in world.engagements if each.kind == name]
            rows = [Row(each.logged_at, KINDS[name], each) for each in kept]
            self.tables[name] = Table(KINDS[name], rows, self.edits)
        self.graph = Graph(self.tables, self.edits)
        self.catalogue = Catalogue()

    def records(self, object_type: str, now: int) -> Iterator[tuple[int, Properties]]:
        """Every live record of a type at `now`, in the order of ids, with all its properties."""
        for row in self.tables[object_type].live(now):
            yield row.id, row.properties(now)

    def _table(self, name: str, subjects: list[Any]) -> Table:
        rows = [Row(each.created_at, KINDS[name], each) for each in subjects]
        return Table(KINDS[name], rows, self.edits)
