"""`GET /analytics/v2/reports/{what}/{period}`: traffic by source, in all, and by page or post."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.api.answers import Refused, json_answer
from sandbox.api.state import number_in, portal_of
from sandbox.audience.catalogue import CONTENTS
from sandbox.audience.website import SOURCES, Figures, Traffic

MOST_POINTS, MOST_ROWS = 500, 350
_EPOCH = date(1970, 1, 1)
_KINDS = {page.id: page.kind for page in CONTENTS}
_URLS = {page.id: page.url for page in CONTENTS}
_CONTENT = {"landing-pages": "landing-pages", "standard-pages": "site-pages", "blog-posts": "blog-posts"}
Row = tuple[str, Figures]  # a breakdown and its figures


async def report(request: Request) -> Response:
    """By day, month or in total, of the portal's local days from `start` to `end`, both included."""
    portal, what = portal_of(request), request.path_params["what"]
    days = _days(request)
    known = portal.traffic()
    by_day = {day: _rows(known, what, (day - _EPOCH).days) for day in days}
    if "summarize" in request.url.path:
        by_day = {day: [("", _sum(figures for _, figures in rows))] for day, rows in by_day.items()}
    period = request.path_params["period"]
    if period == "total":
        return json_answer(_total(request, [row for rows in by_day.values() for row in rows]))
    grouped: dict[str, list[Row]] = {}
    for day, rows in by_day.items():
        grouped.setdefault(_period(day, period), []).extend(rows)
    if len(grouped) > MOST_POINTS:
        raise Refused(413, "Too many time points were asked for", "RESULT_POINT_LIMIT_EXCEEDED")
    return json_answer(
        {name: [_shown(*row) for row in _merged(rows)] for name, rows in grouped.items() if rows}
    )


def _days(request: Request) -> list[date]:
    try:
        start, end = (
            datetime.strptime(request.query_params[name], "%Y%m%d").replace(tzinfo=UTC).date()
            for name in ("start", "end")
        )
    except (KeyError, ValueError):
        raise Refused(400, "start and end must be days like 20261124") from None
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _rows(known: Traffic, what: str, day: int) -> list[Row]:
    sources, pages = known.by_source.get(day, {}), known.by_content.get(day, {})
    if what == "sources":
        return [(SOURCES[name][0], figures) for name, figures in sources.items()]
    if what == "totals":
        return [("", _sum(sources.values()))] if sources else []
    if what == "pages":
        return [(_URLS[id], figures) for id, figures in pages.items()]
    if what in _CONTENT:
        return [(str(id), figures) for id, figures in pages.items() if _KINDS[id] == _CONTENT[what]]
    raise Refused(404, f"There is no report about '{what}'", "OBJECT_NOT_FOUND")


def _period(day: date, period: str) -> str:
    if period == "daily":
        return day.isoformat()
    if period == "weekly":
        return (day - timedelta(days=day.weekday())).isoformat()
    if period == "monthly":
        return day.replace(day=1).isoformat()
    raise Refused(404, f"There is no time period '{period}'", "OBJECT_NOT_FOUND")


def _total(request: Request, rows: list[Row]) -> dict[str, Any]:
    limit = number_in(request.query_params.get("limit", ""), "limit", MOST_ROWS, MOST_ROWS)
    offset = request.query_params.get("offset", "0")
    if not offset.isdigit():
        raise Refused(400, "offset must be a number")
    merged = _merged(rows)
    page = merged[int(offset) : int(offset) + limit]
    return {
        "offset": int(offset) + len(page),
        "total": len(merged),
        "totals": _shown("", _sum(figures for _, figures in merged)),
        "breakdowns": [_shown(*row) for row in page],
    }


def _merged(rows: list[Row]) -> list[Row]:
    found: dict[str, list[Figures]] = {}
    for breakdown, figures in rows:
        found.setdefault(breakdown, []).append(figures)
    return [(breakdown, _sum(all_of_it)) for breakdown, all_of_it in found.items()]


def _sum(figures: Iterable[Figures]) -> Figures:
    listed = list(figures)
    return Figures(*(sum(column) for column in zip(*listed, strict=True))) if listed else Figures(0, 0, 0, 0)


def _shown(breakdown: str, figures: Figures) -> dict[str, Any]:
    shown: dict[str, Any] = {"breakdown": breakdown} if breakdown else {}
    return shown | {
        "visits": figures.visits,
        "visitors": figures.visitors,
        "rawViews": figures.views,
        "contacts": figures.contacts,
        "sessionToContactRate": figures.contacts / figures.visits if figures.visits else 0.0,
    }
