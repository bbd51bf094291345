"""One record as HubSpot's JSON: chosen properties, histories, associations."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.api.answers import Refused
from sandbox.api.state import Portal, object_type_of
from sandbox.instants import to_iso
from sandbox.records.links import type_ids
from sandbox.records.rows import Change, Row
from sandbox.records.schema import DEFAULTS, ENGAGEMENT_DEFAULTS

_ALWAYS = ("createdate", "hs_createdate", "lastmodifieddate", "hs_lastmodifieddate", "hs_object_id")
_PER_RECORD = 500


@dataclass(frozen=True)
class Wanted:
    """Which parts of a record a request asks for; unknown property names are ignored, as HubSpot does."""

    object_type: str
    properties: tuple[str, ...]
    history: tuple[str, ...] = ()
    associations: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        portal: Portal,
        object_type: str,
        properties: Iterable[str],
        history: Iterable[str] = (),
        associations: Iterable[str] = (),
    ) -> "Wanted":
        """Sort out what was asked for.

        Raises:
            Refused: 400, associations with something that is never associated.
        """
        known = portal.fields(object_type)
        history = tuple(name for name in dict.fromkeys(history) if name in known)
        asked = tuple(properties) or DEFAULTS.get(object_type, ENGAGEMENT_DEFAULTS)
        always = [name for name in _ALWAYS if name in known]
        names = tuple(name for name in dict.fromkeys((*asked, *history, *always)) if name in known)
        targets = tuple(object_type_of(target) for target in associations)
        for target in targets:
            if type_ids(object_type, target) is None:
                raise Refused(400, f"No association between {object_type} and {target}")
        return cls(object_type, names, history, targets)


def render(portal: Portal, row: Row, wanted: Wanted, now: int | None = None) -> dict[str, Any]:
    """The record as of the portal's now, or of another instant; the archive tells no associations."""
    now = portal.now if now is None else now
    values = row.properties(now)
    get = values.get
    shown: dict[str, Any] = {
        "id": str(row.id),
        "properties": {name: get(name) for name in wanted.properties},
        "createdAt": to_iso(row.created),
        "updatedAt": values[row.modified],
        "archived": False,
    }
    fate = row.fate(now)
    if fate is not None and fate.state == "archived":
        shown |= {"archived": True, "archivedAt": to_iso(fate.at)}
    if wanted.history:
        shown["propertiesWithHistory"] = {
            name: [_revision(change) for change in revisions]
            for name, revisions in row.histories(wanted.history, values, now).items()
        }
    if wanted.associations and not shown["archived"]:
        listed = {
            target: _associated(portal, row, wanted.object_type, target) for target in wanted.associations
        }
        shown["associations"] = {target: found for target, found in listed.items() if found["results"]}
        if not shown["associations"]:
            del shown["associations"]
    return shown


def _revision(change: Change) -> dict[str, Any]:
    revision: dict[str, Any] = {
        "value": change.value,
        "timestamp": to_iso(change.at),
        "sourceType": change.source_type,
    }
    if change.source_id is not None:
        revision["sourceId"] = change.source_id
    if change.user_id is not None:
        revision["updatedByUserId"] = change.user_id
    return revision


def _associated(portal: Portal, row: Row, source: str, target: str) -> dict[str, Any]:
    name = f"{_singular(source)}_to_{_singular(target)}"
    ids = type_ids(source, target)
    primary, plain = _PRIMARY.get(name, (name, f"{name}_unlabeled")) if ids and ids[1] else ("", name)
    results: list[dict[str, str]] = []
    for link in portal.crm.graph.of(source, row, target, portal.now):
        if link.is_primary and primary:
            results.append({"id": str(link.to_id), "type": primary})
        results.append({"id": str(link.to_id), "type": plain})
    if len(results) <= _PER_RECORD:
        return {"results": results}
    return {
        "results": results[:_PER_RECORD],
        "paging": {"next": {"after": str(_PER_RECORD), "link": "?after"}},
    }


_PRIMARY = {"lead_to_contact": ("lead_to_primary_contact", "lead_to_contact")}
"""Names of the primary and the plain type, where they are not made as they mostly are."""


def _singular(object_type: str) -> str:
    return "company" if object_type == "companies" else object_type[:-1]
