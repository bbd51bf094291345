"""The digest arrives as a mail that any mailer shows: HTML, text, and its charts as pictures in it."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest

import publish
from tests.nightly.smtp import Mailbox, receiving
from tests.nightly.test_notices import CALM, RULE, TURNED
from tests.publish.company import AS_OF, HOSTILE
from tests.publish.conftest import Office

PASSWORD = "passwordThatNobodyMaySee"


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A mail server of this machine, and its address in the settings."""
    with receiving() as found:
        address = f"mailto://127.0.0.1:{found.port}/?from=sla@paradox.example&to=head@paradox.example"
        monkeypatch.setenv("NOTIFICATIONS__URLS", f"{address}&name=Agreement")
        yield found


def _part(mail: EmailMessage, kind: str) -> str:
    (found,) = [part for part in mail.walk() if part.get_content_type() == kind]
    content = found.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


def _assert_is_whole(mail: EmailMessage, office: Office) -> None:
    """Every picture that the page shows is in the mail, under the id by which the page calls it."""
    shown = publish.current(office.project)
    assert shown is not None
    digest = publish.digest_of(shown)
    assert digest is not None
    pictures = {
        part["content-id"].strip("<>"): part.get_content()
        for part in mail.walk()
        if part.get_content_type() == "image/png"
    }
    assert pictures == digest.pictures
    assert len(pictures) == 3
    assert set(re.findall(r'src="cid:([^"]+)"', _part(mail, "text/html"))) == pictures.keys()


def test_the_first_publication_of_a_week_comes_as_a_mail(
    tell: Callable[..., None], mailbox: Mailbox, office: Office
) -> None:
    monday = AS_OF + timedelta(days=6)
    tell("1", statuses=CALM)
    tell("2", as_of=AS_OF + timedelta(days=1))
    assert mailbox.mails == []
    tell("3", as_of=monday)
    (mail,) = mailbox.mails
    assert mailbox.recipients == [["head@paradox.example"]]
    shown = publish.current(office.project)
    assert shown is not None
    digest = publish.digest_of(shown)
    assert digest is not None
    assert mail["subject"] == digest.subject
    assert _part(mail, "text/html").strip() == digest.html.strip()
    assert "kept" in _part(mail, "text/plain")
    _assert_is_whole(mail, office)
    tell("4", as_of=monday + timedelta(days=1))
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize(("how_often", "mails"), [("never", 0), ("daily", 1), ("always", 3)])
def test_how_often_is_a_setting(
    tell: Callable[..., None],
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
    how_often: str,
    mails: int,
) -> None:
    monkeypatch.setenv("NOTIFICATIONS__DIGEST", how_often)
    tell("1", statuses=CALM)
    tell("2")
    tell("3", as_of=AS_OF + timedelta(days=1))
    assert len(mailbox.mails) == mails


def test_a_commitment_at_risk_comes_with_the_digest_below(
    tell: Callable[..., None], mailbox: Mailbox, office: Office
) -> None:
    tell("1", statuses=CALM)
    tell("2", statuses=TURNED)
    (mail,) = mailbox.mails
    assert mail["subject"] == "Paradox Marketing: A commitment is at risk"
    html = _part(mail, "text/html")
    assert html.index("75% where 95% is promised") < html.index("<h1")
    _assert_is_whole(mail, office)


def test_a_refused_run_comes_as_text_and_nothing_in_it_is_markup(
    tell: Callable[..., None], mailbox: Mailbox
) -> None:
    tell("1")
    tell("2", refusals=(RULE, f"Check {HOSTILE} failed: x"))
    (mail,) = mailbox.mails
    assert mail["subject"] == "Paradox Marketing: not published"
    assert "broken by 9 of 60 leads" in _part(mail, "text/plain")
    assert [part.get_content_type() for part in mail.walk()] == ["text/plain"]


def test_a_mail_server_that_is_away_is_a_warning(
    tell: Callable[..., None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"mailto://user:{PASSWORD}@127.0.0.1:1/?from=sla@paradox.example&to=head@paradox.example"
    monkeypatch.setenv("NOTIFICATIONS__URLS", address)
    monkeypatch.setenv("NOTIFICATIONS__DIGEST", "always")
    tell("1")
    assert capsys.readouterr().err == "Warning: The notification by mailto was not accepted.\n"
