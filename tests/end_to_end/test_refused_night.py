"""A critical rule over its tolerance: nothing new is certified, and everybody learns why."""

import json
from datetime import timedelta

from tests.cli.process import contents
from tests.end_to_end.portal import NOW, Portal

MARTS = "select * from marts.leads order by all", "select * from marts.sla_compliance order by all"


def test_a_refused_night_leaves_the_certified_marts_and_names_the_leads(company: Portal) -> None:
    certified = (company.folder / "published").readlink()
    before, marts = contents(company.folder / certified), [company.rows(sql) for sql in MARTS]
    agreement = company.folder / "agreement.yml"
    lenient = agreement.read_text(encoding="utf-8")
    strict = lenient.replace("must: lead_score >= 50", "must: lead_score >= 500").replace(
        "severity: warning\n          tolerance: 5%", "severity: critical\n          tolerance: 1%"
    )
    agreement.write_text(strict, encoding="utf-8")

    ended = company.night(NOW + timedelta(days=1))

    assert ended.code == 3
    assert "mql_score" in ended.stderr
    broken = {
        lead
        for (lead,) in company.rows(
            "select lead_id from audit.lead_quality_violations "
            "where rule = 'mql_score' and resolved_at is null"
        )
    }
    assert broken
    assert any(lead in ended.stderr for lead in broken)
    assert contents(company.folder / certified) == before
    assert [company.rows(sql) for sql in MARTS] == marts
    about = json.loads((company.folder / "published" / "publication.json").read_text())
    assert (about["status"], about["marts_from"]) == ("refused", certified.name)
    listed = company.command("violations", "--rule", "mql_score", "--format", "json")
    assert {row["lead_id"] for row in json.loads(listed.stdout)} == broken

    agreement.write_text(lenient, encoding="utf-8")
    assert company.night(NOW + timedelta(days=1)).code == 0
    about = json.loads((company.folder / "published" / "publication.json").read_text())
    assert about["status"] == "published"
