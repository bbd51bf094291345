"""Serves the sandbox's API on a real port, on the loopback interface only."""

import gc
import socket
import threading
import time
from asyncio import Transport
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox.api.routes import application
from sandbox.api.state import TOKEN, Portal
from sandbox.company import Company
from sandbox.edits.census import Census
from sandbox.edits.desk import Desk
from sandbox.faults import Faults
from sandbox.instants import DEFAULT_NOW, Instant, as_instant
from sandbox.limits import UNLIMITED, Limiter, Quota

HOST = "127.0.0.1"
_PATIENCE_SECONDS = 20.0
_WAITING = 128


class _Protocol(H11Protocol):
    """HTTP/1.1 that lets a fault get at the connection below it."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = self.app_state | {"transport": transport}


@dataclass(frozen=True)
class SandboxServer:
    """A running sandbox: where it is, the token that opens it, and its strings."""

    base_url: str
    token: str
    portal: Portal

    @property
    def faults(self) -> Faults:
        """What goes wrong: `add` and `clear`."""
        return self.portal.faults

    @property
    def desk(self) -> Desk:
        """Where records are edited, at the clock's instant unless another is given."""
        return self.portal.desk

    def truth_of_records(self) -> Census:
        """Exactly what the CRM holds now, edits included: what a copy of it must equal."""
        return self.portal.truth_of_records()

    def set_now(self, now: Instant) -> None:
        """Move the company's clock."""
        self.portal.now = as_instant(now)

    def requests(self) -> dict[str, int]:
        """How many requests came, by method and route."""
        return dict(self.portal.requests)


@contextmanager
def running(
    company: Company,
    *,
    now: Instant = DEFAULT_NOW,
    limits: Quota = UNLIMITED,
    latency: float = 0.0,
    port: int = 0,
) -> Iterator[SandboxServer]:
    """A sandbox over `company` in a thread of this process, until the block ends. Port 0: any free one.

    Raises:
        OSError: the port is taken.
    """
    portal = Portal(company, now=as_instant(now), limiter=Limiter(limits), latency=latency)
    listening = _listen(port)
    server = uvicorn.Server(_config(portal))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        _wait_until(lambda: server.started)
        yield SandboxServer(f"http://{HOST}:{listening.getsockname()[1]}", TOKEN, portal)
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(_PATIENCE_SECONDS)
        listening.close()


def serve(  # noqa: PLR0913
    contacts: int,
    seed: int,
    port: int,
    *,
    announce: Callable[[str], None],
    limits: Quota | None = None,
    latency: float = 0.0,
) -> None:
    """Serve a company until interrupted; `announce` is told where, with which token.

    `limits` None: HubSpot's.

    Raises:
        OSError: the port is taken.
    """
    listening = _listen(port)
    portal = Portal(Company(contacts, seed), limiter=Limiter(limits or Quota()), latency=latency)
    gc.freeze()  # a look at millions of objects, none of them garbage, would hold up every answer for seconds
    announce(
        f"Paradox Marketing's CRM answers at http://{HOST}:{listening.getsockname()[1]} (token {TOKEN})."
    )
    try:
        uvicorn.Server(_config(portal)).run(sockets=[listening])
    finally:
        listening.close()


def _config(portal: Portal) -> uvicorn.Config:
    return uvicorn.Config(
        application(portal), http=_Protocol, log_level="critical", access_log=False, lifespan="off", ws="none"
    )


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen(_WAITING)  # from now on nobody who was told the address is refused
    except OSError:
        listening.close()
        raise
    return listening


def _wait_until(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError("The sandbox did not come up in time.")
        time.sleep(0.01)
