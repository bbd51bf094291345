"""Bad input ends in one clear sentence and the right exit code, and leaves the folder as it was."""

from pathlib import Path

import pytest

from tests.cli.process import NOBODY_LISTENS, TOKEN, Smarketing, contents


def _refused(smarketing: Smarketing, folder: Path, *words: str, says: str, **settings: str) -> None:
    before = contents(folder)
    ended = smarketing(*words, **settings)
    assert (ended.code, ended.stdout) == (2, "")
    assert says in ended.stderr
    assert "Traceback" not in ended.stderr
    assert contents(folder) == before
    assert not (folder / ".smarketing").exists()


@pytest.mark.parametrize("command", ["run", "sync"])
@pytest.mark.parametrize("token", ["", "  "])
def test_no_token(smarketing: Smarketing, folder: Path, command: str, token: str) -> None:
    says = "There is no access token for HubSpot. Put SOURCES__HUBSPOT__ACCESS_TOKEN=..."
    _refused(smarketing, folder, command, says=says, SOURCES__HUBSPOT__ACCESS_TOKEN=token)


@pytest.mark.parametrize("command", ["run", "sync", "build", "check", "publish"])
def test_no_agreement(smarketing: Smarketing, folder: Path, command: str) -> None:
    (folder / "agreement.yml").unlink()
    says = f"There is no agreement.yml in {folder}. `smarketing init` writes one"
    _refused(smarketing, folder, command, says=says, SOURCES__HUBSPOT__ACCESS_TOKEN=TOKEN)


@pytest.mark.parametrize("command", [["run"], ["build"], ["agreement", "check"]])
def test_a_broken_agreement(smarketing: Smarketing, folder: Path, command: list[str]) -> None:
    file = folder / "agreement.yml"
    text = file.read_text(encoding="utf-8").replace(
        "respond_within: 8 business hours", "respond_within: soonish"
    )
    file.write_text(text.replace("currency: AUD", "currency: [AUD"), encoding="utf-8")
    _refused(smarketing, folder, *command, says="agreement.yml", SOURCES__HUBSPOT__ACCESS_TOKEN=TOKEN)


def test_every_error_of_an_agreement_is_told_at_once(smarketing: Smarketing, folder: Path) -> None:
    file = folder / "agreement.yml"
    text = file.read_text(encoding="utf-8").replace(
        "respond_within: 8 business hours", "respond_within: soonish"
    )
    file.write_text(text.replace("severity: critical", "severity: deadly"), encoding="utf-8")
    _refused(smarketing, folder, "run", says="soonish", SOURCES__HUBSPOT__ACCESS_TOKEN=TOKEN)
    _refused(smarketing, folder, "run", says="deadly", SOURCES__HUBSPOT__ACCESS_TOKEN=TOKEN)


def test_an_unknown_target(smarketing: Smarketing, folder: Path) -> None:
    says = "There is no target 'moon' in profiles.yml. It has: duckdb, postgres, spark."
    _refused(smarketing, folder, "--target", "moon", "run", says=says, SOURCES__HUBSPOT__ACCESS_TOKEN=TOKEN)


def test_a_broken_profile(smarketing: Smarketing, folder: Path) -> None:
    (folder / "profiles.yml").write_text("jaffle_shop: {}\n", encoding="utf-8")
    says = "is not a dbt profile called 'smarketing'"
    _refused(smarketing, folder, "run", says=says, SOURCES__HUBSPOT__ACCESS_TOKEN=TOKEN)


def test_a_setting_of_the_wrong_kind_is_named_and_not_shown(smarketing: Smarketing, folder: Path) -> None:
    before = contents(folder)
    ended = smarketing(
        "run", SOURCES__HUBSPOT__ACCESS_TOKEN=TOKEN, SOURCES__HUBSPOT__TIMEOUT_SECONDS="soonish"
    )
    assert (ended.code, ended.stdout) == (2, "")
    assert "SOURCES__HUBSPOT__TIMEOUT_SECONDS" in ended.stderr
    assert "soonish" not in ended.stderr
    assert contents(folder) == before


@pytest.mark.parametrize("command", ["build", "check", "publish"])
def test_a_stage_before_the_first_sync(smarketing: Smarketing, folder: Path, command: str) -> None:
    says = "Nothing has been synced in"
    _refused(smarketing, folder, command, says=says, SOURCES__HUBSPOT__ACCESS_TOKEN=TOKEN)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["run", "--as-of", "yesterday"], "'yesterday' is not an instant like 2026-11-24T20:00:00Z."),
        (["-v", "-q", "run"], "-v and -q exclude each other."),
        (["violations", "--format", "xml"], "'xml' is not one of 'table', 'csv', 'json'."),
        (["violations"], "Nothing has been published in"),
        (["report"], "There is no report in"),
        (["rollbakc"], "No such command 'rollbakc'."),
    ],
)
def test_wrong_words(smarketing: Smarketing, folder: Path, words: list[str], says: str) -> None:
    _refused(smarketing, folder, *words, says=says)


def test_an_unreachable_crm(smarketing: Smarketing, folder: Path) -> None:
    agreement = contents(folder)
    ended = smarketing("run", SOURCES__HUBSPOT__ACCESS_TOKEN=TOKEN, SOURCES__HUBSPOT__BASE_URL=NOBODY_LISTENS)
    assert (ended.code, ended.stdout) == (4, "")
    assert ended.stderr.splitlines()[-1].startswith(f"Error: HubSpot at {NOBODY_LISTENS}")
    assert "Traceback" not in ended.stderr
    assert TOKEN not in ended.stderr
    assert agreement.items() <= contents(folder).items()
    assert not (folder / "publications").exists()
    assert not (folder / "published").is_symlink()

    status = smarketing("status")
    assert status.code == 0
    assert "Published: nothing yet" in status.stdout
    assert "failed" in status.stdout
    assert "HubSpot at" in status.stdout


def test_quiet_says_what_went_wrong_and_nothing_else(smarketing: Smarketing) -> None:
    ended = smarketing(
        "-q", "run", SOURCES__HUBSPOT__ACCESS_TOKEN=TOKEN, SOURCES__HUBSPOT__BASE_URL=NOBODY_LISTENS
    )
    assert (ended.code, ended.stdout) == (4, "")
    assert ended.stderr.startswith("Error: ")
    assert len(ended.stderr.splitlines()) == 1


def test_a_folder_that_dlt_cannot_work_in(folder: Path) -> None:
    there = folder.rename(folder.with_name("100% of it"))
    says = f"There is a % in {there}, where dlt cannot work."
    _refused(Smarketing(there), there, "run", says=says, SOURCES__HUBSPOT__ACCESS_TOKEN=TOKEN)
