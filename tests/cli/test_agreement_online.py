"""`agreement check --online` asks the CRM, over HTTP, whether it has what the agreement names."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from extract.portal import portal
from sandbox.server import SandboxServer
from sandbox.staff import OWNERS
from settings import HubSpot, Settings, Sources
from tests.cli.process import NOBODY_LISTENS

WRONG = {
    "hubspot: company.industry": "hubspot: company.industri",
    "hubspot: [evangelist]": "hubspot: [evangelists]",
    "lead_status: [BAD_TIMING]": "lead_status: [BAD_TIME]",
    "PAID_SOCIAL: paid": "PAID_SOCIALS: paid",
    '"team:Marketing"': '"team:Marketting"',
    '"owner:tala.faleolo@': '"owner:tala.falelo@',
    "hubspot: hubspotscore, type: number": "hubspot: hs_lead_status, type: number",
}


def _check(folder: Path, settings: dict[str, str]) -> Result:
    return CliRunner(env=settings).invoke(
        main, ["--project-dir", str(folder), "agreement", "check", "--online"]
    )


def test_the_sandboxs_agreement_names_only_what_its_crm_has(folder: Path, settings: dict[str, str]) -> None:
    checked = _check(folder, settings)
    assert checked.exit_code == 0, checked.output
    assert "Note: The CRM also has partner, which no stage" in checked.stdout
    assert "The CRM has everything that the agreement names." in checked.stdout


@pytest.mark.parametrize("right", WRONG)
def test_each_wrong_name_is_refused_at_its_place(folder: Path, settings: dict[str, str], right: str) -> None:
    file = folder / "agreement.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(right, WRONG[right], 1), encoding="utf-8")
    line = text[: text.index(right)].count("\n") + 1
    checked = _check(folder, settings)
    assert (checked.exit_code, checked.stdout) == (2, "")
    assert "1 problem." in checked.stderr
    assert f"{file}:{line}:" in checked.stderr
    assert "Expected: " in checked.stderr


def test_all_of_them_are_told_at_once(folder: Path, settings: dict[str, str]) -> None:
    file = folder / "agreement.yml"
    text = file.read_text(encoding="utf-8")
    for right, wrong in WRONG.items():
        text = text.replace(right, wrong, 1)
    file.write_text(text, encoding="utf-8")
    assert f"{len(WRONG)} problems." in _check(folder, settings).stderr


def test_it_takes_a_handful_of_requests_and_writes_nothing(
    folder: Path, settings: dict[str, str], crm: SandboxServer
) -> None:
    before = sum(crm.requests().values())
    _check(folder, settings)
    assert sum(crm.requests().values()) - before <= 5
    assert [path.name for path in folder.iterdir()] == ["agreement.yml"]


def test_without_a_token_it_says_which_setting_is_missing(folder: Path) -> None:
    checked = _check(folder, {"SOURCES__HUBSPOT__ACCESS_TOKEN": ""})
    assert (checked.exit_code, checked.stdout) == (2, "")
    assert "SOURCES__HUBSPOT__ACCESS_TOKEN" in checked.stderr


def test_a_crm_that_cannot_be_read_is_another_matter(folder: Path, settings: dict[str, str]) -> None:
    nobody = settings | {"SOURCES__HUBSPOT__BASE_URL": NOBODY_LISTENS}
    assert _check(folder, nobody).exit_code == 4
    stranger = settings | {"SOURCES__HUBSPOT__ACCESS_TOKEN": "pat-wrong"}
    assert _check(folder, stranger).exit_code == 4


def test_the_portals_facts_are_the_companys(crm: SandboxServer) -> None:
    hubspot = HubSpot.model_validate({"access_token": crm.token, "base_url": crm.base_url})
    found = portal(Settings(sources=Sources(hubspot=hubspot)), "hubspot")
    assert {**found.owners, **found.former_owners} == {one.id: one.email for one in OWNERS}
    assert set(found.former_owners.values()) == {"noah.brandt@paradoxmarketing.example"}
    assert found.teams == {"AU Sales", "NZ Sales", "Marketing"}
    assert found.properties["company"]["numberofemployees"].type == "number"
    assert "partner" in found.values("lifecyclestage")
