"""What a CRM has, as plain sets: for comparing an agreement with it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Property:
    """One property: HubSpot's word for its type, and its values if the CRM lists them (else none)."""

    type: str
    values: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Portal:
    """What is there. `properties`: by `contact` or `company`, then by internal name.

    `owners` are the people at work, `former_owners` those who left: addresses (lower case) by id; `teams`
    are names.
    """

    properties: dict[str, dict[str, Property]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    former_owners: dict[str, str] = field(default_factory=dict)
    teams: frozenset[str] = frozenset()

    def values(self, name: str) -> frozenset[str]:
        """The values that the CRM lists for a property of the contact; none if it lists none."""
        found = self.properties.get("contact", {}).get(name)
        return found.values if found else frozenset()
