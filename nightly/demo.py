"""The whole job on a made-up company: its CRM in this process, its folder like any other project's."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from errors import UsageProblem
from nightly.job import Wish, perform
from nightly.ledger import recent
from nightly.stages import ORDER, Night
from nightly.state import write_json
from progress import Progress
from project import Project


@dataclass(frozen=True)
class Story:
    """Which company: the same two numbers are the same company."""

    contacts: int
    seed: int


def demo(folder: Path, story: Story, progress: Progress) -> Night:
    """Run one night of `story`'s company in `folder`: the first, or the one after the last published.

    Raises:
        UsageProblem: `folder` holds something else; it is as it was.
        ChecksFailed, click.ClickException: as `nightly.perform`.
    """
    from sandbox.company import Company
    from sandbox.instants import from_datetime
    from sandbox.server import running

    project = Project(folder.resolve())
    _prepare(project, story)
    as_of = _tonight(project)
    progress.say(f"Paradox Marketing gets {story.contacts:,} contacts (seed {story.seed}).")
    with progress.track("Writing its story"):
        company = Company(story.contacts, story.seed)
    with running(company, now=from_datetime(as_of)) as server, _settings(server.base_url, server.token):
        progress.say(f"Its CRM answers at {server.base_url}; it is {as_of:%Y-%m-%d %H:%M} UTC.")
        return perform(project, Wish(ORDER, as_of=as_of), progress)


def _prepare(project: Project, story: Story) -> None:
    """Make the folder what a person would have made of it, unless it is that already."""
    sign = project.state_dir / "demo.json"
    if not project.root.exists() or not any(project.root.iterdir()):
        project.state_dir.mkdir(mode=0o700, parents=True)
        signed = Path(__file__).parent.parent / "sandbox" / "agreement.yml"
        project.agreement_file.write_bytes(signed.read_bytes())
        write_json(sign, asdict(story))
        return
    if not sign.is_file():
        raise UsageProblem(
            f"{project.root} is not empty, and not a demo. Give a new folder: "
            f"smarketing demo {project.root}-demo"
        )
    told = Story(**json.loads(sign.read_text(encoding="utf-8")))
    if told != story:
        raise UsageProblem(
            f"{project.root} is a demo of {told.contacts} contacts with seed {told.seed}. Go on with "
            f"--contacts {told.contacts} --seed {told.seed}, give a new folder, or delete this one."
        )


def _tonight(project: Project) -> datetime:
    """The evening after the last published one; the story has an end, and then every night is the last."""
    from sandbox.instants import DEFAULT_NOW, STORY_END, to_datetime

    published = [run.as_of for run in recent(project) if run.status == "published" and run.as_of]
    if not published:
        return to_datetime(DEFAULT_NOW)
    return min(max(published) + timedelta(days=1), to_datetime(STORY_END))


@contextmanager
def _settings(base_url: str, token: str) -> Iterator[None]:
    """Tell the job where the CRM is, as an operator does: by the environment."""
    ours = {"SOURCES__HUBSPOT__BASE_URL": base_url, "SOURCES__HUBSPOT__ACCESS_TOKEN": token}
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
