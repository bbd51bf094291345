"""Associations: from lists, which carry the first of them, and from v4 batches, which carry all."""

from typing import Any

import pyarrow as pa

from extract.client import Client
from extract.declaration import Association, Object

ASSOCIATIONS = pa.schema(
    [
        pa.field("from_type", pa.string(), nullable=False),
        pa.field("from_id", pa.string(), nullable=False),
        pa.field("to_type", pa.string(), nullable=False),
        pa.field("to_id", pa.string(), nullable=False),
        pa.field("is_primary", pa.bool_()),
    ]
)
Links = dict[tuple[str, str], bool]  # (from id, to id): whether it is the primary one


def listed(records: list[dict[str, Any]], one: Object) -> dict[str, list[Any]]:
    """Columns of `associations` for what a list brought along; the primary one shows twice there."""
    rows: dict[tuple[str, str, str], bool] = {}
    for association in one.along:
        mark = association.primary.name if association.primary else None
        for record in records:
            links = (record.get("associations") or {}).get(association.to)
            for link in links["results"] if links else ():
                key = (str(record["id"]), association.to, str(link["id"]))
                rows[key] = rows.get(key, False) or (mark is not None and link.get("type") == mark)
    return {
        "from_type": [one.name] * len(rows),
        "from_id": [key[0] for key in rows],
        "to_type": [key[1] for key in rows],
        "to_id": [key[2] for key in rows],
        "is_primary": list(rows.values()),
    }


def links_beyond_lists(client: Client, one: Object, more: dict[str, list[str]]) -> pa.Table:
    """All links of those records, by associated object, that have more of them than a list brought along."""
    parts = [ASSOCIATIONS.empty_table()]
    for association in one.associations:
        if ids := more.get(association.to):
            parts.append(link_table(one, association, read_links(client, one, association, ids)))
    return pa.concat_tables(parts)


def with_more_links(records: list[dict[str, Any]], one: Object) -> dict[str, list[str]]:
    """Ids of the records that have more links than came along, by associated object."""
    return {
        association.to: [
            str(record["id"])
            for record in records
            if ((record.get("associations") or {}).get(association.to) or {}).get("paging")
        ]
        for association in one.along
    }


def read_links(client: Client, one: Object, association: Association, ids: list[str]) -> Links:
    """All present links of these records, however many pages they take."""
    number = association.primary.number if association.primary else None
    found: Links = {}
    asked: list[dict[str, str]] = [{"id": one_id} for one_id in ids]
    while asked:
        address = f"/crm/v4/associations/{one.path}/{association.address}/batch/read"
        answer = client.post(address, {"inputs": asked})
        asked = []
        for result in answer["results"]:
            origin = str(result["from"]["id"])
            for link in result["to"]:
                primary = any(mark.get("typeId") == number for mark in link["associationTypes"])
                key = (origin, str(link["toObjectId"]))
                found[key] = found.get(key, False) or (number is not None and primary)
            after = ((result.get("paging") or {}).get("next") or {}).get("after")
            if after is not None:
                asked.append({"id": origin, "after": str(after)})
    return found


def link_table(one: Object, association: Association, links: Links) -> pa.Table:
    """Rows of `associations`."""
    rows = {
        "from_type": [one.name] * len(links),
        "from_id": [origin for origin, _ in links],
        "to_type": [association.to] * len(links),
        "to_id": [target for _, target in links],
        "is_primary": list(links.values()),
    }
    return pa.Table.from_pydict(rows, schema=ASSOCIATIONS)
