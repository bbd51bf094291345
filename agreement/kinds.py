"""What may stand where: values, lists, groups with fixed names, and groups with names of one's own.

Each kind reads a node, notes what is wrong with it and gives back what is usable of it; and each says the
same as JSON Schema, for editors.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from agreement.nodes import Mapping, Node, Scalar, Sequence
from agreement.problems import Fault, Problems, nearest

Json = dict[str, Any]


ENTRY = "[]"


def named(label: str) -> str:
    """What a label stands for, for a sentence: `share`, an entry of `days`, or the agreement as a whole."""
    if not label:
        return "the agreement"
    return f"an entry of `{label.removesuffix(ENTRY)}`" if label.endswith(ENTRY) else f"`{label}`"


def shown(label: str, example: str) -> str:
    """How the example is written under its label."""
    if not label.endswith(ENTRY):
        return f"{label}: {example}" if label else example
    return f"- {example}" if example.startswith("{") else f"{label.removesuffix(ENTRY)}: [{example}]"


def sentence(text: str) -> str:
    """With a capital letter and a full stop."""
    return f"{text[0].upper()}{text[1:]}."


class Kind(Protocol):
    """What may stand at some place of the file."""

    @property
    def expected(self) -> str:
        """What is expected, for a sentence."""

    @property
    def example(self) -> str:
        """How it is written, on one line."""

    def read(self, node: Node, label: str, problems: Problems) -> Node | None:
        """What is usable of `node`; the rest is noted. `label` is its name, and ends in [] for an entry."""

    def schema(self) -> Json:
        """The same as JSON Schema."""


@dataclass(frozen=True)
class Value:
    """A single value; `judge` says what is wrong with it."""

    expected: str
    example: str
    judge: Callable[[Scalar], Fault | None]
    json: Json

    def read(self, node: Node, label: str, problems: Problems) -> Node | None:
        """The value itself, if it is right."""
        fault = self.judge(node) if isinstance(node, Scalar) else Fault(f"is {node.what}")
        if fault is None:
            return node
        example = fault.example or fault.nearest or self.example
        found = sentence(f"{named(label)} {fault.found}")
        expected = fault.expected or self.expected
        problems.add(node, found, expected, nearest=fault.nearest, example=shown(label, example))
        return None

    def schema(self) -> Json:
        """As given."""
        return dict(self.json)


@dataclass(frozen=True)
class ListOf:
    """A list of one kind; `unique` if nothing may be in it twice."""

    item: Kind
    unique: bool = False
    at_least: int = 0

    @property
    def expected(self) -> str:
        """What is expected."""
        return f"a list, each entry {self.item.expected}"

    @property
    def example(self) -> str:
        """A list of one."""
        return f"[{self.item.example}]"

    def read(self, node: Node, label: str, problems: Problems) -> Node | None:
        """The usable entries."""
        example = shown(label, self.example)
        if not isinstance(node, Sequence):
            problems.add(node, sentence(f"{named(label)} is {node.what}"), self.expected, example=example)
            return None
        if len(node.items) < self.at_least:
            problems.add(node, sentence(f"{named(label)} is an empty list"), self.expected, example=example)
        items = [self.item.read(item, label + ENTRY, problems) for item in node.items]
        kept = tuple(item for item in items if item is not None)
        if self.unique:
            _note_doubles(kept, label, example, problems)
        return Sequence(node.line, node.column, kept)

    def schema(self) -> Json:
        """An array."""
        json: Json = {"type": "array", "items": self.item.schema()}
        return (
            json
            | ({"uniqueItems": True} if self.unique else {})
            | ({"minItems": self.at_least} if self.at_least else {})
        )


def _note_doubles(items: tuple[Node, ...], label: str, example: str, problems: Problems) -> None:
    seen: set[str] = set()
    for item in items:
        if isinstance(item, Scalar) and item.text in seen:
            problems.add(
                item, sentence(f"{named(label)} has '{item.text}' twice"), "each entry once", example=example
            )
        seen.add(item.text if isinstance(item, Scalar) else "")


@dataclass(frozen=True)
class Named:
    """A group whose names are the signers' own, such as calendars; `name` is the kind of the names."""

    name: Value
    value: Kind
    example: str
    must_have: str | None = None

    @property
    def expected(self) -> str:
        """What is expected."""
        return f"names of your own, each with {self.value.expected}"

    def read(self, node: Node, label: str, problems: Problems) -> Node | None:
        """The entries whose name and value are usable."""
        example = shown(label, self.example)
        if not isinstance(node, Mapping):
            problems.add(node, sentence(f"{named(label)} is {node.what}"), self.expected, example=example)
            return None
        if self.must_have and self.must_have not in node.values:
            near = nearest(self.must_have, node.values)
            found, expected = (
                f"{named(label)} has no `{self.must_have}`",
                f"`{self.must_have}` among its names",
            )
            problems.add(
                node, sentence(found), expected, nearest=near and f"it in place of {near}", example=example
            )
        kept: dict[str, Node] = {}
        for name, value in node.values.items():
            right = self.name.read(node.keys[name], name, problems)
            usable = self.value.read(value, name, problems)
            if right is not None and usable is not None:
                kept[name] = usable
        return node.keep(kept)

    def schema(self) -> Json:
        """An object with names by pattern."""
        names = {key: self.name.json[key] for key in ("pattern", "enum") if key in self.name.json}
        json: Json = {"type": "object", "additionalProperties": self.value.schema()}
        json |= {"propertyNames": names} if names else {}
        return json | ({"required": [self.must_have]} if self.must_have else {})
