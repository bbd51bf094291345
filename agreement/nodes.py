"""The file as written: scalars, mappings and lists, each with its place. No value is guessed at here."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Scalar:
    """One value, as its text. `quoted`: it stands in quotes or a block, so YAML makes nothing else of it."""

    line: int
    column: int
    text: str
    quoted: bool = False

    @property
    def what(self) -> str:
        """What it is, for a sentence."""
        return f"'{self.text}'" if self.text else "empty"


@dataclass(frozen=True)
class Sequence:
    """A list."""

    line: int
    column: int
    items: tuple["Node", ...] = ()

    what = "a list"


@dataclass(frozen=True)
class Mapping:
    """Names with values. `flow`: written in braces, where a comma ends a value."""

    line: int
    column: int
    keys: dict[str, Scalar] = field(default_factory=dict)
    values: dict[str, "Node"] = field(default_factory=dict)
    flow: bool = False

    what = "a group of names and values"

    def keep(self, values: dict[str, "Node"]) -> "Mapping":
        """The same mapping with these values only."""
        return Mapping(self.line, self.column, self.keys, values, self.flow)

    def text(self, name: str) -> str | None:
        """The text of a value; None if it is absent, unusable, or no scalar."""
        value = self.values.get(name)
        return value.text if isinstance(value, Scalar) else None

    def part(self, name: str) -> "Mapping":
        """The mapping under a name; an empty one at the same place if there is none."""
        value = self.values.get(name)
        return value if isinstance(value, Mapping) else Mapping(self.line, self.column)

    def list(self, name: str) -> tuple["Node", ...]:
        """The items of the list under a name; none if it is absent."""
        value = self.values.get(name)
        return value.items if isinstance(value, Sequence) else ()

    def parts(self, name: str) -> Iterator["Mapping"]:
        """The mappings in the list under a name."""
        return (item for item in self.list(name) if isinstance(item, Mapping))

    def scalars(self, name: str) -> Iterator[Scalar]:
        """The scalars in the list under a name."""
        return (item for item in self.list(name) if isinstance(item, Scalar))


Node = Scalar | Sequence | Mapping


def as_written(node: Node) -> Any:
    """Lists, mappings and texts, without their places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [as_written(item) for item in node.items]
    return {name: as_written(value) for name, value in node.values.items()}
