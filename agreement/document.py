"""A short document of headings, paragraphs and lists, as plain text, Markdown or HTML."""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Literal

Format = Literal["text", "markdown", "html"]
WIDTH = 96
# The characters that Markdown would take for its own.
SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\*_`<>#|[]"})
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }}
h1 {{ line-height: 1.2; }} h2 {{ margin-top: 2rem; border-bottom: 1px solid; }} li {{ margin: .3rem 0; }}
@media print {{ body {{ margin: 0; max-width: none; }} h2, li {{ break-inside: avoid; }} }}
</style>
</head>
<body>
{body}
</body>
</html>
"""


@dataclass(frozen=True)
class Heading:
    """Level 1 is the title."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Points:
    """A list; the first part of an entry is set off from the rest."""

    entries: tuple[tuple[str, str], ...]


Block = Heading | Paragraph | Points


def render(blocks: list[Block], form: Format) -> str:
    """The document in one of the formats; ends in a line end."""
    if form == "html":
        title = next(block.text for block in blocks if isinstance(block, Heading))
        return PAGE.format(title=escape(title), body="\n".join(map(_html, blocks)))
    one: Callable[[Block], str] = _text if form == "text" else _markdown
    return "\n\n".join(map(one, blocks)) + "\n"


def _text(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{block.text}\n{('=' if block.level == 1 else '-') * len(block.text)}"
    if isinstance(block, Paragraph):
        return textwrap.fill(block.text, WIDTH)
    lines = [f"- {name}: {rest}" if name else f"- {rest}" for name, rest in block.entries]
    return "\n".join(textwrap.fill(line, WIDTH, subsequent_indent="  ") for line in lines)


def _markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {block.text.translate(SIGNS)}"
    if isinstance(block, Paragraph):
        return block.text.translate(SIGNS)
    entries = [(name.translate(SIGNS), rest.translate(SIGNS)) for name, rest in block.entries]
    return "\n".join(f"- **{name}**: {rest}" if name else f"- {rest}" for name, rest in entries)


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    entries = [
        f"<b>{escape(name)}</b>: {escape(rest)}" if name else escape(rest) for name, rest in block.entries
    ]
    return "<ul>\n" + "\n".join(f"<li>{entry}</li>" for entry in entries) + "\n</ul>"
