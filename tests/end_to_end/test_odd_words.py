"""What an agreement says in words of its own is only ever data: quotes in it reach the tables as they are."""

import json
from collections.abc import Iterator

import pytest

from sandbox.company import Company
from sandbox.server import running
from tests.end_to_end.portal import NOW, SIGNED, Portal, new_folder

ODD = """2026's "third" quarter'); drop table marts.leads; -- {x} \\ % :y"""
IN_YAML = json.dumps(ODD)
IN_SQL = ODD.replace("'", "''")
WORDS = {
    "version: 2026-Q3": f"version: {IN_YAML}",
    "because: internal": f"because: {IN_YAML}",
    "because: Sales cannot call whom it cannot reach.": f"because: {IN_YAML}",
    "PAID_SEARCH: paid": f"PAID_SEARCH: {IN_YAML}",
    "intent = 'Pricing page'": f"intent in ('Pricing page', '{IN_SQL}')".replace("\\", "\\\\").replace(
        '"', '\\"'
    ),
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """After one night under an agreement that speaks so."""
    signed = SIGNED.read_text(encoding="utf-8")
    for usual, odd in WORDS.items():
        assert usual in signed
        signed = signed.replace(usual, odd)
    company = Company(150, seed=2)
    with running(company, now=NOW) as server:
        made = Portal(company, server, new_folder(tmp_path_factory.mktemp("odd") / "sla", signed))
        ended = made.night()
        assert ended.code == 0, ended.stderr
        yield made


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("marts.sla_compliance", "agreement_version"),
        ("marts.lead_handoffs", "agreement_version"),
        ("audit.rule_results", "agreement_version"),
        ("audit.lead_quality_violations", "agreement_version"),
        ("marts.leads", "source"),
        ("marts.leads", "excluded_because"),
    ],
)
def test_odd_words_are_published_as_they_are(portal: Portal, table: str, column: str) -> None:
    ((found,),) = portal.rows(f"select count(*) from {table} where {column} = '{IN_SQL}'")
    assert found > 0
