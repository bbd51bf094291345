"""The CRM's records over a story and what was edited on top of it, as of any instant: what the API serves."""

from collections.abc import Iterator
from typing import Any

from sandbox.plot.world import World
from sandbox.records.catalogue import Catalogue
from sandbox.records.graph import Graph
from sandbox.records.kinds import KINDS, OBJECT_TYPES
from sandbox.records.links import ENGAGEMENTS
from sandbox.records.rows import Properties, Row
from sandbox.records.table import Table

__all__ = ["OBJECT_TYPES", "Crm", "Table"]


class Crm:
    """All object types: their records, their definitions, and who is associated with whom."""

    def __init__(self, world: World) -> None:
        subjects: dict[str, list[Any]] = {
            "contacts": world.leads,
            "companies": world.firms,
            "deals": world.deals,
            "feedback_submissions": world.surveys,
            "leads": world.pursuits,
            "trainings": world.trainings,
        }
        self.tables = {name: _table(name, subjects[name]) for name in KINDS if name in subjects}
        for name in ENGAGEMENTS:
            kept = [each for each in world.engagements if each.kind == name]
            self.tables[name] = Table(KINDS[name], [Row(each.logged_at, KINDS[name], each) for each in kept])
        self.graph = Graph(self.tables)
        self.catalogue = Catalogue()

    def records(self, object_type: str, now: int) -> Iterator[tuple[int, Properties]]:
        """Every live record of a type at `now`, in the order of ids, with all its properties."""
        for row in self.tables[object_type].live(now):
            yield row.id, row.properties(now)


def _table(name: str, subjects: list[Any]) -> Table:
    return Table(KINDS[name], [Row(each.created_at, KINDS[name], each) for each in subjects])
