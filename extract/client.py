"""HubSpot over HTTP: one authenticated host, paced, patient with faults, clear about refusals."""

import logging
import threading
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

import httpx
import orjson
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from errors import UsageProblem
from extract.faults import FIRST_ATTEMPTS, LATER_ATTEMPTS, PassingError, pause, refusal, unreachable
from extract.limits import Pacer
from extract.shaped import shaped
from extract.turns import NOW
from settings import HubSpot

CONNECTIONS = 16
Json = dict[str, Any]
Parameters = dict[str, str | int]
_JSON = {"Content-Type": "application/json"}
_again = retry_if_exception_type(PassingError)


class Client:
    """Asks the CRM. Safe to share between threads. `requests` counts everything sent, retries included.

    The token goes to `base_url` alone: redirects are never followed.
    """

    def __init__(self, settings: HubSpot, searches_per_second: float) -> None:
        if settings.access_token is None or not settings.access_token.get_secret_value().strip():
            raise UsageProblem(
                "There is no HubSpot access token. Create a private app in HubSpot and put its token into "
                "SOURCES__HUBSPOT__ACCESS_TOKEN (the environment or .env of the project folder)."
            )
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self.requests = 0
        self._answered = False
        self._counting = threading.Lock()
        self._pacer = Pacer(settings.quota_share, searches_per_second)
        self._http = httpx.Client(
            base_url=settings.base_url,
            headers={"Authorization": f"Bearer {settings.access_token.get_secret_value().strip()}"},
            timeout=settings.timeout_seconds,
            follow_redirects=False,
            limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    @property
    def quota_of_day(self) -> tuple[int, int] | None:
        """The portal's requests of a day, and how many are left; None where the CRM does not say."""
        return self._pacer.day

    @property
    def is_limited(self) -> bool:
        """Whether the CRM has stated how many requests it allows."""
        return self._pacer.is_limited

    @property
    def has_room(self) -> bool:
        """Whether nobody waits for that limit now who should go before somebody at leisure."""
        return self._pacer.has_room

    def get(self, path: str, parameters: Parameters | None = None, *, urgency: float = NOW) -> Json:
        """Read `path`; more urgent requests go first.

        Raises:
            CrmUnreadable: the CRM refuses us, or stays unreachable.
        """
        return self._ask(self._request("GET", path, parameters), search=False, urgency=urgency)

    def post(
        self,
        path: str,
        body: Json,
        parameters: Parameters | None = None,
        *,
        search: bool = False,
        urgency: float = NOW,
    ) -> Json:
        """Send `body` to a reading endpoint that takes one; a search counts against a limit of its own.

        Raises:
            CrmUnreadable: the CRM refuses us, or stays unreachable.
        """
        request = self._request("POST", path, parameters, orjson.dumps(body))
        return self._ask(request, search=search, urgency=urgency)

    def _request(
        self, method: str, path: str, parameters: Parameters | None, body: bytes | None = None
    ) -> httpx.Request:
        """The query goes past httpx, which takes milliseconds to parse one that names every property."""
        request = self._http.build_request(method, path, content=body, headers=_JSON if body else None)
        if parameters:
            query = urlencode(parameters, safe=",")
            request.extensions["target"] = request.url.raw_path + b"?" + query.encode("ascii")
        return request

    def _ask(self, request: httpx.Request, *, search: bool, urgency: float) -> Json:
        attempts = LATER_ATTEMPTS if self._answered else FIRST_ATTEMPTS
        patiently = Retrying(stop=stop_after_attempt(attempts), wait=pause, retry=_again, reraise=True)
        try:
            return patiently(self._once, request, search=search, urgency=urgency)
        except PassingError as fault:
            raise unreachable(str(self._http.base_url), fault) from None

    def _once(self, request: httpx.Request, *, search: bool, urgency: float) -> Json:
        with self._pacer.turn(search=search, urgency=urgency):
            with self._counting:
                self.requests += 1
            try:
                answer = self._http.send(request)
            except httpx.HTTPError as error:
                raise PassingError(type(error).__name__) from None
            self._pacer.learn(answer.headers)
        if not answer.is_success:
            raise refusal(request.url.path, answer)
        try:
            content = orjson.loads(answer.content)
        except orjson.JSONDecodeError:
            raise PassingError("an answer cut short") from None
        self._answered = True
        return shaped(request.url.path, content)
