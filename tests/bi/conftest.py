"""A publication of the small company, for other programs to read."""

import pytest

import agreement
from progress import Silent
from project import Project, Run
from publish import Exports, Publication, publish
from tests.publish.company import AS_OF, Company
from tests.publish.conftest import SIGNED
from tests.publish.judged import RUN_ID, judge
from warehouse import open_warehouse


@pytest.fixture(scope="session")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """Three hundred leads, with exports."""
    project, signed = Project(tmp_path_factory.mktemp("office")), agreement.load(SIGNED)
    company = Company()
    company.add_leads(300)
    judge(company, signed)
    warehouse = open_warehouse(project)
    company.write(warehouse.path)
    wanted = Exports(("csv", "xlsx"), ("sla_compliance", "leads"))
    return publish(project, signed, warehouse, Run(RUN_ID, AS_OF), Silent(), wanted=wanted)
