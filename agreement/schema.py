"""JSON Schema of agreement.yml, so that editors complete names and underline mistakes."""

from typing import Any

from agreement.grammar import AGREEMENT


def schema() -> dict[str, Any]:
    """The file as written, not the normalised object; what no schema can say, `agreement check` finds."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "agreement.yml",
        "description": "What marketing and sales signed: definitions, rules, commitments, calendars.",
        **AGREEMENT.schema(),
    }
