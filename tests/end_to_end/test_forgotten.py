"""A privacy deletion in the CRM, and the nights around it: nobody finds the person in any kept folder."""

from datetime import timedelta

import duckdb
import pytest

from sandbox.company import Company
from sandbox.server import running
from tests.end_to_end.portal import NOW, SIGNED, Portal, new_folder

WITHOUT_LEADS = """
    select distinct cause from audit.publication_changes
    where leads = 0 and name <> 'visitors' and name not like 'cost%' and name not like 'median%'
        and right(name, 5) <> '_days' and right(name, 9) <> '_baseline'
"""
COUNTED = "select count(*) filter (where lead_id = ?), count(*) from marts.leads"


@pytest.mark.slow
def test_a_person_erased_in_the_crm_is_in_no_kept_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    company = Company(300, seed=8)
    with running(company, now=NOW) as server:
        folder = new_folder(tmp_path_factory.mktemp("gone") / "sla", SIGNED.read_text(encoding="utf-8"))
        portal = Portal(company, server, folder)
        assert portal.night(NOW).code == 0
        ((erased,),) = portal.rows(
            "select any_value(lead_id) from audit.lead_quality_violations"
            " semi join marts.lead_handoffs using (lead_id)"
        )
        old = (folder / "published").resolve()
        said = (old / "report.html").read_text(encoding="utf-8")
        assert erased in said + (old / "data_docs" / "index.html").read_text(encoding="utf-8")
        with duckdb.connect(str(old / "warehouse.duckdb"), read_only=True) as reading:
            before = reading.execute(COUNTED, [erased]).fetchall()
            assert before[0][0] == 1
            server.desk.erase("contacts", int(erased))
            ended = portal.night(NOW + timedelta(days=1))
            assert ended.code == 0, ended.stderr
            assert reading.execute(COUNTED, [erased]).fetchall() == before
        # The figures of then have a person whom the tables of then have no more: gone, and not new.
        assert portal.rows(WITHOUT_LEADS) == [("deleted",)]
        folders = sorted((folder / "publications").iterdir())
        assert len(folders) == 2
        for one in folders:
            for file in (path for path in one.rglob("*") if path.is_file()):
                assert erased.encode() not in file.read_bytes(), file
        with duckdb.connect(str(old / "warehouse.duckdb"), read_only=True) as anew:
            assert anew.execute(COUNTED, [erased]).fetchall() == [(0, before[0][1] - 1)]
