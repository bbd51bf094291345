"""Answers that are no HubSpot's: loaded completely once they pass, else the end with a sentence (exit 4)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from errors import CrmUnreadable
from extract.client import Client
from settings import HubSpot

CONTACTS = "/crm/v3/objects/contacts"
PASSING = {
    "nothing": b"",
    "half an object": b'{"results": [',
    "a page": b"<html><body>Sign in to continue</body></html>",
    "no UTF-8": b'{"results": [{"id": "1", "properties": {"email": "\xff\xfe"}}]}',
    "not a number": b'{"results": [], "total": NaN}',
    "a comma too many": b'{"results": [],}',
    "a byte-order mark": b'\xef\xbb\xbf{"results": []}',
    "nested beyond reason": b"[" * 100_000,
    "two answers in one": b'{"results": []}{"results": []}',
    "a control character": b'{"results": [{"id": "1", "properties": {"email": "a\x01b"}}]}',
}
FOREIGN = {
    "null": b"null",
    "a list": b"[]",
    "a text": b'"OK"',
    "a number": b"42",
    "another object": b'{"status": "OK"}',
    "results of null": b'{"results": null}',
    "results by name": b'{"results": {"1": {}}}',
    "a result of null": b'{"results": [null]}',
    "a number as result": b'{"results": [1]}',
    "a result without id": b'{"results": [{"properties": {}}]}',
    "an id of null": b'{"results": [{"id": null, "properties": {}}]}',
    "an id that is SQL": b'{"results": [{"id": "1; drop table contacts", "properties": {}}]}',
    "properties of null": b'{"results": [{"id": "1", "properties": null}]}',
    "paging without a place": b'{"results": [], "paging": {"next": {}}}',
    "paging that is a text": b'{"results": [], "paging": "more"}',
    "a total in words": b'{"results": [], "total": "many"}',
}
GOOD = b'{"results": [{"id": "9223372036854775807", "properties": {"email": "a@b.example"}}]}'


@contextmanager
def _answering(*bodies: bytes) -> Iterator[Client]:
    """A client of a server that gives these answers one after the other, and then the last one for good."""
    left = list(bodies)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = left.pop(0) if len(left) > 1 else left[0]
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        with Client(HubSpot(access_token="pat-x", base_url=address), 5) as client:
            yield client
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("body", PASSING.values(), ids=PASSING.keys())
def test_no_json_once_is_asked_for_again(body: bytes) -> None:
    with _answering(body, GOOD) as client:
        assert client.get(CONTACTS)["results"][0]["id"] == "9223372036854775807"
        assert client.requests == 2


@pytest.mark.parametrize("body", FOREIGN.values(), ids=FOREIGN.keys())
def test_json_of_another_shape_is_the_end_with_a_sentence(body: bytes) -> None:
    with _answering(body) as client, pytest.raises(CrmUnreadable) as ended:
        client.get(CONTACTS)
    assert ended.value.exit_code == 4
    assert f"answer to {CONTACTS} is not of the shape that it documents" in ended.value.message


def test_no_json_for_good_is_the_end_with_a_sentence() -> None:
    with _answering(PASSING["a page"]) as client, pytest.raises(CrmUnreadable, match="an answer cut short"):
        client.get(CONTACTS)
