"""A collector of traces: OTLP over HTTP, on a port of its own."""

import gzip
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@dataclass
class Collector:
    """What was sent: where to, with which headers, and what it says."""

    endpoint: str
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def spans(self) -> list[Span]:
        """Every span of every request."""
        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        scopes = [scope for one in requests for each in one.resource_spans for scope in each.scope_spans]
        return [span for scope in scopes for span in scope.spans]

    def services(self) -> set[object]:
        """The names of the services that sent any."""
        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        about = [plain(each.resource.attributes) for one in requests for each in one.resource_spans]
        return {one["service.name"] for one in about}


def plain(attributes: Iterable[KeyValue]) -> dict[str, object]:
    """A span's attributes as Python values."""
    return {one.key: getattr(one.value, str(one.value.WhichOneof("value"))) for one in attributes}


@contextmanager
def collecting(*, silent: bool = False) -> Iterator[Collector]:
    """A collector for the block; a `silent` one takes a request and never answers."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if silent:
                over.wait()
                return
            collector.paths.append(self.path)
            collector.headers.append({name.lower(): value for name, value in self.headers.items()})
            collector.bodies.append(gzip.decompress(body) if self.headers["Content-Encoding"] else body)
            answer = ExportTraceServiceResponse().SerializeToString()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    collector = Collector(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield collector
    finally:
        over.set()
        server.shutdown()
        server.server_close()
