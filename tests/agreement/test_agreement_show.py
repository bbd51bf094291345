"""The agreement in plain English, in each format; and what changed between two versions."""

from html.parser import HTMLParser
from typing import get_args

import pytest
from syrupy.assertion import SnapshotAssertion

import agreement
from agreement.document import Format
from agreement.examples import EVERYTHING, TO_BEGIN_WITH
from agreement.reader import loads
from agreement.show import show
from tests.agreement.broken import BASE


@pytest.mark.parametrize("form", get_args(Format))
def test_everything_is_shown(form: Format, snapshot: SnapshotAssertion) -> None:
    assert show(agreement.load(EVERYTHING), form) == snapshot


def test_the_first_agreement_is_shown_without_changes(snapshot: SnapshotAssertion) -> None:
    shown = show(agreement.load(TO_BEGIN_WITH))
    assert "What changed" not in shown
    assert shown == snapshot


def test_every_rule_and_commitment_is_in_it() -> None:
    given = agreement.load(EVERYTHING)
    shown = show(given)
    names = [one.commitment for one in given.versions[-1].commitments]
    names += [rule.rule for rules in given.versions[-1].definitions.values() for rule in rules]
    assert [name for name in names if f"- {name.replace('_', ' ')}: " not in shown] == []


def test_a_new_version_says_what_changed() -> None:
    old = BASE[BASE.index("  - version: 2026-Q4") :]
    until_its_waivers = old[: old.index("    waivers:")]  # they end before the new version begins
    new = (
        until_its_waivers.replace("2026-Q4", "2027-Q1")
        .replace("2026-10-01", "2027-01-01")
        .replace("share: 90%", "share: 92.5%", 1)
    )
    new = new.replace("mql_reachable", "mql_mailable").replace("target: 400", "target: 450")
    changes = show(loads(BASE + new)).split("What changed since version 2026-Q4")[1].split("The funnel")[0]
    assert "- mql volume (marketing): Target was 400, is now 450." in changes
    assert "- first response (sales): Share was 90%, is now 92.5%." in changes
    assert "- mql mailable (marketing qualified lead): New. Email is known." in changes
    assert "- mql reachable (marketing qualified lead): Gone." in changes
    assert "follow up" not in changes


class Checked(HTMLParser):
    """Fails on a tag that is closed in the wrong order, and keeps the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_is_well_formed_and_nothing_in_the_file_becomes_markup() -> None:
    page = Checked()
    page.feed(show(loads(BASE.replace("Head of Sales", '"<script>alert(1)</script>"')), "html"))
    assert page.open == []
    assert "<script>alert(1)</script>" in page.text


def test_markdown_signs_in_the_file_stay_text() -> None:
    assert "Paradox \\*Marketing\\*" in show(loads(BASE.replace("x Marketing", "x *Marketing*")), "markdown")
