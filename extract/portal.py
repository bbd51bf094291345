"""What the portal says of itself, for `agreement check --online`: properties, values, owners, teams."""

from typing import Any

from agreement.portal import Portal, Property
from extract import declaration
from extract.client import Client
from extract.reference import read_owners
from settings import Settings

ENTITIES = {"contact": "contacts", "company": "companies"}


def portal(settings: Settings, crm: str) -> Portal:
    """Ask the portal, in a handful of requests; nothing is written anywhere.

    Raises:
        UsageProblem: there is no access token.
        CrmUnreadable: the CRM refuses us or cannot be reached.
    """
    declared = declaration.load(crm)
    with Client(settings.sources.hubspot, declared.limits.searches_per_second) as client:
        properties = {
            entity: {entry["name"]: _property(entry) for entry in _definitions(client, path)}
            for entity, path in ENTITIES.items()
        }
        people = list(read_owners(client))
    return Portal(
        properties=properties,
        owners=_addresses(people, archived=False),
        former_owners=_addresses(people, archived=True),
        teams=frozenset(str(team["name"]) for person in people for team in person.get("teams") or ()),
    )


def _definitions(client: Client, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/crm/v3/properties/{path}")["results"]
    return found


def _property(entry: dict[str, Any]) -> Property:
    options = entry.get("options") or ()
    return Property(str(entry.get("type")), frozenset(str(option["value"]) for option in options))


def _addresses(people: list[dict[str, Any]], *, archived: bool) -> dict[str, str]:
    """By id; as the warehouse has them, a person without an address is known by the id alone."""
    return {
        str(one["id"]): str(one.get("email") or one["id"]).strip().lower()
        for one in people
        if bool(one.get("archived")) == archived
    }
