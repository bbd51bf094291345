"""The CRM's declaration: which objects are copied, and how the CRM names what belongs to them."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from agreement import Agreement


class Part(BaseModel):
    """Any part of a declaration: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Primary(Part):
    """How the CRM marks the primary association: by name in lists, by number in v4."""

    name: str
    number: int


class Association(Part):
    """One direction that is kept. `primary` None: the CRM knows no primary one here."""

    to: str
    primary: Primary | None = None


class Object(Part):
    """One kind of record. `name` is the raw table, `path` its type in the CRM's addresses."""

    name: str
    path: str
    modified: str
    history: tuple[str, ...] = ()
    associations: tuple[Association, ...] = ()
    pipelines: bool = False


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
    merged_ids: str
    limits: Limits

    def following(self, agreement: Agreement) -> "Declaration":
        """The same, with the history of what `judge: entry` rules look at."""
        judged = _judged_at_entry(agreement)
        objects = tuple(
            one.model_copy(
                update={"history": tuple(dict.fromkeys((*one.history, *judged.get(one.name, ()))))}
            )
            for one in self.objects
        )
        return self.model_copy(update={"objects": objects})


@cache
def load(crm: str) -> Declaration:
    """Read the declaration of `crm` that lies beside this module."""
    content = yaml.safe_load((Path(__file__).parent / f"{crm}.yml").read_text(encoding="utf-8"))
    content["objects"] = tuple(
        {"name": name, "path": name} | entry for name, entry in content["objects"].items()
    )
    return Declaration.model_validate(content)


def _judged_at_entry(agreement: Agreement) -> dict[str, list[str]]:
    """Properties by raw table that rules judge as they were when a lead entered its stage."""
    tables = {"contact": "contacts", "company": "companies"}
    found: dict[str, list[str]] = {}
    for version in agreement.versions:
        for rules in version.definitions.values():
            for rule in rules:
                if rule.judge == "entry":
                    for name in sorted(rule.must.columns & agreement.columns.keys()):
                        column = agreement.columns[name]
                        found.setdefault(tables[column.of], []).append(column.property)
    return found
