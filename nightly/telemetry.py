"""Traces by OpenTelemetry, for who has a collector: a span for the run, its stages and what they count.

Nothing of it is imported unless the standard `OTEL_EXPORTER_OTLP_ENDPOINT` is set. Spans are kept until the
run is over and sent then, in seconds or not at all: a collector that is down costs a night nothing. They hold
names, counts and ids of runs, and nothing of what the CRM knows.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from progress import Progress
from settings import Settings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import ReadableSpan
    from opentelemetry.trace import Span

Attributes = Mapping[str, str | int | float | None]
PATIENCE_SECONDS = 5.0
LOG = logging.getLogger(__name__)


class Trace:
    """The spans of one run: this one keeps none, as nobody asked for them."""

    @contextmanager
    def span(self, name: str) -> Iterator[Callable[[Attributes], None]]:
        """A span for the block; what is yielded puts attributes on it."""
        yield lambda _: None

    def tell(self, said: Attributes) -> None:
        """Put `said` on the stage's span; what is None is left out."""

    def end(self, said: Attributes, exit_code: int, patience: float = PATIENCE_SECONDS) -> None:
        """The run is over: tell of it what `said` has, and send all spans."""


class Collected(Trace):
    """Spans for a collector at `endpoint`, sent when the run ends."""

    def __init__(self, endpoint: str, headers: Mapping[str, str], progress: Progress) -> None:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import SimpleSpanProcessor
        from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

        self._endpoint, self._headers, self._progress = endpoint, headers, progress
        self._kept = InMemorySpanExporter()
        about = {"service.name": "smarketing", "service.version": version("smarketing")}
        # Not the global provider: whatever else the libraries might trace is none of a collector's business.
        provider = TracerProvider(resource=Resource.create(about), shutdown_on_exit=False)
        provider.add_span_processor(SimpleSpanProcessor(self._kept))
        self._tracer = provider.get_tracer("smarketing")
        self._open: list[Span] = [self._tracer.start_span("run")]

    @contextmanager
    def span(self, name: str) -> Iterator[Callable[[Attributes], None]]:
        """A span below the run's, or below the stage's: what a stage counts lies side by side."""
        from opentelemetry.trace import set_span_in_context

        span = self._tracer.start_span(name, set_span_in_context(self._stage))
        self._open.append(span)
        try:
            yield partial(_tell, span)
        except BaseException as error:
            _failed(span, type(error).__name__)
            raise
        finally:
            self._open.remove(span)
            span.end()

    def tell(self, said: Attributes) -> None:
        """Put `said` on the stage's span."""
        _tell(self._stage, said)

    @property
    def _stage(self) -> "Span":
        return self._open[min(1, len(self._open) - 1)]

    def end(self, said: Attributes, exit_code: int, patience: float = PATIENCE_SECONDS) -> None:
        """Send all spans, those too whose work was left where it was."""
        _tell(self._open[0], said)
        for span in reversed(self._open):
            if exit_code:
                _failed(span, None)
            span.end()
        sent: list[bool] = []
        sending = threading.Thread(target=self._send, args=(sent, patience), daemon=True)
        sending.start()
        sending.join(patience)
        if not any(sent):
            self._progress.say("The trace could not be sent to the collector; the night itself is as it is.")

    def _send(self, sent: list[bool], patience: float) -> None:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import SpanExportResult

        spans: tuple[ReadableSpan, ...] = self._kept.get_finished_spans()
        exporter = OTLPSpanExporter(self._endpoint, headers=self._headers, timeout=patience)
        sent.append(exporter.export(spans) is SpanExportResult.SUCCESS)


class Traced:
    """A Progress whose counts are spans, too."""

    def __init__(self, watched: Progress, trace: Trace) -> None:
        self._watched, self._trace = watched, trace

    def say(self, message: str) -> None:
        """One finished step."""
        self._watched.say(message)

    @contextmanager
    def track(self, what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
        """Count work, and tell the trace how much it came to."""
        counting, done = threading.Lock(), 0
        with self._trace.span(what.lower()) as tell, self._watched.track(what, total) as advance:

            def count(amount: int) -> None:
                nonlocal done
                with counting:
                    done += amount
                advance(amount)

            try:
                yield count
            finally:
                tell({"smarketing.count": done or None})


def begun(settings: Settings, progress: Progress) -> Trace:
    """A trace for a run that begins now; one that keeps nothing, where no collector is named."""
    base = settings.otel_exporter_otlp_endpoint
    if not base:
        return Trace()
    headers = settings.otel_exporter_otlp_headers
    try:
        return Collected(
            f"{base.rstrip('/')}/v1/traces",
            _pairs(headers.get_secret_value() if headers else ""),
            progress,
        )
    except ImportError:
        progress.say(
            "OTEL_EXPORTER_OTLP_ENDPOINT is set, and nothing is there to trace with: "
            "`pip install smarketing[telemetry]`. The night goes on without."
        )
        return Trace()


def _pairs(headers: str) -> dict[str, str]:
    """`name=value,name=value`, as the standard writes them."""
    from urllib.parse import unquote

    found = (one.partition("=") for one in headers.split(",") if "=" in one)
    return {name.strip().lower(): unquote(value.strip()) for name, _, value in found}


def _tell(span: "Span", said: Attributes) -> None:
    span.set_attributes({name: value for name, value in said.items() if value is not None})


def _failed(span: "Span", kind: str | None) -> None:
    """By the kind of the failure alone: its message may quote the CRM."""
    from opentelemetry.trace import StatusCode

    span.set_status(StatusCode.ERROR)
    if kind:
        span.set_attribute("error.type", kind)
