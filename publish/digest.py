"""The digest of a publication, as a mailer needs it."""

from dataclasses import dataclass

from publish.publication import Publication
from publish.report.digest import HTML, PICTURES, TEXT


@dataclass(frozen=True)
class Digest:
    """`html` refers to its pictures as `cid:<name>`; `pictures` are PNGs by name, to attach inline."""

    subject: str
    html: str
    text: str
    pictures: dict[str, bytes]


def digest_of(publication: Publication) -> Digest | None:
    """Read it from the publication's folder; None if it was published before there were digests."""
    if not (publication.path / HTML).is_file():
        return None
    html = (publication.path / HTML).read_text(encoding="utf-8")
    text = (publication.path / TEXT).read_text(encoding="utf-8")
    files = sorted((publication.path / PICTURES).glob("*.png"))
    return Digest(
        subject=text.split("\n", 1)[0],
        html=html.replace(f'src="{PICTURES}/', 'src="cid:'),
        text=text,
        pictures={file.name: file.read_bytes() for file in files},
    )
