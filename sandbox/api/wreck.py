"""Answers that go wrong on the wire: cut off, dripping, no JSON, or a connection that is simply gone."""

import asyncio
import socket
import struct
from typing import Any

from starlette.types import Message, Scope, Send

from sandbox.faults import Fault

_DRIPS = 8
_NO_JSON = b'{"results": [{"id": "1", "properties": {,}}'


class Reset(Exception):  # noqa: N818
    """The connection is gone: nothing is left to answer."""


def wreck(send: Send, scope: Scope, fault: Fault) -> Send:
    """A `send` that spoils the answer in the way of `fault`; the same one, when it is no way of the wire."""
    if fault.kind in {"malformed", "cut"}:
        return _spoiling(send, fault)
    return _breaking(send, scope, fault) if fault.kind in _WIRE else send


_WIRE = {"reset", "reset_midway", "truncate", "drip"}


def _spoiling(send: Send, fault: Fault) -> Send:
    """A whole answer, with the length that it says, whose body is no JSON."""
    held: list[Message] = []

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            held.append(message)
            return
        body = message.get("body", b"")
        body = _NO_JSON if fault.kind == "malformed" else body[: len(body) // 2]
        start = held.pop()
        headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    return sending


def _breaking(send: Send, scope: Scope, fault: Fault) -> Send:
    async def sending(message: Message) -> None:
        if fault.kind == "reset":
            _cut(scope)
            raise Reset
        if message["type"] == "http.response.start":
            await send(message)
        elif fault.kind == "drip":
            await _drip(send, message.get("body", b""), fault.seconds / _DRIPS)
        else:
            body = message.get("body", b"")
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            await asyncio.sleep(0)
            _cut(scope, gently=fault.kind == "truncate")
            raise Reset

    return sending


async def _drip(send: Send, body: bytes, pause: float) -> None:
    size = max(1, len(body) // _DRIPS)
    for start in range(0, len(body), size):
        await send({"type": "http.response.body", "body": body[start : start + size], "more_body": True})
        await asyncio.sleep(pause)
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
