"""What an editor's YAML 1.2 reader makes of a text: the data that a JSON Schema is held against."""

import re
from typing import Any

from agreement.nodes import Mapping, Node, Scalar, Sequence
from agreement.problems import Problems
from agreement.yaml_text import read

WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def data(text: str) -> Any:
    """The whole text as lists, dictionaries and values."""
    root = read(text, Problems())
    assert root is not None
    return _value(root)


def _value(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {name: _value(value) for name, value in node.values.items()}
    if isinstance(node, Sequence):
        return [_value(item) for item in node.items]
    return node.text if node.quoted else _plain(node)


def _plain(scalar: Scalar) -> Any:
    text = scalar.text
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    if re.fullmatch(r"[-+]?\d+", text):
        return int(text)
    return float(text) if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", text) else text
