"""Tonight's violations, one per lead and rule, with all that the ledger says of them."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from expectations.judged import Judgement

if TYPE_CHECKING:
    import duckdb

    from agreement.model import Agreement

JUDGEMENT = (
    "number integer, stage_rank integer, rule varchar, stage varchar, department varchar, severity varchar,"
    " agreement_version varchar, is_checked boolean"
)
# A lead that two definitions judge by one rule's name has one violation: of the later stage.
TONIGHT = """
select * from (
    select
        broken.*,
        judgement.rule, judgement.stage, judgement.department, judgement.severity,
        judgement.agreement_version,
        blame.changed_by,
        row_number() over (
            partition by broken.lead_id, judgement.rule
            order by judgement.stage_rank desc, broken.number desc, broken.observed
        ) as place
    from broken
    inner join judgement on judgement.number = broken.number
    left join blame on blame.number = broken.number and blame.lead_id = broken.lead_id
) as ranked
where place = 1
"""


def create_tonight(
    connection: "duckdb.DuckDBPyConnection",
    agreement: "Agreement",
    judged: Sequence[Judgement],
    unchecked: Collection[int],
) -> None:
    """The temporary tables `judgement`, a row for each of `judged`, and `tonight`, of `broken` and `blame`.

    `unchecked` are the numbers of judgements that could not be made.
    """
    connection.execute(f"create or replace temp table judgement ({JUDGEMENT})")
    rows = [
        (
            j.number,
            agreement.rank(j.stage),
            j.rule.rule,
            j.stage,
            j.rule.department,
            j.rule.severity,
            j.version,
            j.number not in unchecked,
        )
        for j in judged
    ]
    if rows:
        connection.executemany("insert into judgement values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute(f"create or replace temp table tonight as {TONIGHT}")
