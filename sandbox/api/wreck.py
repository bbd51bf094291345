"""Answers that go wrong on the wire: cut off, dripping, or a connection that is simply gone."""

import asyncio
import socket
import struct
from typing import Any

from starlette.types import Message, Scope, Send

_DRIPS, _PAUSE = 8, 0.15


class Reset(Exception):  # noqa: N818
    """The connection is gone: nothing is left to answer."""


def wreck(send: Send, scope: Scope, kind: str) -> Send:
    """A `send` that spoils the answer: `reset`, `truncate` or `drip`."""

    async def sending(message: Message) -> None:
        if kind == "reset":
            _cut(scope)
            raise Reset
        if message["type"] == "http.response.start":
            await send(message)
        elif kind == "truncate":
            body = message.get("body", b"")
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            await asyncio.sleep(0)
            _cut(scope, gently=True)
            raise Reset
        else:
            await _drip(send, message.get("body", b""))

    return sending


async def _drip(send: Send, body: bytes) -> None:
    size = max(1, len(body) // _DRIPS)
    for start in range(0, len(body), size):
        await send({"type": "http.response.body", "body": body[start : start + size], "more_body": True})
        await asyncio.sleep(_PAUSE)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _cut(scope: Scope, *, gently: bool = False) -> None:
    """Close the socket under the request: at once with a reset, or after what was written."""
    transport: Any = scope["state"]["transport"]
    if gently:
        transport.close()
        return
    raw = transport.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
