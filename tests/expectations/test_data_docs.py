"""The page that says what was checked: for people, whole in itself, and nobody's address in it."""

import re
from html.parser import HTMLParser
from pathlib import Path

from agreement import Agreement
from tests.expectations.company import Company, lead
from tests.expectations.signed import agree, rule, version

HOSTILE = "<img src=x onerror=alert(1)>"


class Reader(HTMLParser):
    """The text of a page, and every address that it would fetch from."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.fetched: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.fetched += [str(value) for name, value in attrs if name in ("src", "href", "srcset", "action")]

    def handle_data(self, data: str) -> None:
        self.text.append(" ".join(data.split()))


def read(company: Company) -> Reader:
    page = Reader()
    page.feed(file(company).read_text(encoding="utf-8"))
    return page


def file(company: Company) -> Path:
    return company.project.state_dir / "data_docs" / "index.html"


def signed(company: Company, **given: object) -> Agreement:
    rules = [
        rule("mql_reachable", "email is not null", because=f"Sales must reach it. {HOSTILE}", tolerance="1%"),
        rule("mql_country", f"country <> '{HOSTILE}'", severity="warning"),
    ]
    return agree(company.root, version("v1", "2026-01-01", {"marketing_qualified_lead": rules}), **given)


def test_it_speaks_of_rules_and_reasons_not_of_expectations(company: Company) -> None:
    company.night([lead("1", email=None), lead("2")])
    outcome = company.check(signed(company))
    said = "\n".join(read(company).text)
    assert "MQL reachable" in said
    assert f"Sales must reach it. {HOSTILE}" in said
    assert "Broken by too many" in said
    assert "1 of 2 leads break it (50.0%); 1% is tolerated." in said
    assert "0 of 2 leads break it (0.0%); none may." in said
    assert "These numbers were not published" in said
    assert outcome.refusals[0] in said
    assert not re.search(r"expect_|unexpected_rows|ExpectRows", said)


def test_it_needs_nothing_from_anywhere_and_runs_nothing(company: Company) -> None:
    company.night([lead("1", country=HOSTILE, email=HOSTILE)])
    company.check(signed(company))
    page = read(company)
    assert page.fetched == []
    assert not page.tags & {"img", "script", "link", "iframe", "form"}
    assert "url(" not in file(company).read_text(encoding="utf-8")
    assert any(HOSTILE in text for text in page.text), "the value is there, as text"


def test_no_address_is_in_it_that_the_agreement_keeps_back(company: Company) -> None:
    company.night([lead("1", email="ana@secret.example", phone=None)])
    rules = [rule("r", "email is null and phone is not null")]
    kept_back = {"privacy": {"email": "hash", "phone": "drop"}}
    company.check(agree(company.root, version("v1", "2026-01-01", {"lead": rules}), **kept_back))
    text = file(company).read_text(encoding="utf-8")
    assert "secret" not in text
    assert re.search(r"email: [0-9a-f]{12}…", text)


def test_a_broken_table_is_named_and_the_next_night_replaces_the_page(company: Company) -> None:
    company.night([lead("1")])
    company.sql("insert into marts.leads select * from marts.leads")
    company.check(signed(company))
    assert any("marts.leads, key" in text for text in read(company).text)
    company.night([lead("1")])
    assert company.check(signed(company)).refusals == ()
    assert "Nothing stood against publishing." in read(company).text
    assert [path.name for path in company.project.state_dir.glob("data_docs*")] == ["data_docs"]


def test_a_rule_that_could_not_be_checked_says_so(company: Company) -> None:
    company.night([lead("1")])
    rules = [rule("r", "employees > 1", judge="entry")]
    company.check(agree(company.root, version("v1", "2026-01-01", {"marketing_qualified_lead": rules})))
    said = read(company).text
    assert "Could not be checked" in said
    assert any("keeps no history of employees" in text for text in said)
