"""A stage, or a whole night, that takes longer than the settings allow: which exit code, what is said."""

from pathlib import Path

import pytest

from sandbox.server import SandboxServer
from tests.cli.process import Smarketing, contents, ledger, status_of

pytestmark = pytest.mark.slow
BRIEF = "0.005"  # minutes


@pytest.mark.parametrize(
    ("words", "setting", "what", "code"),
    [
        (("publish",), "TIMEOUTS__PUBLISH_MINUTES", "Publish", 1),
        (("check",), "TIMEOUTS__CHECK_MINUTES", "Check", 1),
        (("build", "--full-refresh"), "TIMEOUTS__BUILD_MINUTES", "Build", 1),
        (("run",), "TIMEOUTS__SYNC_MINUTES", "Sync", 4),
        (("run",), "TIMEOUTS__RUN_MINUTES", "The run", 1),
    ],
    ids=["publish", "check", "build", "sync", "run"],
)
def test_a_night_that_takes_too_long(  # noqa: PLR0917 -- two fixtures more than the cases have
    project: Path,
    crm: SandboxServer,
    settings: dict[str, str],
    words: tuple[str, ...],
    setting: str,
    what: str,
    code: int,
) -> None:
    shown, nights = contents(project / "publications"), len(ledger(project))
    crm.portal.latency = 1.0
    try:
        ended = Smarketing(project)("-q", *words, **settings, **{setting: BRIEF})
    finally:
        crm.portal.latency = 0.0
    assert (ended.code, ended.stdout) == (code, ""), ended.stderr
    assert ended.stderr.splitlines()[-1].startswith(
        f"Error: {what} was stopped: it took longer than {BRIEF} minutes. "
        f"If it needs more, say so in {setting}. {(project / 'published').readlink().name} is published, "
        "as before."
    ), ended.stderr
    assert "Traceback" not in ended.stderr
    assert ledger(project)[nights:] == [("failed", code)]
    assert contents(project / "publications") == shown
    assert status_of(project)["at_work"] is None


def test_the_night_after_makes_up_for_it(project: Path, settings: dict[str, str]) -> None:
    ended = Smarketing(project)("run", **settings)
    assert ended.code == 0, ended.stderr
