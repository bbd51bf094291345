"""Who is set apart and who is in the ledger: two rooms judge the same rules by code of their own."""

import shutil
from dataclasses import replace
from pathlib import Path

import agreement
import expectations
from progress import Silent
from project import Project, Run
from tests.transform.conftest import AS_OF
from warehouse import Warehouse

OPEN = """
    select lead_id, agreement_version, rule from audit.lead_quality_violations
    where resolved_at is null and (waived_until is null or waived_until < ?)
"""
LEADS = """
    select lead_id, quarantined_by from marts.leads
    where excluded_because is null and not is_archived
"""


def test_those_set_apart_are_those_in_the_ledger(
    folder: Project, warehouse: Warehouse, tmp_path: Path
) -> None:
    signed = agreement.load(folder.agreement_file)
    house = replace(warehouse, path=Path(shutil.copy(warehouse.path, tmp_path / "warehouse.duckdb")))
    shutil.copy(folder.agreement_file, tmp_path / "agreement.yml")
    expectations.check(Project(tmp_path), signed, house, Run("run-1", AS_OF), Silent())
    in_order = [
        (version.version, rule.rule)
        for version in signed.versions
        for rules in version.definitions.values()
        for rule in rules
        if rule.quarantine
    ]
    with house.connect() as connection:
        broken: dict[str, list[int]] = {}
        for lead, version, rule in connection.execute(OPEN, [AS_OF]).fetchall():
            if (version, rule) in in_order:
                broken.setdefault(lead, []).append(in_order.index((version, rule)))
        leads = dict(connection.execute(LEADS).fetchall())
    expected = {lead: in_order[min(broken[lead])][1] if lead in broken else None for lead in leads}
    assert leads == expected
    assert {"has_country", "owned_at_entry"} <= set(leads.values())
