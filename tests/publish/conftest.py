"""A project folder whose working file is filled by hand, ready to be published."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

import agreement
import publish
from agreement import Agreement
from progress import Silent
from project import Project, Run
from publish import Publication
from tests.publish.company import AS_OF, Company
from tests.publish.judged import RUN_ID, judge
from warehouse import Warehouse, open_warehouse

SIGNED = Path(__file__).parents[2] / "sandbox" / "agreement.yml"


@dataclass
class Office:
    """One project folder and what is needed to publish from it."""

    project: Project
    agreement: Agreement
    warehouse: Warehouse

    def publish(
        self,
        run_id: str = RUN_ID,
        *,
        refusals: tuple[str, ...] = (),
        as_of: datetime = AS_OF,
        wanted: publish.Exports = publish.NO_EXPORTS,
    ) -> Publication:
        """One run's publication."""
        asked = (self.project, self.agreement, self.warehouse, Run(run_id, as_of), Silent())
        return publish.publish(*asked, refusals=refusals, wanted=wanted)


@pytest.fixture(scope="session")
def signed() -> Agreement:
    """The made-up company's agreement: addresses are hashed, phones dropped."""
    return agreement.load(SIGNED)


@pytest.fixture
def make_office(tmp_path: Path, signed: Agreement) -> Callable[..., Office]:
    """Fills a new project folder with some leads; `failing` is a critical rule over its tolerance."""

    def make(leads: int = 60, failing: str | None = None) -> Office:
        root = tmp_path / "office"
        root.mkdir()
        project = Project(root)
        office = Office(project, signed, open_warehouse(project))
        company = Company()
        company.add_leads(leads)
        judge(company, signed, failing=failing)
        company.write(office.warehouse.path)
        return office

    return make


@pytest.fixture
def office(make_office: Callable[..., Office]) -> Office:
    """A small one."""
    return make_office()
