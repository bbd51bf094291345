"""The table of routes."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.api import (
    analytics,
    associations,
    controls,
    marketing,
    object_facts,
    objects,
    portal_facts,
    search,
)
from sandbox.api.answers import Refused
from sandbox.api.gate import Gate
from sandbox.api.state import Portal

Handler = Callable[[Request], Awaitable[Response]]
ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/crm/v3/objects/{type}", objects.listing),
    ("POST", "/crm/v3/objects/{type}/search", search.search),
    ("POST", "/crm/v3/objects/{type}/batch/read", objects.batch_read),
    ("GET", "/crm/v3/objects/{type}/{id}", objects.one),
    ("GET", "/crm/v3/properties/{type}", portal_facts.properties),
    ("GET", "/crm/v3/pipelines/{type}", portal_facts.pipelines),
    ("GET", "/crm/v3/owners", portal_facts.owners),
    ("GET", "/crm/v3/owners/", portal_facts.owners),
    ("GET", "/crm/v3/limits/records", object_facts.record_limits),
    ("GET", "/crm-object-schemas/v3/schemas", object_facts.schemas),
    ("POST", "/crm/v4/associations/{source}/{target}/batch/read", associations.batch_read),
    ("GET", "/marketing/v3/emails", marketing.emails),
    ("GET", "/marketing/v3/emails/", marketing.emails),
    ("GET", "/cms/v3/pages/{kind}", marketing.contents),
    ("GET", "/cms/v3/blogs/{kind}", marketing.contents),
    ("GET", "/analytics/v2/reports/{what}/{period}", analytics.report),
    ("GET", "/analytics/v2/reports/{what}/summarize/{period}", analytics.report),
    ("POST", "/oauth/v2/private-apps/get/access-token-info", portal_facts.token_info),
    ("GET", "/account-info/v3/details", portal_facts.account),
    ("GET", "/account-info/v3/api-usage/daily/private-apps", portal_facts.daily_usage),
    ("GET", "/sandbox/now", controls.now),
    ("POST", "/sandbox/now", controls.now),
    ("POST", "/sandbox/faults", controls.faults),
    ("DELETE", "/sandbox/faults", controls.faults),
    ("GET", "/sandbox/requests", controls.requests),
    ("DELETE", "/sandbox/requests", controls.requests),
    ("POST", "/sandbox/edits", controls.edits),
    ("POST", "/sandbox/limits", controls.limits),
)


def application(portal: Portal) -> Gate:
    """The ASGI application over one portal."""
    routes = [Route(path, handler, methods=[method]) for method, path, handler in ROUTES]
    app = Starlette(routes=routes, exception_handlers={Refused: _refused, 404: _not_found, 405: _not_allowed})
    app.state.portal = portal
    return Gate(app, portal)


async def _refused(_: Request, error: Exception) -> Response:
    if isinstance(error, Refused):
        return error.response()
    raise error


async def _not_found(request: Request, _: Exception) -> Response:
    return Refused(404, f"No route for {request.url.path}", "OBJECT_NOT_FOUND").response()


async def _not_allowed(request: Request, _: Exception) -> Response:
    return Refused(405, f"{request.method} is not allowed for {request.url.path}").response()
