"""What became of what marketing handed over: answers, verdicts, and who was left waiting."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from publish.report.promises import Promises
from publish.report.source import Row, Source

if TYPE_CHECKING:
    from agreement.model import Version

VERDICTS = ("accepted", "rejected", "recycled", "pending")


@dataclass(frozen=True)
class Response:
    """One response commitment's answers. `promised` is in business minutes; `bins` are eighths of it."""

    commitment: str
    version: str
    promised: float
    bins: list[Row]
    summary: Row


def responses(source: Source, promises: Promises, version: "Version | None") -> list[Response]:
    """The response commitments in force that any handoff of the last ninety days fell under."""
    found = []
    for promised in version.commitments if version else ():
        minutes = promises.promised_minutes(promised) if promised.measure == "respond" else None
        if not version or not minutes:
            continue
        asked = {"commitment": promised.commitment, "version": version.version}
        summary = source.row("response_summary", **asked)
        if summary["handoffs"]:
            bins = source.rows("response_bins", promised=minutes, **asked)
            found.append(Response(promised.commitment, version.version, minutes, bins, summary))
    return found


def by_month(source: Source) -> list[Row]:
    """One row per month, oldest first, with a count for each verdict and in all."""
    months: dict[object, Row] = {}
    for row in source.rows("handoff_months"):
        month = months.setdefault(row["month"], {"month": row["month"], **dict.fromkeys(VERDICTS, 0)})
        month[row["verdict"]] = row["handoffs"]
    return [month | {"all": sum(month[v] for v in VERDICTS)} for month in months.values()]


def by_owner(source: Source, query: str) -> list[tuple[str, list[Row]]]:
    """A list's leads by owner, the owner with the most first; each row says how many that owner has."""
    owners: dict[object, list[Row]] = {}
    for row in source.rows(query):
        owners.setdefault(row["owner_id"], []).append(row)
    return [(rows[0]["owner_name"], rows) for rows in owners.values()]
