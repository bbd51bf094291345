"""A folder that becomes read-only, before a night or in the midst of one: a sentence, and nothing is lost."""

import pytest

from tests.chaos.read_only import read_only
from tests.chaos.story import SECOND, Story
from tests.chaos.tables import differing, tables_of
from tests.cli.process import contents

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]
RUN = ("-q", "run", "--as-of", f"{SECOND.isoformat()}Z")
STATE, LOGS, PUBLICATIONS = ".smarketing", ".smarketing/logs", "publications"


@pytest.mark.parametrize("part", [".", STATE, LOGS], ids=str)
def test_a_night_that_may_not_write_does_not_begin(story: Story, part: str) -> None:
    folder = story.before["sync"].copy(story.place / f"never-{part.strip('.').replace('/', '-')}")
    before = contents(folder.root)
    ended = read_only(folder, folder.root / part, None, *RUN)
    assert (ended.code, ended.stdout) == (2, ""), ended.stderr
    (said,) = ended.stderr.splitlines()
    assert said.startswith(f"Error: {folder.root}")
    assert "cannot be written to: Read-only file system. Everything in" in said
    after = contents(folder.root)
    mine = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert {name for name in mine if not name.startswith(f"{STATE}/lock")} == set()
    folder.remove()


@pytest.mark.parametrize(
    ("stage", "part"),
    [
        ("sync", "."),
        ("build", "."),
        ("build", STATE),
        ("check", STATE),
        ("publish", PUBLICATIONS),
        ("publish", LOGS),  # somebody was erased in the CRM, whom they have to forget
    ],
    ids=str,
)
def test_a_folder_that_turns_read_only_in_the_midst_of_a_stage(story: Story, stage: str, part: str) -> None:
    start = story.before[stage]
    folder = start.copy(story.place / f"turned-{stage}-{part.strip('.').replace('/', '-')}")
    words = ("-q", stage, *(RUN[2:] if stage == "sync" else ()))
    ended = read_only(folder, folder.root / part, stage, *words)
    assert (ended.code, ended.stdout) == (2, ""), ended.stderr
    last = ended.stderr.splitlines()[-1]
    assert last.startswith("Error: ")
    assert "cannot be written to: Read-only file system. Everything in" in last
    shown = folder.root.joinpath("published").readlink()
    assert last.endswith(f"{shown.name} is published, as before.")
    assert "Traceback" not in ended.stderr
    assert shown == start.root.joinpath("published").readlink()
    assert contents(folder.root / shown) == contents(start.root / shown)
    again = folder.run(*RUN)
    assert again.code == 0, again.stderr
    assert differing(tables_of(folder.root), story.truth) == []
    folder.remove()
