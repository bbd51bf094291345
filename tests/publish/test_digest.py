"""The digest is ready for a mailer: no script, no style sheet, no reach outside, its figures the page's."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

import publish
from publish import Digest, Publication
from tests.publish.company import HOSTILE
from tests.publish.conftest import Office
from tests.publish.folders import assert_complete


class Elements(HTMLParser):
    """Collects start tags with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(html)
    return parser.found


@pytest.fixture
def published(make_office: Callable[..., Office]) -> Publication:
    return make_office(200).publish()


@pytest.fixture
def digest(published: Publication) -> Digest:
    """Of a publication with charts."""
    assert_complete(published.path)
    found = publish.digest_of(published)
    assert found is not None
    return found


def test_html_is_self_contained_and_plain(digest: Digest) -> None:
    elements = _elements(digest.html)
    assert not {"script", "style", "link", "svg", "form"} & {tag for tag, _ in elements}
    assert not [name for _, said in elements for name in said if name in ("class", "href")]
    assert len([tag for tag, _ in elements if tag == "table"]) > 3


def test_every_picture_is_a_png_that_is_attached_and_described(digest: Digest) -> None:
    shown = [said for tag, said in _elements(digest.html) if tag == "img"]
    assert {said["src"] for said in shown} == {f"cid:{name}" for name in digest.pictures}
    assert len(shown) == 3
    assert all(said["alt"] for said in shown)
    for picture in digest.pictures.values():
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        assert len(picture) > 3_000


def test_both_say_what_the_page_says(published: Publication, digest: Digest) -> None:
    page = re.sub(r"\s+", " ", published.report.read_text())
    headline = digest.subject.split(": ", 1)[1]
    assert headline in page
    assert headline in digest.html
    assert digest.subject == digest.text.splitlines()[0]
    for line in re.findall(r"^- (.+?): (.+?) of (.+?), (met|missed)", digest.text, re.MULTILINE):
        name, actual, target, _ = line
        assert name in digest.html
        assert f"<b>{actual}</b>" in digest.html
        assert target in page


def test_hostile_texts_are_text(office: Office) -> None:
    digest = publish.digest_of(office.publish(refusals=(HOSTILE,)))
    assert digest is not None
    assert HOSTILE in digest.text
    assert "<script" not in digest.html
    assert "&lt;script&gt;" in digest.html


def test_no_address_is_in_it(digest: Digest) -> None:
    assert "secret.example" not in (digest.html + digest.text).lower()


def test_a_refused_night_says_so_first(make_office: Callable[..., Office]) -> None:
    office = make_office(failing="mql_reachable")
    office.publish("1")
    said = "Rule mql_reachable: 11.7% of leads break it."
    refused = publish.digest_of(office.publish("2", refusals=(said,)))
    assert refused is not None
    assert refused.subject.endswith("not published")
    assert said in refused.text
    assert "This night was refused" in refused.html


def test_a_publication_without_one_has_none(published: Publication) -> None:
    (published.path / "digest.html").unlink()
    assert publish.digest_of(published) is None
