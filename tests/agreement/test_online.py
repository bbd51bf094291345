"""Whatever an agreement names and the CRM does not have is found, at its place and with the nearest name."""

from pathlib import Path

import pytest

from agreement.online import check_online
from agreement.portal import Portal, Property
from errors import UsageProblem
from tests.agreement.broken import BASE

PORTAL = Portal(
    properties={
        "contact": {
            "recent_conversion_event_name": Property("string"),
            "recent_conversion_date": Property("datetime"),
            "hs_analytics_source": Property("enumeration", frozenset({"PAID_SEARCH", "OFFLINE"})),
            "lifecyclestage": Property(
                "enumeration",
                frozenset({"lead", "marketingqualifiedlead", "salesqualifiedlead", "customer", "partner"}),
            ),
            "hs_lead_status": Property("enumeration", frozenset({"NEW", "UNQUALIFIED"})),
        },
        "company": {"numberofemployees": Property("number")},
    },
    owners={"1": "queue@example.com"},
    former_owners={"2": "kiri@example.com"},
    teams=frozenset({"AU Sales", "Marketing"}),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "agreement.yml"


def refused(file: Path, old: str, new: str) -> str:
    """The one problem, without the file's name and the heading."""
    assert old in BASE
    file.write_text(BASE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UsageProblem) as problem:
        check_online(file, PORTAL)
    heading, *problems = problem.value.message.split("\n\n")
    assert "1 problem" in heading
    return problems[0].removeprefix(f"{file}:")


def place_of(text: str, word: str) -> str:
    line, found = next((n, line) for n, line in enumerate(text.splitlines(), 1) if word in line)
    return f"{line}:{found.index(word) + 1}: "


@pytest.mark.parametrize(
    ("old", "new", "word", "found", "meant"),
    [
        (
            "company.numberofemployees",
            "company.numberofemployes",
            "company.numberofemployes",
            "The CRM's companies have no property called 'numberofemployes'.",
            "company.numberofemployees",
        ),
        (
            "recent_conversion_event_name",
            "recent_conversion_evnt_name",
            "recent_conversion_evnt_name",
            "The CRM's contacts have no property called 'recent_conversion_evnt_name'.",
            "recent_conversion_event_name",
        ),
        (
            "hubspot: [salesqualifiedlead]",
            "hubspot: [salesqualified]",
            "salesqualified]",
            "The CRM has no lifecycle stage 'salesqualified'.",
            "salesqualifiedlead",
        ),
        (
            "lead_status: [UNQUALIFIED]",
            "lead_status: [UNQALIFIED]",
            "UNQALIFIED",
            "The CRM has no lead status 'UNQALIFIED'.",
            "UNQUALIFIED",
        ),
        (
            "PAID_SEARCH: paid",
            "PAID_SERCH: paid",
            "PAID_SERCH",
            "The CRM has no value of hs_analytics_source 'PAID_SERCH'.",
            "PAID_SEARCH",
        ),
        (
            '"team:Marketing"',
            '"team:Marketeers"',
            '"team:Marketeers"',
            "The CRM has no team 'Marketeers'.",
            '"team:Marketing"',
        ),
        (
            '"owner:queue@example.com"',
            '"owner:queues@example.com"',
            '"owner:queues@example.com"',
            "The CRM has no owner 'queues@example.com'.",
            '"owner:queue@example.com"',
        ),
    ],
)
def test_what_the_crm_does_not_have_is_named(  # noqa: PLR0917 -- one row of the table above
    file: Path, old: str, new: str, word: str, found: str, meant: str
) -> None:
    said = refused(file, old, new)
    lines = said.split("\n")
    assert lines[0] == place_of(file.read_text(), word) + found
    assert lines[1].startswith("  Expected: ")
    assert lines[2] == f"  Did you mean: {meant}"


def test_a_column_of_another_type_is_an_error(file: Path) -> None:
    said = refused(
        file, "{hubspot: recent_conversion_date, type: date}", "{hubspot: hs_lead_status, type: date}"
    )
    assert "'hs_lead_status' is of type enumeration in the CRM" in said
    assert "type: string" in said


def test_everything_is_told_at_once(file: Path) -> None:
    text = BASE.replace("[lead]", "[led]").replace("AU Sales", "NZ Sales").replace("PAID_SEARCH", "PAID")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem, match="4 problems") as problem:
        check_online(file, PORTAL)
    assert problem.value.message.count("NZ Sales") > 1  # the department's, and the waiver's


def test_names_are_compared_as_the_models_do(file: Path) -> None:
    text = BASE.replace('"team:AU Sales"', '"team:au sales"').replace(
        '"owner:queue@example.com"', '"owner:1"'
    )
    file.write_text(text.replace("team: AU Sales", "team: au sales"), encoding="utf-8")
    assert check_online(file, PORTAL)


def test_what_is_not_wrong_but_worth_knowing_is_noted(file: Path) -> None:
    file.write_text(BASE, encoding="utf-8")
    stages, gone = check_online(file, PORTAL)
    assert "The CRM also has partner" in stages
    assert gone.startswith("kiri@example.com is deactivated in the CRM")
