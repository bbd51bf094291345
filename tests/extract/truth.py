"""What raw tables must hold, worked out from the company itself and never from the sync's own code."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sandbox.company import Company
from sandbox.instants import as_instant, from_iso, to_datetime
from sandbox.records.links import ENGAGEMENTS, links
from sandbox.records.schema import definitions
from warehouse import Warehouse

OBJECTS = ("contacts", "companies", "deals", *ENGAGEMENTS)
HISTORIES = {"contacts": ("lifecyclestage", "hs_lead_status", "hubspot_owner_id"), "deals": ("dealstage",)}
DIRECTIONS = (
    ("contacts", "companies"),
    ("deals", "contacts"),
    ("deals", "companies"),
    *((kind, "contacts") for kind in ENGAGEMENTS),
)
_READ: dict[str, Any] = {
    "number": Decimal,
    "bool": lambda text: text == "true",
    "date": date.fromisoformat,
    "datetime": lambda text: to_datetime(from_iso(text)),
}


def records(company: Company, now: datetime, kind: str) -> dict[str, dict[str, Any]]:
    """Every record of an object by id: its own fields and every property, typed."""
    types = {str(entry["name"]): str(entry["type"]) for entry in definitions(kind)}
    rows = company.crm.tables[kind].by_id
    found = {}
    for id, values in company.crm.records(kind, as_instant(now)):
        typed = {name: _typed(values.get(name), types[name]) for name in types}
        fields = {
            "id": str(id),
            "created_at": to_datetime(rows[id].created),
            "archived": False,
            "archived_at": None,
        }
        found[str(id)] = fields | {"updated_at": typed[rows[id].modified]} | typed
    return found


def history(company: Company, now: datetime) -> list[tuple[Any, ...]]:
    """Every revision of the kept histories, sorted by key."""
    instant, found = as_instant(now), []
    for kind, names in HISTORIES.items():
        table = company.crm.tables[kind]
        for row in table.rows[: table.count(instant)]:
            for name, changes in row.histories(names, row.properties(instant), instant).items():
                before, ordinal = None, 0
                for change in reversed(changes):
                    ordinal = ordinal + 1 if change.at == before else 0
                    before = change.at
                    user = None if change.user_id is None else str(change.user_id)
                    told = (change.value, change.source_type, change.source_id, user)
                    found.append((kind, str(row.id), name, to_datetime(change.at), ordinal, *told))
    return sorted(found)


def associations(company: Company, now: datetime) -> list[tuple[Any, ...]]:
    """Every link in a direction that is kept, sorted by key."""
    instant, found = as_instant(now), []
    for source, target in DIRECTIONS:
        table = company.crm.tables[source]
        for row in table.rows[: table.count(instant)]:
            for link in links(source, target, row.subject):
                if link.at <= instant:
                    found.append((source, str(row.id), target, str(link.to_id), link.is_primary))
    return sorted(found)


def stored_records(warehouse: Warehouse, kind: str) -> dict[str, dict[str, Any]]:
    """The raw table of an object by id."""
    with warehouse.connect() as connection:
        rows = connection.execute(f"select * from raw_hubspot.{kind}")
        names = [column[0] for column in rows.description]
        return {row[names.index("id")]: dict(zip(names, row, strict=True)) for row in rows.fetchall()}


def stored(warehouse: Warehouse, table: str) -> list[tuple[Any, ...]]:
    """A raw table's rows, sorted."""
    with warehouse.connect() as connection:
        return sorted(
            connection.execute(f"select * from raw_hubspot.{table} order by all").fetchall(), key=repr
        )


def assert_equal(warehouse: Warehouse, company: Company, now: datetime) -> None:
    """Raw tables hold the company as of `now`: every record, property, revision and link, and no other."""
    for kind in OBJECTS:
        assert stored_records(warehouse, kind) == records(company, now, kind), kind
    assert stored(warehouse, "property_history") == sorted(history(company, now), key=repr)
    assert stored(warehouse, "associations") == sorted(associations(company, now), key=repr)


def _typed(value: str | None, kind: str) -> Any:
    if value is None or (value == "" and kind in _READ):
        return None
    return _READ.get(kind, str)(value)
