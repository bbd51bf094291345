"""What raw tables must hold, worked out from the sandbox's census and never from the sync's own code."""

from datetime import date
from decimal import Decimal
from typing import Any

from sandbox.edits.census import Census
from sandbox.instants import from_iso, to_datetime
from sandbox.records.catalogue import Fields
from sandbox.records.links import ENGAGEMENTS
from sandbox.server import SandboxServer
from warehouse import Warehouse

OBJECTS = ("contacts", "companies", "deals", *ENGAGEMENTS, "feedback_submissions", "leads")
HISTORIES = {"contacts": ("lifecyclestage", "hs_lead_status", "hubspot_owner_id"), "deals": ("dealstage",)}
DIRECTIONS = {
    ("contacts", "companies"),
    ("deals", "contacts"),
    ("deals", "companies"),
    *((kind, other) for kind in ENGAGEMENTS for other in ("contacts", "companies", "deals")),
    ("feedback_submissions", "contacts"),
    *(("leads", other) for other in ("contacts", "companies", *ENGAGEMENTS)),
}
Rows = set[tuple[Any, ...]]


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if number != round(number, 10):
        raise ValueError("more than ten places")
    return number


_READ: dict[str, Any] = {
    "number": _number,
    "bool": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "datetime": lambda text: to_datetime(from_iso(text)),
}


def assert_equal(warehouse: Warehouse, crm: SandboxServer) -> None:
    """Raw tables hold what the CRM holds: every record, property, revision, merge and link, and no other."""
    census = crm.truth_of_records()
    for kind in OBJECTS:
        fields = crm.portal.fields(kind)
        differences = _differences(stored_records(warehouse, kind), _records(census, kind, fields))
        assert differences == {}, f"{kind}: {differences}"
        unfit = {row[1:] for row in stored(warehouse, "unfit_values") if row[0] == kind}
        expected = _unfit(census, kind, fields)
        assert unfit == expected, f"{kind}: {unfit ^ expected}"
    assert set(stored(warehouse, "merged_records")) == _merges(census)
    history = set(stored(warehouse, "property_history"))
    assert history >= _histories(census, shown=True)
    assert history <= _histories(census, shown=False)
    assert _live_links(warehouse, census) == _links(census)


def stored_records(warehouse: Warehouse, kind: str) -> dict[str, dict[str, Any]]:
    """The raw table of an object by id."""
    with warehouse.connect() as connection:
        rows = connection.execute(f"select * from raw_hubspot.{kind}")
        names = [column[0] for column in rows.description]
        return {row[names.index("id")]: dict(zip(names, row, strict=True)) for row in rows.fetchall()}


def stored(warehouse: Warehouse, table: str) -> list[tuple[Any, ...]]:
    """A raw table's rows, in a fixed order."""
    with warehouse.connect() as connection:
        return connection.execute(f"select * from raw_hubspot.{table} order by all").fetchall()


def _records(census: Census, kind: str, fields: Fields) -> dict[str, dict[str, Any]]:
    found = {}
    for archived, records in ((False, census.live[kind]), (True, census.archived[kind])):
        for one, values in records.items():
            typed = {name: _typed(values.get(name), field.kind) for name, field in fields.items()}
            row = census.rows[kind][one]
            found[str(one)] = typed | {
                "id": str(one),
                "created_at": to_datetime(row.created),
                "updated_at": to_datetime(row.modified_at(census.now)),
                "archived": archived,
                "archived_at": to_datetime(census.archived_at[kind][one]) if archived else None,
            }
    return found


def _differences(found: dict[str, Any], true: dict[str, Any]) -> dict[str, Any]:
    """By id, the values found and the true ones, where they differ."""
    return {
        one: {
            name: (found.get(one, {}).get(name), true.get(one, {}).get(name))
            for name in found.get(one, {}).keys() | true.get(one, {}).keys()
            if found.get(one, {}).get(name) != true.get(one, {}).get(name)
        }
        for one in found.keys() | true.keys()
        if found.get(one) != true.get(one)
    }


def _unfit(census: Census, kind: str, fields: Fields) -> Rows:
    return {
        (str(one), name, values[name])
        for records in (census.live[kind], census.archived[kind])
        for one, values in records.items()
        for name, field in fields.items()
        if field.kind in _READ and values.get(name) is not None and _typed(values[name], field.kind) is None
    }


def _histories(census: Census, *, shown: bool) -> Rows:
    """All revisions there ever were, since a night sees them before the CRM forgets them.

    `shown`: of records that the CRM shows now; else also of those that were merged, if a night saw them.
    """
    found: Rows = set()
    for kind, names in HISTORIES.items():
        for one in census.rows[kind]:
            if one in census.vanished[kind] or census.merged[kind].get(one, 0) in census.vanished[kind]:
                continue
            if shown and one in census.merged[kind]:
                continue
            for name in names:
                before, ordinal = None, 0
                for change in reversed(census.history(kind, one, name, whole=True)):
                    ordinal = ordinal + 1 if change.at == before else 0
                    before = change.at
                    user = None if change.user_id is None else str(change.user_id)
                    told = (change.value, change.source_type, change.source_id, user)
                    found.add((kind, str(one), name, to_datetime(change.at), ordinal, *told))
    return found


def _merges(census: Census) -> Rows:
    """All but those into records that were deleted for privacy since."""
    return {
        (kind, str(one), str(winner))
        for kind in OBJECTS
        for one, winner in census.merged[kind].items()
        if winner not in census.vanished[kind]
    }


def _links(census: Census) -> Rows:
    return {
        (source, str(one), target, str(other), primary and (source, target) in _PRIMARY)
        for source, one, target, other, primary in census.associations
        if (source, target) in DIRECTIONS
    }


_PRIMARY = {("contacts", "companies"), ("deals", "companies"), ("leads", "contacts")}


def _live_links(warehouse: Warehouse, census: Census) -> Rows:
    """Links of deleted records are kept, for they count in past figures; the CRM shows none of them."""
    live = {kind: {str(one) for one in census.live[kind]} for kind in OBJECTS}
    rows = stored(warehouse, "associations")
    archived = {kind: {str(one) for one in census.archived[kind]} for kind in OBJECTS}
    assert all(row[1] in live[row[0]] | archived[row[0]] for row in rows)
    assert all(row[3] in live[row[2]] | archived[row[2]] for row in rows)
    return {row for row in rows if row[1] in live[row[0]] and row[3] in live[row[2]]}


def _typed(value: str | None, kind: str) -> Any:
    if value is None or kind not in _READ:
        return value
    try:
        return _READ[kind](value)
    except (ValueError, ArithmeticError, LookupError):
        return None
