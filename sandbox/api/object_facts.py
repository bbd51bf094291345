"""What a portal says about its objects: how many records each has, and the schemas of its own ones."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.api.answers import json_answer
from sandbox.api.state import PORTAL_ID, portal_of
from sandbox.instants import STORY_START, to_iso
from sandbox.records.kinds import TYPE_IDS
from sandbox.records.schema import definition
from sandbox.records.trainings import NAME, TYPE_ID


async def record_limits(request: Request) -> Response:
    """`GET /crm/v3/limits/records`: how many records each object has."""
    portal = portal_of(request)
    usage = [
        {
            "objectTypeId": TYPE_IDS[name],
            "singularLabel": name.removesuffix("s").capitalize(),
            "pluralLabel": name.capitalize(),
            "usage": len(table.live(portal.now)),
        }
        for name, table in portal.crm.tables.items()
    ]
    ours = [entry | {"limit": 15_000_000, "percentage": 0} for entry in usage if not _is_custom(entry)]
    custom = [entry for entry in usage if _is_custom(entry)]
    overall = {
        "overallLimit": 500_000,
        "overallPercentage": 0,
        "overallUsage": sum(
            len(table.live(portal.now))
            for name, table in portal.crm.tables.items()
            if TYPE_IDS[name].startswith("2-")
        ),
    }
    return json_answer(
        {"hubspotDefinedObjectTypes": ours, "customObjectTypes": {"byObjectType": custom} | overall}
    )


def _is_custom(entry: dict[str, Any]) -> bool:
    return str(entry["objectTypeId"]).startswith("2-")


async def schemas(request: Request) -> Response:
    """`GET /crm-object-schemas/v3/schemas`: the portal's own objects, one here."""
    portal = portal_of(request)
    archived = request.query_params.get("archived", "false").lower() == "true"
    schema = {
        "id": TYPE_ID.removeprefix("2-"),
        "objectTypeId": TYPE_ID,
        "name": NAME,
        "fullyQualifiedName": f"p{PORTAL_ID}_{NAME}",
        "labels": {"singular": "Training", "plural": "Trainings"},
        "primaryDisplayProperty": "training_name",
        "secondaryDisplayProperties": [],
        "requiredProperties": ["training_name"],
        "searchableProperties": ["training_name"],
        "properties": [definition(field) for field in portal.fields("trainings").values()],
        "associations": [
            {
                "id": "47",
                "name": f"{NAME}_to_contact",
                "fromObjectTypeId": TYPE_ID,
                "toObjectTypeId": TYPE_IDS["contacts"],
            }
        ],
        "createdAt": to_iso(STORY_START),
        "updatedAt": to_iso(STORY_START),
        "archived": False,
    }
    return json_answer({"results": [] if archived else [schema]})
