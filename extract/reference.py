"""Small tables, read whole on every night: owners with their teams, pipelines, property definitions."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

import pyarrow as pa

from extract.client import Client
from extract.definitions import Shape, properties_table
from extract.values import INSTANT, instants

OWNERS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("email", pa.string()),
        pa.field("first_name", pa.string()),
        pa.field("last_name", pa.string()),
        pa.field("user_id", pa.string()),
        pa.field("archived", pa.bool_()),
        pa.field("created_at", INSTANT),
        pa.field("updated_at", INSTANT),
    ]
)
OWNER_TEAMS = pa.schema(
    [
        pa.field("owner_id", pa.string(), nullable=False),
        pa.field("team_id", pa.string(), nullable=False),
        pa.field("team_name", pa.string()),
        pa.field("is_primary", pa.bool_()),
    ]
)
PIPELINE_STAGES = pa.schema(
    [
        pa.field("object_type", pa.string(), nullable=False),
        pa.field("pipeline_id", pa.string(), nullable=False),
        pa.field("pipeline_label", pa.string()),
        pa.field("stage_id", pa.string(), nullable=False),
        pa.field("stage_label", pa.string()),
        pa.field("display_order", pa.int64()),
        pa.field("is_closed", pa.bool_()),
        pa.field("is_won", pa.bool_()),
        pa.field("probability", pa.decimal128(38, 10)),
    ]
)


def read_reference(client: Client, shapes: list[Shape]) -> dict[str, pa.Table]:
    """The reference tables, sorted by key."""
    people = sorted(read_owners(client), key=lambda person: str(person["id"]))
    return {
        "owners": _owner_table(people),
        "owner_teams": pa.Table.from_pylist(_teams(people), schema=OWNER_TEAMS),
        "pipeline_stages": pa.Table.from_pylist(_stages(client, shapes), schema=PIPELINE_STAGES),
        "properties": properties_table(shapes),
    }


def read_owners(client: Client) -> Iterator[dict[str, Any]]:
    """Everybody, the deactivated ones last."""
    for archived in ("false", "true"):
        parameters: dict[str, str | int] = {"limit": 100, "archived": archived}
        after: str | None = ""
        while after is not None:
            answer = client.get("/crm/v3/owners", parameters | ({"after": after} if after else {}))
            yield from answer["results"]
            after = ((answer.get("paging") or {}).get("next") or {}).get("after")


def _owner_table(people: list[dict[str, Any]]) -> pa.Table:
    users = [person.get("userId") or person.get("userIdIncludingInactive") for person in people]
    columns = [
        [str(person["id"]) for person in people],
        [person.get("email") for person in people],
        [person.get("firstName") for person in people],
        [person.get("lastName") for person in people],
        [None if user is None else str(user) for user in users],
        [bool(person.get("archived")) for person in people],
        instants([person.get("createdAt") for person in people]),
        instants([person.get("updatedAt") for person in people]),
    ]
    return pa.Table.from_pydict(dict(zip(OWNERS.names, columns, strict=True)), schema=OWNERS)


def _teams(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = [
        {
            "owner_id": str(person["id"]),
            "team_id": str(team["id"]),
            "team_name": team.get("name"),
            "is_primary": bool(team.get("primary")),
        }
        for person in people
        for team in person.get("teams") or ()
    ]
    return sorted(rows, key=lambda row: (str(row["owner_id"]), str(row["team_id"])))


def _stages(client: Client, shapes: list[Shape]) -> list[dict[str, Any]]:
    rows = [
        _stage(shape.object.name, pipeline, stage)
        for shape in shapes
        if shape.object.pipelines
        for pipeline in client.get(f"/crm/v3/pipelines/{shape.object.path}")["results"]
        for stage in pipeline["stages"]
    ]
    return sorted(rows, key=lambda row: (row["object_type"], row["pipeline_id"], row["stage_id"]))


def _stage(name: str, pipeline: dict[str, Any], stage: dict[str, Any]) -> dict[str, Any]:
    told = stage.get("metadata") or {}
    probability = _decimal(told.get("probability"))
    closed = str(told.get("isClosed", "")).lower() == "true"
    return {
        "object_type": name,
        "pipeline_id": str(pipeline["id"]),
        "pipeline_label": pipeline.get("label"),
        "stage_id": str(stage["id"]),
        "stage_label": stage.get("label"),
        "display_order": stage.get("displayOrder"),
        "is_closed": closed,
        "is_won": closed and probability == 1,
        "probability": probability,
    }


def _decimal(text: str | None) -> Decimal | None:
    try:
        return None if text in (None, "") else round(Decimal(str(text)), 10)
    except InvalidOperation:
        return None
