"""The sync proof: the CRM's own count of each object against the warehouse's, for every run.

`detail` says in sentences what differs, with the first ids; `missing_ids` and `surplus_ids` have all of them,
apart by blanks. What is optional and could not be read has a line, too, with the verdict `absent`.
"""

from dataclasses import astuple, dataclass

from extract.declaration import Object
from extract.mending import Remainder
from extract.stored import live_rows, quoted
from project import Run
from warehouse import Warehouse
from warehouse.audit import audit_table

FORGET = f"""
update audit.sync_proof set surplus_ids = null, detail = null
where object = ? and surplus_ids is not null
    and object in (select object_type from {quoted("purged_records")})
"""
"""Earlier runs named ids that were purged since: they are not kept here either."""
NAMED = 20
CONFIRM = "smarketing sync --confirm-purge"


@dataclass(frozen=True)
class Line:
    """A row of `audit.sync_proof`."""

    run_id: str
    object: str
    crm_rows: int | None
    warehouse_rows: int | None
    missing: int
    surplus: int
    verdict: str
    missing_ids: str | None = None
    surplus_ids: str | None = None
    detail: str | None = None


def prove(  # noqa: PLR0913, PLR0917 -- what a line says
    warehouse: Warehouse, run: Run, one: Object, theirs: int, left: Remainder, tolerance: int
) -> Line:
    """The CRM's own count of `one` beside ours, and the ids that still differ after a second look.

    So many as `tolerance` may differ; doubtful ones never.
    """
    differ = len(left.missing) + len(left.surplus)
    return Line(
        run.run_id,
        one.name,
        theirs,
        live_rows(warehouse, one),
        len(left.missing),
        len(left.surplus),
        "failed" if left.doubted or differ > tolerance else "passed",
        " ".join(left.missing) or None,
        " ".join(left.surplus) or None,
        _told(one, left),
    )


def absent(run: Run, name: str, why: str) -> Line:
    """The line of what could not be read."""
    return Line(run.run_id, name, None, None, 0, 0, "absent", detail=why)


def write(warehouse: Warehouse, run: Run, lines: list[Line]) -> None:
    """Put the run's lines into `audit.sync_proof`, instead of any that it has already."""
    table = audit_table("sync_proof")
    with warehouse.connect() as connection:
        table.create(connection)
        for line in lines:
            connection.execute(FORGET, [line.object])
        table.put(connection, run.run_id, [astuple(line) for line in lines])


def named(ids: tuple[str, ...]) -> str:
    """Some of the ids, and how many more there are."""
    more = f" and {len(ids) - NAMED:,} more" if len(ids) > NAMED else ""
    return ", ".join(ids[:NAMED]) + more


def _told(one: Object, left: Remainder) -> str | None:
    sentences = []
    if left.missing:
        sentences.append(f"{one.name}: not in the warehouse, though in the CRM: {named(left.missing)}.")
    if left.surplus:
        sentences.append(f"{one.name}: in the warehouse, and in no way in the CRM: {named(left.surplus)}.")
    if left.doubted:
        sentences.append(
            f"So many at once were not taken for deleted, since a token that lost a scope looks the same; if "
            f"they were, `{CONFIRM}` removes them for good."
        )
    return " ".join(sentences) or None
