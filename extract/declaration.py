"""The CRM's declaration: which objects are copied, and how the CRM names what belongs to them."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from agreement import Agreement
from extract.audience.declared import Audience


class Part(BaseModel):
    """Any part of a declaration: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Primary(Part):
    """How the CRM marks the primary association: by name in lists, by number in v4."""

    name: str
    number: int


class Association(Part):
    """One direction that is kept. `primary` None: the CRM knows no primary one here.

    `path`: the other type in the CRM's addresses, where it is not its name: a portal's own object. Lists name
    those in yet another way, so their links are read apart from the records.
    """

    to: str
    primary: Primary | None = None
    path: str | None = None

    @property
    def address(self) -> str:
        """The other type in the CRM's addresses."""
        return self.path or self.to


class Medium(Part):
    """Which medium an engagement is: by what a property says, `otherwise` any other; None: it is none."""

    by: str | None = None
    values: dict[str, str] = {}
    otherwise: str | None = None

    @property
    def by_value(self) -> dict[str, str]:
        """The medium by value, with "" for any other."""
        return self.values | ({"": self.otherwise} if self.otherwise else {})


class Object(Part):
    """One kind of record. `name` is the raw table, `path` its type in the CRM's addresses."""

    name: str
    path: str
    modified: str = "hs_lastmodifieddate"
    history: tuple[str, ...] = ()
    keeps: int = 20
    associations: tuple[Association, ...] = ()
    medium: Medium | None = None
    pipelines: bool = False
    optional: bool = False

    @property
    def along(self) -> tuple[Association, ...]:
        """The associations that lists bring along with the records."""
        return tuple(one for one in self.associations if one.path is None)

    def keeping(self, names: list[str]) -> "Object":
        """The same, with the history of these properties kept as well."""
        return self.model_copy(update={"history": tuple(dict.fromkeys((*self.history, *names)))})


class Origin(Part):
    """Where a column of leads comes from."""

    of: str
    property: str


class Limits(Part):
    """What the CRM allows, in records, requests, minutes and characters."""

    list_page: int
    history_page: int
    search_page: int
    association_batch: int
    searches_per_second: float
    index_lag_minutes: int
    longest_address: int
    days_archived: int


class Declaration(Part):
    """A whole CRM, in the order in which its objects are read."""

    objects: tuple[Object, ...]
    lead_columns: dict[str, Origin]
    merged_ids: str
    audience: Audience
    limits: Limits

    def following(self, agreement: Agreement) -> "Declaration":
        """The same, with the history of what `judge: entry` rules look at."""
        judged = _judged_at_entry(agreement, self.lead_columns)
        objects = tuple(one.keeping(judged.get(one.name, [])) for one in self.objects)
        return self.model_copy(update={"objects": objects})


@cache
def load(crm: str) -> Declaration:
    """Read the declaration of `crm` that lies beside this module."""
    content = yaml.safe_load((Path(__file__).parent / f"{crm}.yml").read_text(encoding="utf-8"))
    content["objects"] = tuple(
        {"name": name, "path": name} | entry for name, entry in content["objects"].items()
    )
    return Declaration.model_validate(content)


def _judged_at_entry(agreement: Agreement, columns: dict[str, Origin]) -> dict[str, list[str]]:
    """Properties by raw table that rules judge as they were when a lead entered its stage."""
    named = {
        column
        for version in agreement.versions
        for rules in version.definitions.values()
        for rule in rules
        if rule.judge == "entry"
        for column in rule.must.columns
    }
    origins = columns | {"source": Origin(of="contacts", property=agreement.sources.property)}
    tables = {"contact": "contacts", "company": "companies"}
    for name, column in agreement.columns.items():
        origins[name] = Origin(of=tables[column.of], property=column.property)
    found: dict[str, list[str]] = {}
    for name in sorted(named & origins.keys()):
        found.setdefault(origins[name].of, []).append(origins[name].property)
    return found
