"""Values as a lead had them when it first reached its stage, from the CRM's history (ruling 22)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agreement.model import Agreement, Rule
from expectations.properties import contact_property
from expectations.sql import name, text
from warehouse import Warehouse

UNCHANGING = frozenset({"lead_id", "crm", "created_at", "as_of"})
TELLABLE = frozenset({"lead_status", "owner_id", "country", "email", "phone", "referred_by"})
"""Fixed columns that are one property's value and nothing else."""


@dataclass(frozen=True)
class Leads:
    """Some of `marts.leads as leads`: all its columns, and a condition on it."""

    columns: tuple[str, ...]
    where: str


def untold(agreement: Agreement, rule: Rule) -> tuple[str, ...]:
    """The columns of `rule` whose value at entry no history tells: a company's, or several in one."""
    return tuple(sorted(c for c in rule.must.columns if not _tellable(agreement, c)))


def _tellable(agreement: Agreement, column: str) -> bool:
    declared = agreement.columns.get(column)
    if declared is not None:
        return declared.of == "contact"
    return column in UNCHANGING or column in TELLABLE or column.startswith("became_")


def at_entry(
    agreement: Agreement, warehouse: Warehouse, rules: Sequence[Rule], leads: Leads, reached_at: str
) -> str:
    """A select of `leads`, with `rules`' columns as they were at `reached_at`.

    A lead whose history does not have the property at all keeps its present value: nobody ever changed it.
    `as_of` is the entry: the rule asks what was right on that day.
    """
    used = {column for rule in rules for column in rule.must.columns}
    properties = {c: str(contact_property(agreement, c)) for c in sorted(used) if _has_history(agreement, c)}
    then = {
        c: f"case when known.{name(c)} = 1 then {_typed(agreement, warehouse, c)} else judged.{name(c)} end"
        for c in properties
    }
    columns = "".join(f"{then.get(c, f'judged.{name(c)}')} as {name(c)}, " for c in leads.columns)
    return (
        f"with judged as (select leads.*, {reached_at} as reached_at from marts.leads as leads"
        f" where {leads.where}), {_history(properties)} "
        f"select {columns}judged.reached_at as as_of from judged "
        "left join then_valid on then_valid.lead_id = judged.lead_id "
        "left join known on known.lead_id = judged.lead_id"
    )


def _has_history(agreement: Agreement, column: str) -> bool:
    return _tellable(agreement, column) and column not in UNCHANGING and not column.startswith("became_")


def _history(properties: Mapping[str, str]) -> str:
    """CTEs: `known` says which properties have revisions, `then_valid` holds the newest by the entry."""
    wanted = ", ".join(text(p) for p in sorted(set(properties.values()))) or "''"
    has = "".join(
        f", max(case when property = {text(p)} then 1 end) as {name(c)}" for c, p in properties.items()
    )
    then = "".join(
        f", max(case when newest = 1 and property = {text(p)} then value end) as {name(c)}"
        for c, p in properties.items()
    )
    return (
        "history as (select coalesce(merged.winner_id, h.object_id) as lead_id, h.object_id, h.property,"
        " h.value, h.changed_at, h.ordinal from raw_hubspot.property_history as h"
        " left join checks.merged as merged"
        f" on merged.loser_id = h.object_id where h.object_type = 'contacts' and h.property in ({wanted})),"
        f" known as (select lead_id{has} from history group by lead_id),"
        " numbered as (select judged.lead_id, history.property, history.value, row_number() over ("
        "partition by judged.lead_id, history.property"
        " order by history.changed_at desc, history.ordinal desc, history.object_id) as newest"
        " from judged inner join history on history.lead_id = judged.lead_id"
        " and history.changed_at <= judged.reached_at),"
        f" then_valid as (select lead_id{then} from numbered group by lead_id)"
    )


def _typed(agreement: Agreement, warehouse: Warehouse, column: str) -> str:
    """History's text as the column's type; what does not fit is null, as in `leads`."""
    declared = agreement.columns.get(column)
    kind = declared.type if declared else "string"
    value = f"nullif(then_valid.{name(column)}, '')"
    if column == "owner_id":
        return f"case when {value} not in (select owner_id from checks.nobody) then {value} end"
    return warehouse.typed(value, kind)
