"""The way to the CRM: one host, kept connections, checked TLS, the proxy asked for, and no way elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx
import urllib3

from extract.faults import Answer, PassingError
from extract.target import TARGET, send_as_is

CONNECTIONS = 16
_ACCEPTED = {"Accept": "application/json", "Accept-Encoding": "gzip"}


@dataclass(frozen=True)
class Request:
    """What is sent: `target` is the path with its query."""

    method: str
    path: str
    target: str
    body: bytes | None = None


class Wire:
    """Sends requests to `base_url` with the token. Safe to share between threads."""

    def __init__(self, base_url: str, token: str, timeout_seconds: float) -> None:
        self.base_url = base_url
        self._headers = {"Authorization": f"Bearer {token}", **_ACCEPTED}
        self._prefix = urlsplit(base_url).path.rstrip("/")
        self._manager = _manager(base_url, timeout_seconds)
        self._pool = self._manager.connection_from_url(base_url)
        send_as_is(self._pool)

    def close(self) -> None:
        """Close all connections."""
        self._manager.clear()

    def send(self, request: Request) -> Answer:
        """The CRM's answer, whatever it says; a redirect is one, and is not followed.

        Raises:
            PassingError: none came, or not all of it.
        """
        headers = self._headers | {TARGET: self._prefix + request.target}
        if request.body:
            headers["Content-Type"] = "application/json"
        try:
            answer = self._pool.urlopen(
                request.method,
                self._prefix or "/",
                request.body,
                headers,
                retries=False,
                redirect=False,
            )
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise PassingError(type(error).__name__) from None
        return Answer(answer.status, answer.reason or "", answer.headers, answer.data)


def _manager(base_url: str, timeout_seconds: float) -> urllib3.PoolManager:
    settings: dict[str, Any] = {
        "maxsize": CONNECTIONS,
        "block": True,
        "timeout": urllib3.Timeout(connect=timeout_seconds, read=timeout_seconds),
        "ssl_context": httpx.create_ssl_context(),
    }
    proxy = _proxy_for(base_url)
    if proxy is None:
        return urllib3.PoolManager(**settings)
    return urllib3.ProxyManager(proxy, proxy_headers=_proxy_headers(proxy), **settings)


def _proxy_for(base_url: str) -> str | None:
    """The environment's proxy for this address; what is not TLS is on this machine, and needs none."""
    parts = urlsplit(base_url)
    if parts.scheme != "https" or proxy_bypass(parts.hostname or ""):
        return None
    proxies = getproxies()
    proxy = proxies.get("https") or proxies.get("all")
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"


def _proxy_headers(proxy: str) -> Mapping[str, str]:
    parts = urlsplit(proxy)
    if parts.username is None:
        return {}
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return urllib3.make_headers(proxy_basic_auth=login)
