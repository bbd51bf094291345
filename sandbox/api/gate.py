"""What every request passes before a route sees it: count, latency, token, scope, faults, limits."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.api.answers import Refused, too_many
from sandbox.api.state import Portal, object_type_of
from sandbox.api.wreck import Reset, wreck
from sandbox.faults import Fault

_SCOPES = dict.fromkeys(("calls", "emails", "meetings", "communications", "tasks", "notes"), "contacts") | {
    "trainings": "custom"
}
_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>cloudflare</body></html>"


class Gate:
    """ASGI middleware over one portal."""

    def __init__(self, app: ASGIApp, portal: Portal) -> None:
        self.app, self.portal = app, portal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it here."""
        if scope["type"] != "http" or scope["path"].startswith("/sandbox/"):
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        portal = self.portal
        portal.requests[_route(request)] += 1
        await portal.delay()
        is_search = scope["path"].endswith("/search")
        trouble = portal.faults.strike(scope["path"])
        try:
            _check_token(portal, request, expired=_is(trouble, "expire"))
            if policy := portal.limiter.refusal(is_search=is_search):
                raise too_many(policy, is_search=is_search)
            if trouble is not None and trouble.kind in _FAILURES:
                raise _FAILURES[trouble.kind]()
        except Refused as refused:
            await refused.response(_headers(portal, is_search=is_search))(scope, receive, send)
            return
        if _is(trouble, "502"):
            await Response(_PAGE, 502, media_type="text/html")(scope, receive, send)
            return
        await self._pass(scope, receive, _with_headers(send, _headers(portal, is_search=is_search)), trouble)

    async def _pass(self, scope: Scope, receive: Receive, send: Send, trouble: Fault | None) -> None:
        if trouble is not None:
            send = wreck(send, scope, trouble)
        try:
            await self.app(scope, receive, send)
        except Reset:
            return


def _headers(portal: Portal, *, is_search: bool) -> dict[str, str]:
    return {} if is_search else portal.limiter.headers()


def _with_headers(send: Send, headers: dict[str, str]) -> Send:
    extra = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *extra]
        await send(message)

    return sending


def _route(request: Request) -> str:
    parts = [":id" if part.isdigit() else part for part in request.url.path.split("/")]
    return f"{request.method} {'/'.join(parts)}"


def _check_token(portal: Portal, request: Request, *, expired: bool) -> None:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise Refused(
            401,
            "Authentication credentials not found. This API supports OAuth 2.0 authentication.",
            "INVALID_AUTHENTICATION",
        )
    if expired or token not in portal.tokens:
        raise Refused(401, "The access token is expired or invalid.", "INVALID_AUTHENTICATION")
    needed = _needed_scope(request.url.path)
    if needed in portal.tokens[token]:
        raise Refused(
            403,
            "This app hasn't been granted all required scopes to make this call.",
            "MISSING_SCOPES",
            errors=[
                {
                    "message": "One or more of the following scopes are required.",
                    "context": {"requiredGranularScopes": [needed]},
                }
            ],
        )


def _needed_scope(path: str) -> str:
    parts = path.split("/")
    if parts[1] in _FAMILIES or len(parts) < 4:
        return _FAMILIES.get(parts[1], "")
    family = "schemas" if parts[3] == "properties" else "objects"
    name = parts[3] if parts[3] in {"owners", "limits"} else parts[4] if len(parts) > 4 else parts[3]
    name = object_type_of(name)
    return f"crm.{family}.{_SCOPES.get(name, name)}.read"


_FAMILIES = {
    "oauth": "",
    "account-info": "account-info.security.read",
    "marketing": "content",
    "cms": "content",
    "analytics": "business-intelligence",
    "crm-object-schemas": "crm.schemas.custom.read",
}
_FAILURES: dict[str, Callable[[], Refused]] = {
    "429": lambda: too_many("TEN_SECONDLY_ROLLING", is_search=False),
    "daily": lambda: too_many("DAILY", is_search=False),
    "500": lambda: Refused(500, "internal error", "INTERNAL_ERROR"),
    "503": lambda: Refused(503, "The service is temporarily unavailable.", "SERVICE_UNAVAILABLE"),
}


def _is(trouble: Fault | None, kind: str) -> bool:
    return trouble is not None and trouble.kind == kind
