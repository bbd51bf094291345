"""`/marketing/v3/emails` with statistics, and `/cms/v3`: what marketing sent and published."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sandbox.api.answers import Refused, json_answer
from sandbox.api.cursors import from_cursor, to_cursor
from sandbox.api.state import number_in, portal_of
from sandbox.audience.catalogue import CONTENTS, Content, published
from sandbox.audience.mail import Sent
from sandbox.instants import DAY, to_iso

_STAFF = "9100011"
_PATHS = {"landing-pages": "landing-pages", "site-pages": "site-pages", "posts": "blog-posts"}


async def emails(request: Request) -> Response:
    """`GET /marketing/v3/emails/`: statistics only with `includeStats=true`."""
    portal = portal_of(request)
    with_stats = request.query_params.get("includeStats", "false").lower() == "true"
    listed = [] if _wants_archived(request) else portal.mailings()
    return _page(request, [(sent.mailing.id, _email(sent, with_stats=with_stats)) for sent in listed])


async def contents(request: Request) -> Response:
    """`GET /cms/v3/pages/landing-pages`, `/cms/v3/pages/site-pages` and `/cms/v3/blogs/posts`."""
    kind = _PATHS.get(request.path_params["kind"])
    if kind is None:
        raise Refused(404, "resource not found", "OBJECT_NOT_FOUND")
    out = [] if _wants_archived(request) else CONTENTS[: published(portal_of(request).now)]
    return _page(request, [(each.id, _content(each)) for each in out if each.kind == kind])


def _wants_archived(request: Request) -> bool:
    return request.query_params.get("archived", "false").lower() == "true"


def _page(request: Request, listed: list[tuple[int, dict[str, Any]]]) -> Response:
    limit = number_in(request.query_params.get("limit", ""), "limit", 300, 100)
    start = from_cursor(request.query_params.get("after", ""))
    rest = [entry for entry in listed if entry[0] > start]
    answer: dict[str, Any] = {"total": len(listed), "results": [shown for _, shown in rest[:limit]]}
    if len(rest) > limit:
        after = to_cursor(rest[limit - 1][0])
        answer["paging"] = {
            "next": {"after": after, "link": str(request.url.include_query_params(after=after))}
        }
    return json_answer(answer)


def _email(sent: Sent, *, with_stats: bool) -> dict[str, Any]:
    mailing = sent.mailing
    shown: dict[str, Any] = {
        "id": str(mailing.id),
        "name": mailing.name,
        "subject": mailing.subject,
        "state": "PUBLISHED",
        "type": "BATCH_EMAIL",
        "subcategory": "batch",
        "isPublished": True,
        "isTransactional": False,
        "archived": False,
        "campaign": f"campaign-{mailing.id}",
        "campaignName": mailing.name.partition(" ")[0],
        "createdAt": to_iso(mailing.sent_at - 2 * DAY),
        "createdById": _STAFF,
        "updatedAt": to_iso(mailing.sent_at),
        "updatedById": _STAFF,
        "publishDate": to_iso(mailing.sent_at),
        "publishedAt": to_iso(mailing.sent_at),
        "publishedById": _STAFF,
        "language": "en-au",
        "content": {},
    }
    return shown | ({"stats": _stats(sent)} if with_stats else {})


def _stats(sent: Sent) -> dict[str, Any]:
    counters = {
        "selected": sent.selected,
        "sent": sent.selected,
        "delivered": sent.delivered,
        "bounce": sent.bounced,
        "hardbounced": 0,
        "softbounced": sent.bounced,
        "open": sent.opened,
        "click": sent.clicked,
        "unsubscribed": sent.unsubscribed,
        "contactslost": sent.unsubscribed,
        "spamreport": 0,
        "dropped": 0,
        "notsent": 0,
        "pending": 0,
        "suppressed": 0,
    }
    ratios = {
        "deliveredratio": _percent(sent.delivered, sent.selected),
        "bounceratio": _percent(sent.bounced, sent.selected),
        "openratio": _percent(sent.opened, sent.delivered),
        "clickratio": _percent(sent.clicked, sent.delivered),
        "clickthroughratio": _percent(sent.clicked, sent.opened),
        "unsubscribedratio": _percent(sent.unsubscribed, sent.delivered),
    }
    devices = {"open_device_type": {"unknown": sent.opened}, "click_device_type": {"unknown": sent.clicked}}
    return {"counters": counters, "ratios": ratios, "deviceBreakdown": devices, "qualifierStats": {}}


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 3) if whole else 0.0


def _content(content: Content) -> dict[str, Any]:
    at = to_iso(content.published_at)
    return {
        "id": str(content.id),
        "name": content.name,
        "htmlTitle": content.name,
        "slug": content.slug,
        "url": content.url,
        "state": "PUBLISHED",
        "currentState": "PUBLISHED",
        "currentlyPublished": True,
        "createdAt": at,
        "created": at,
        "updatedAt": at,
        "updated": at,
        "publishDate": at,
        "archivedAt": "1970-01-01T00:00:00Z",
    }
