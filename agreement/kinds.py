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


class Kind(Protocol):
    """What may stand at some place of the file."""

    @property
    def expected(self) -> str:
        """What is expected, for a sentence."""

    @property
    def example(self) -> str:
        """How it is written, on one line."""

    def read(self, node: Node, label: str, problems: Problems) -> Node | None:
        """What is usable of `node`; the rest is noted. `label` is the name it stands under."""

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
        example = fault.example or self.example
        problems.add(
            node,
            f"`{label}` {fault.found}.",
            fault.expected or self.expected,
            nearest=fault.nearest,
            example=f"{label}: {example}",
        )
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
        example = f"{label}: {self.example}"
        if not isinstance(node, Sequence):
            problems.add(node, f"`{label}` is {node.what}.", self.expected, example=example)
            return None
        if len(node.items) < self.at_least:
            problems.add(node, f"`{label}` is an empty list.", self.expected, example=example)
        seen: set[str] = set()
        kept: list[Node] = []
        for item in node.items:
            usable = self.item.read(item, label, problems)
            if self.unique and isinstance(usable, Scalar) and usable.text in seen:
                problems.add(
                    item, f"`{label}` names '{usable.text}' twice.", "each entry once", example=example
                )
            elif usable is not None:
                kept.append(usable)
                seen.add(usable.text if isinstance(usable, Scalar) else "")
        return Sequence(node.line, node.column, tuple(kept))

    def schema(self) -> Json:
        """An array."""
        json: Json = {"type": "array", "items": self.item.schema()}
        return (
            json
            | ({"uniqueItems": True} if self.unique else {})
            | ({"minItems": self.at_least} if self.at_least else {})
        )


@dataclass(frozen=True)
class Named:
    """A group whose names are the signers' own, such as calendars; `name` is the kind of the names."""

    name: Value
    value: Kind
    must_have: tuple[str, ...] = ()

    @property
    def expected(self) -> str:
        """What is expected."""
        return f"names of your own, each with {self.value.expected}"

    @property
    def example(self) -> str:
        """One entry in braces."""
        return f"{{{self.name.example}: {self.value.example}}}"

    def read(self, node: Node, label: str, problems: Problems) -> Node | None:
        """The entries whose name and value are usable."""
        if not isinstance(node, Mapping):
            problems.add(
                node, f"`{label}` is {node.what}.", self.expected, example=f"{label}: {self.example}"
            )
            return None
        for name in self.must_have:
            if name not in node.values:
                near = nearest(name, node.values)
                problems.add(
                    node,
                    f"`{label}` has no `{name}`.",
                    f"`{name}` among them",
                    example=self.example,
                    nearest=f"`{name}` in place of `{near}`" if near else None,
                )
        kept: dict[str, Node] = {}
        for name, value in node.values.items():
            right = self.name.read(node.keys[name], f"{label}: {name}", problems)
            usable = self.value.read(value, name, problems)
            if right is not None and usable is not None:
                kept[name] = usable
        return node.keep(kept)

    def schema(self) -> Json:
        """An object with names by pattern."""
        names = {key: self.name.json[key] for key in ("pattern", "enum") if key in self.name.json}
        json: Json = {"type": "object", "additionalProperties": self.value.schema()}
        json |= {"propertyNames": names} if names else {}
        return json | ({"required": list(self.must_have)} if self.must_have else {})
