"""Nights that have ended, for tests of what people are told."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import agreement
import settings
from nightly.ledger import Entry, Ledger
from nightly.notices import notify
from nightly.stages import Night
from progress import Silent
from project import Project, Run
from tests.publish.company import AS_OF, Company
from tests.publish.conftest import SIGNED, Office
from tests.publish.judged import judge
from warehouse import open_warehouse


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Something to publish from."""
    project, company = Project(tmp_path), Company()
    found = Office(project, agreement.load(SIGNED), open_warehouse(project))
    company.add_leads(60)
    judge(company, found.agreement)
    company.write(found.warehouse.path)
    return found


@pytest.fixture
def tell(office: Office) -> Callable[..., None]:
    """Publish a night that ended so, and notify whoever is configured."""

    def night(
        run_id: str,
        *,
        refusals: tuple[str, ...] = (),
        statuses: str | None = None,
        as_of: datetime | None = None,
    ) -> None:
        if statuses:
            with office.warehouse.connect() as connection:
                connection.execute(f"update marts.sla_compliance set {statuses}")
        before = office.project.published
        entry = Entry(run_id, AS_OF)
        one = Night(
            office.project, office.agreement, office.warehouse, settings.load(office.project),
            Run(run_id, AS_OF), Silent(), Ledger(office.project, office.warehouse), entry, refusals=refusals,
            published_before=before.readlink().name if before.is_symlink() else None,
        )  # fmt: skip
        now = as_of or AS_OF + timedelta(hours=len(run_id))
        entry.publication_id = office.publish(run_id, refusals=refusals, as_of=now).publication_id
        notify(one)

    return night
