"""A disk that fills up while marts are built or published: a sentence, and nothing is lost."""

import pytest

from tests.chaos.small_disk import on_a_small_disk
from tests.chaos.story import SECOND, Story
from tests.chaos.tables import differing, tables_of
from tests.cli.process import contents

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1800)]
RUN = ("-q", "run", "--as-of", f"{SECOND.isoformat()}Z")


@pytest.mark.parametrize(
    ("stage", "spare", "shows"),
    [("build", 3_000, "before"), ("publish", 2_000, "before"), ("publish", 12_000, "new")],
)
def test_a_disk_that_fills_up(story: Story, stage: str, spare: int, shows: str) -> None:
    start = story.before[stage]
    folder = start.sibling(story.place / f"full-{stage}-{spare}")
    ended = on_a_small_disk(start, folder.root, spare, "-q", stage)
    last = ended.stderr.splitlines()[-1]
    assert (ended.code, ended.stdout) == (1, ""), ended.stderr
    assert last.startswith("Error: The disk is full: "), ended.stderr
    assert "Traceback" not in ended.stderr
    shown, before = (one.root.joinpath("published").readlink() for one in (folder, start))
    assert (shown == before) is (shows == "before")
    said = "is published, as before." if shown == before else "had been published by then."
    assert last.endswith(f"{shown.name} {said}")
    if shown == before:
        assert contents(folder.root / shown) == contents(start.root / shown)
    assert [path for path in folder.root.rglob("*.new") if path.name.startswith("runs")] == []
    again = folder.run(*RUN)
    assert again.code == 0, again.stderr
    assert differing(tables_of(folder.root), story.truth) == []
    folder.remove()
