"""The rows behind the page's filters: aggregated, and packed into the page as JSON.

A figure under any filters is the sum over the rows that fit, as it is in `marts.sla_parts`, `funnel_daily`
and `rep_weeks`.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from markupsafe import Markup

from publish.report import packing
from publish.report.formats import words
from publish.report.promises import COUNTS, MONEY, Promises
from publish.report.source import Row, Source

NEEDED = ("marts.sla_compliance", "marts.sla_parts", "marts.funnel_daily", "marts.rep_weeks", "marts.leads")
MONTHS = 13
MOST_ROWS = 60_000  # about two megabytes of the page; beyond that the earliest periods are left out
REPS = ["handoffs", "met", "breached", "accepted", "overdue_now", "pipeline", "won"]


def rows(source: Source, promises: Promises) -> dict[str, Any] | None:
    """Everything the filters need; None if a table behind them was not published."""
    if not source.has(*NEEDED):
        return None
    read = _read(source)
    lists = _lists(source, read)
    owners = {row["owner_id"]: row["owner_name"] for row in source.rows("named_owners")}
    ends = {(row["commitment"], row["period_start"]): row["period_end"] for row in read["targets"]}
    stages, visits = ["month", "segment", "source", "stage"], ["visitors", "entered", "reached"]
    return {
        **lists,
        "named": {
            **{name: [words(one) for one in lists[name]] for name in ("segments", "sources", "stages")},
            "owners": [owners.get(owner) or owner for owner in lists["owners"]],
            "months": [f"{month:%b %Y}" for month in lists["months"]],
        },
        "promised": _promised(read["targets"], promises, lists["commitments"]),
        "currency": promises.agreement.currency,
        "parts": list(packing.parts(read["parts"], lists, ends)),
        "targets": list(packing.targets(read["targets"], lists)),
        "funnel": packing.columns(read["funnel"], lists, stages, visits),
        "reps": packing.columns(read["reps"], lists, ["month", "owner_id"], REPS),
    }


def as_json(found: dict[str, Any]) -> Markup:
    """For a data block: nothing in it can end the block or begin another."""
    text = json.dumps(found, separators=(",", ":"), ensure_ascii=False, default=str)
    safe = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(safe)  # noqa: S704 -- escaped in the line above, in JSON's own way


def _read(source: Source) -> dict[str, list[Row]]:
    """The rows of thirteen months, or of as many as fit."""
    since = _months_before(source.parameters["local_now"].date(), MONTHS - 1)
    names = ("parts", "targets", "funnel", "reps")
    read = {name: source.rows(f"explore_{name}", since=since) for name in names}
    if len(read["parts"]) > MOST_ROWS:
        too_early: date = read["parts"][MOST_ROWS]["period_start"]
        for name in ("parts", "targets"):
            read[name] = [row for row in read[name] if row["period_start"] > too_early]
    return read


def _lists(source: Source, read: dict[str, list[Row]]) -> packing.Lists:
    parts, targets, funnel, reps = read.values()
    return {
        "months": sorted(_known((*funnel, *reps), "month"), reverse=True),
        "segments": sorted(_known((*parts, *funnel), "segment")),
        "sources": sorted(_known((*parts, *funnel), "source")),
        "owners": sorted(_known((*parts, *reps), "owner_id")),
        "stages": list(source.parameters["stages"]),
        "commitments": list(dict.fromkeys(row["commitment"] for row in targets)),
        "periods": sorted({(row["period_start"], row["period_end"]) for row in targets}, reverse=True),
    }


def _promised(targets: list[Row], promises: Promises, commitments: list[str]) -> list[dict[str, str]]:
    """What each commitment is called, whose it is, and in which unit, by its newest period."""
    newest = {row["commitment"]: row for row in reversed(targets)}
    return [_one_promise(newest[name], promises) for name in commitments]


def _one_promise(row: Row, promises: Promises) -> dict[str, str]:
    signed = promises.commitment(row["agreement_version"], row["commitment"])
    measure = signed.measure if signed else None
    kind = "money" if measure in MONEY else "count" if measure in COUNTS else "share"
    return {"name": words(row["commitment"]), "kind": kind, "department": words(row["department"])}


def _known(found: Iterable[Row], column: str) -> set[Any]:
    return {row[column] for row in found if row.get(column) is not None}


def _months_before(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
