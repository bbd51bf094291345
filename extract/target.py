"""Connections that send a request's target as it was made.

urllib3 looks at every character of a target, to encode what is not: for an address with a portal's
properties in it that takes as long as all else it does. So it is given the path alone, and the target travels
beside it, under a name that no header can have: it would never leave the machine.
"""

from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

TARGET = ":target"


class _Plain(HTTPConnection):
    def request(self, method: str, url: str, body: Any = None, headers: Any = None, **more: Any) -> None:
        told = dict(headers or {})
        super().request(method, told.pop(TARGET, url), body, told, **more)


class _Secure(HTTPSConnection):
    def request(self, method: str, url: str, body: Any = None, headers: Any = None, **more: Any) -> None:
        told = dict(headers or {})
        super().request(method, told.pop(TARGET, url), body, told, **more)


def send_as_is(pool: urllib3.HTTPConnectionPool) -> None:
    """Let the pool's connections do so, of which there are none yet."""
    pool.ConnectionCls = _Secure if isinstance(pool, urllib3.HTTPSConnectionPool) else _Plain
