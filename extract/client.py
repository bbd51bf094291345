"""HubSpot over HTTP: one authenticated host, paced, patient with faults, clear about refusals."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlencode

import orjson
from tenacity import Retrying, retry_if_exception_type

from errors import UsageProblem
from extract.clock import crm_time
from extract.faults import PassingError, patience, pause, refusal, unreachable
from extract.limits import Pacer
from extract.shaped import parsed
from extract.turns import NOW
from extract.wire import Request, Wire
from settings import HubSpot

Json = dict[str, Any]
Parameters = dict[str, str | int]
Understood = TypeVar("Understood")
_again = retry_if_exception_type(PassingError)


class Client:
    """Asks the CRM. Safe to share between threads. `requests` counts everything sent, retries included.

    `clocks`: what time it was, here and by the CRM, when its first answer came.

    The token goes to `base_url` alone: redirects are never followed.
    """

    def __init__(self, settings: HubSpot, searches_per_second: float) -> None:
        if settings.access_token is None or not settings.access_token.get_secret_value().strip():
            raise UsageProblem(
                "There is no HubSpot access token. Create a private app in HubSpot and put its token into "
                "SOURCES__HUBSPOT__ACCESS_TOKEN (the environment or .env of the project folder)."
            )
        self.requests = 0
        self.clocks: tuple[datetime, datetime | None] | None = None
        self._answered = False
        self._counting = threading.Lock()
        self._pacer = Pacer(settings.quota_share, searches_per_second)
        token = settings.access_token.get_secret_value().strip()
        self._wire = Wire(settings.base_url, token, settings.timeout_seconds)

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._wire.close()

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
        return self.read(path, parameters, parsed, urgency=urgency)

    def post(self, path: str, body: Json, *, search: bool = False) -> Json:
        """Send `body` to a reading endpoint that takes one; a search counts against a limit of its own.

        Raises:
            CrmUnreadable: the CRM refuses us, or stays unreachable.
        """
        return self.read(path, None, parsed, body=body, search=search)

    def read(  # noqa: PLR0913 -- whatever a request can differ in
        self,
        path: str,
        parameters: Parameters | None,
        understand: Callable[[str, bytes], Understood],
        *,
        body: Json | None = None,
        search: bool = False,
        urgency: float = NOW,
    ) -> Understood:
        """Either, with the answer as `understand` makes it of the path and the answer's bytes.

        Raises:
            CrmUnreadable: the CRM refuses us, or stays unreachable.
        """
        target = f"{path}?{urlencode(parameters, safe=',')}" if parameters else path
        if body is None:
            request = Request("GET", path, target)
        else:
            request = Request("POST", path, target, orjson.dumps(body))
        return self._ask(request, understand, search=search, urgency=urgency)

    def _ask(
        self,
        request: Request,
        understand: Callable[[str, bytes], Understood],
        *,
        search: bool,
        urgency: float,
    ) -> Understood:
        """Send it until an answer is understood, or there is no use in going on."""

        def once() -> Understood:
            with self._pacer.turn(search=search, urgency=urgency):
                with self._counting:
                    self.requests += 1
                answer = self._wire.send(request)
                self._pacer.learn(answer.headers)
                if self.clocks is None:
                    self.clocks = datetime.now(UTC).replace(tzinfo=None), crm_time(answer.headers)
            if not answer.is_success:
                raise refusal(request.path, answer)
            return understand(request.path, answer.content)

        stop = patience(answered=self._answered)
        try:
            found = Retrying(stop=stop, wait=pause, retry=_again, reraise=True)(once)
        except PassingError as fault:
            raise unreachable(self._wire.base_url, fault) from None
        self._answered = True
        return found
