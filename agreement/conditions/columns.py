"""The columns that conditions may use: those of `marts.leads`, the agreement's own, and `as_of`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FIXED: dict[str, str] = {
    "lead_id": "string",
    "crm": "string",
    "stage": "string",
    "stage_since": "datetime",
    "lead_status": "string",
    "owner_id": "string",
    "owner_name": "string",
    "owner_team": "string",
    "segment": "string",
    "lead_type": "string",
    "source": "string",
    "country": "string",
    "company_name": "string",
    "email": "string",
    "phone": "string",
    "referred_by": "string",
    "created_at": "datetime",
    "is_archived": "boolean",
    "excluded_because": "string",
    "quarantined_by": "string",
    "merged_ids": "string",
}
AS_OF = "as_of"


@dataclass(frozen=True)
class Columns:
    """Names and types (`any`: not known); `values`: the only ones of some; `not_yet`: decided later."""

    types: Mapping[str, str]
    values: Mapping[str, frozenset[str]]
    not_yet: frozenset[str] = frozenset()

    def without(self, *names: str) -> "Columns":
        """The same, where these columns cannot be used because the condition comes before them."""
        return Columns(self.types, self.values, self.not_yet | frozenset(names))


def columns_of(stages: Iterable[str], own: Mapping[str, str], values: Mapping[str, Iterable[str]]) -> Columns:
    """All columns of an agreement with these stages and columns of its own."""
    became: dict[str, str] = {f"became_{stage}_at": "datetime" for stage in stages}
    types: dict[str, str] = {**own, **FIXED, **became, AS_OF: "datetime"}
    return Columns(types, {name: frozenset(known) for name, known in values.items()})
