"""What a person sees on stderr."""

import io
import logging
import re
from pathlib import Path
from threading import Thread

import pytest
from rich.console import Console

from nightly import console
from nightly.bars import Bars
from nightly.console import Chatter, Lines
from nightly.logs import written
from nightly.secrets import masking
from progress import Silent
from project import Project


def test_under_cron_each_step_is_a_dated_line() -> None:
    out = io.StringIO()
    Lines(out).say("sync: 12 rows")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ sync: 12 rows\n", out.getvalue())


def test_a_long_count_is_spoken_and_a_short_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    with Lines(out).track("contacts", 5000) as advance:
        advance(1000)
    assert out.getvalue() == ""
    monkeypatch.setattr(console, "SECONDS_BETWEEN_LINES", 0.0)
    with Lines(out).track("contacts", 5000) as advance:
        advance(1000)
        advance(1500)
    said = [line.split(" ", 1)[1] for line in out.getvalue().splitlines()]
    assert said == ["contacts: 1,000 of 5,000", "contacts: 2,500 of 5,000"]


def test_quiet_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    quiet = console.console(-1)
    assert isinstance(quiet, Silent)
    quiet.say("sync: 12 rows")
    with quiet.track("contacts") as advance:
        advance(5)
    assert capsys.readouterr() == ("", "")


def _terminal(width: int) -> tuple[Bars, io.StringIO]:
    out = io.StringIO()
    return Bars(Console(file=out, force_terminal=True, width=width, markup=False, highlight=False)), out


@pytest.mark.parametrize("width", [80, 120])
def test_on_a_terminal_bars_from_several_threads_share_the_screen(width: int) -> None:
    bars, out = _terminal(width)

    def count(what: str) -> None:
        with bars.track(what, 1000) as advance:
            for _ in range(10):
                advance(100)
            bars.say(f"{what} done [not markup]")

    threads = [Thread(target=count, args=(name,)) for name in ("contacts", "deals", "calls")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in ("contacts", "deals", "calls"):
        assert f"{name} done [not markup]" in out.getvalue()
    bars.say("after the bars")
    assert out.getvalue().endswith("after the bars\n")


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    bars, out = _terminal(80)
    with bars.track("contacts", 10) as advance:
        advance(5)
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", out.getvalue()), "a colour was set"


def test_what_libraries_say_of_a_secret_is_masked_while_a_run_is_under_way(tmp_path: Path) -> None:
    stream = io.StringIO()
    chatter = Chatter(Lines(stream))
    logging.getLogger().addHandler(chatter)
    try:
        with written(Project(tmp_path), "run", masking(["hunter2-hunter2"])):
            logging.getLogger("a_library").info("HTTP Request: GET https://example/%s", "hunter2-hunter2")
    finally:
        logging.getLogger().removeHandler(chatter)
    assert "GET https://example/********" in stream.getvalue()
    assert "hunter2" not in stream.getvalue()
