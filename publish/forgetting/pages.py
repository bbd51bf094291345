"""Pages and sentences of a kept publication without some people: their rows go, their ids become dots."""

import re
from collections.abc import Collection
from pathlib import Path

from publish.data_docs import FOLDER as DATA_DOCS
from publish.publication import REPORT
from publish.report.digest import HTML, TEXT

DOTS = "…"
LONG_ENOUGH = 5  # a shorter number in a sentence is more likely a count than somebody's id
ROW = re.compile(r"<(tr|li)\b[^>]*>(?:(?!<\1\b).)*?</\1>", re.DOTALL)
NAMED = re.compile(r"\b[Ll]eads? [\w-]+(?:, [\w-]+)*")
# How the pages write a lead: a link or an id in the report, a row's first cell in the page of checks.
LINK = re.compile(r'<a href="[^"]*" rel="noreferrer">([^<]+)</a>')
PLAIN = re.compile(r'(?:<span class="id">|<tr><td>)([^<\s]+)(?=<)')


def rewrite(folder: Path, making: Path, ids: Collection[str]) -> None:
    """Write into `making` what of `folder`'s pages has to change, at the same places."""
    pages = [folder / REPORT, folder / HTML, folder / TEXT, *sorted((folder / DATA_DOCS).glob("**/*.html"))]
    for page in pages:
        if not page.is_file():
            continue
        said = page.read_text(encoding="utf-8")
        left = without(said, ids)
        if left != said:
            target = making / page.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(left, encoding="utf-8")


def without(page: str, ids: Collection[str]) -> str:
    """The page without the rows about any of `ids`, and without the ids elsewhere."""
    gone = set(ids)

    def kept(row: re.Match[str]) -> str:
        named = {*LINK.findall(row.group()), *PLAIN.findall(row.group())}
        return "" if named & gone else row.group()

    def dotted(link: re.Match[str]) -> str:
        return DOTS if link.group(1) in gone else link.group()

    left = LINK.sub(dotted, ROW.sub(kept, page))
    left = PLAIN.sub(lambda m: m.group().replace(m.group(1), DOTS) if m.group(1) in gone else m.group(), left)
    return scrubbed(left, ids)


def unlisted(text: str, ids: Collection[str]) -> str:
    """A list of ids, apart by blanks, without `ids`."""
    gone = set(ids)
    return " ".join(one for one in text.split() if one not in gone)


def scrubbed(text: str, ids: Collection[str]) -> str:
    """The text without `ids`: dots wherever leads are named, and for long ids wherever they stand."""
    gone = set(ids)

    def word(found: re.Match[str]) -> str:
        return DOTS if found.group() in gone else str(found.group())

    dotted = NAMED.sub(lambda listed: re.sub(r"[\w-]+", word, listed.group()), text)
    long = [re.escape(one) for one in sorted(gone) if len(one) >= LONG_ENOUGH]
    return re.sub(rf"(?<![\w])(?:{'|'.join(long)})(?![\w])", DOTS, dotted) if long else dotted
