"""Values as a lead had them when it first reached its stage, from the CRM's history (ruling 22)."""

from collections.abc import Mapping, Sequence

from agreement.model import Agreement, ColumnType, Rule
from expectations.properties import contact_property
from expectations.sql import name, text

UNCHANGING = frozenset({"lead_id", "crm", "created_at", "as_of"})
TELLABLE = frozenset({"lead_status", "owner_id", "country", "email", "phone", "referred_by"})
"""Fixed columns that are one property's value and nothing else."""


def untold(agreement: Agreement, rule: Rule) -> tuple[str, ...]:
    """The columns of `rule` whose value at entry no history tells: a company's, or several in one."""
    return tuple(sorted(c for c in rule.must.columns if not _tellable(agreement, c)))


def _tellable(agreement: Agreement, column: str) -> bool:
    declared = agreement.columns.get(column)
    if declared is not None:
        return declared.of == "contact"
    return column in UNCHANGING or column in TELLABLE or column.startswith("became_")


def at_entry(agreement: Agreement, rules: Sequence[Rule], judged: str, reached_at: str) -> str:
    """`judged`, a select from `marts.leads as leads`, with `rules`' columns as they were at `reached_at`.

    A lead whose history does not have the property at all keeps its present value: nobody ever changed it.
    `as_of` is the entry: the rule asks what was right on that day.
    """
    used = {column for rule in rules for column in rule.must.columns}
    changing = sorted(c for c in used if _has_history(agreement, c))
    properties = {c: str(contact_property(agreement, c)) for c in changing}
    columns = "".join(
        f", case when known.{name(c)} = 1 then {_typed(agreement, c)} else judged.{name(c)} end as {name(c)}"
        for c in changing
    )
    replaced = ", ".join(name(c) for c in [*changing, "as_of", "reached_at"])
    with_reached = judged.replace(" from marts.leads", f", {reached_at} as reached_at from marts.leads", 1)
    return (
        f"with judged as ({with_reached}), {_history(properties)} "
        f"select judged.* exclude ({replaced}), judged.reached_at as as_of{columns} from judged "
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


def _typed(agreement: Agreement, column: str) -> str:
    """History's text as the column's type; what does not fit is null, as in `leads`."""
    declared = agreement.columns.get(column)
    kind: ColumnType = declared.type if declared else "string"
    value = f"nullif(then_valid.{name(column)}, '')"
    if column == "owner_id":
        return f"case when {value} not in (select owner_id from checks.nobody) then {value} end"
    epoch = f"regexp_matches({value}, '^-?[0-9]{{10,}}$')"
    casts: dict[ColumnType, str] = {
        "string": value,
        "integer": f"cast(try_cast({value} as decimal(38, 10)) as bigint)",
        "number": f"try_cast({value} as decimal(38, 10))",
        "boolean": f"try_cast({value} as boolean)",
        "datetime": (
            f"case when {epoch} then make_timestamp(try_cast({value} as bigint) * 1000)"
            f" else try_cast({value} as timestamp) end"
        ),
        "date": (
            f"case when {epoch} then cast(make_timestamp(try_cast({value} as bigint) * 1000) as date)"
            f" else try_cast({value} as date) end"
        ),
    }
    return casts[kind]
