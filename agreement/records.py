"""Groups with fixed names, and groups of which one name decides what the others are."""

from dataclasses import dataclass

from agreement.kinds import Json, Kind
from agreement.nodes import Mapping, Node, Scalar
from agreement.problems import Problems, nearest


@dataclass(frozen=True)
class Field:
    """One name of a record: its kind, what it means (editors show this), and whether it must be there."""

    kind: Kind
    means: str
    required: bool = False

    def schema(self) -> Json:
        """The kind's, with the description."""
        return {"description": self.means} | self.kind.schema()


@dataclass(frozen=True)
class Record:
    """A group with fixed names."""

    expected: str
    example: str
    fields: dict[str, Field]
    elsewhere: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()

    def read(self, node: Node, label: str, problems: Problems) -> Node | None:
        """The usable fields; unknown names and missing ones are noted."""
        if not isinstance(node, Mapping):
            problems.add(node, f"`{label}` is {node.what}.", self.expected, example=self.example)
            return None
        for name, key in node.keys.items():
            if name not in self.fields:
                self._unknown(node, key, label, problems)
        missing = [name for name, one in self.fields.items() if one.required and name not in node.values]
        if self.any_of and not any(name in node.values for name in self.any_of):
            missing.append("` or `".join(self.any_of))
        for name in missing:
            one = self.fields.get(name)
            expected = f"`{name}`: {one.means}" if one else self.expected
            example = f"{name}: {one.kind.example}" if one else self.example
            problems.add(node, f"`{label}` has no `{name}`.", expected, example=example)
        kept: dict[str, Node] = {}
        for name, value in node.values.items():
            usable = self.fields[name].kind.read(value, name, problems) if name in self.fields else None
            if usable is not None:
                kept[name] = usable
        return node.keep(kept)

    def _unknown(self, node: Mapping, key: Scalar, label: str, problems: Problems) -> None:
        value = node.values[key.text]
        cut_off = node.flow and isinstance(value, Scalar) and not value.text and not value.quoted
        if cut_off:
            problems.add(
                key,
                f"`{label}` is cut off before '{key.text}': inside braces {{ }} a comma ends a value.",
                "quotes around a value with a comma in it",
                example="where: \"country in ('AU', 'NZ')\"",
            )
            return
        names = ", ".join(self.fields)
        found = f"`{key.text}` is not a part of `{label}`."
        if key.text in self.elsewhere:
            found = f"`{key.text}` does not go with this kind of `{label}`."
        near = nearest(key.text, self.fields)
        problems.add(key, found, f"one of: {names}", nearest=near, example=self.example)

    def schema(self) -> Json:
        """A closed object."""
        json: Json = {
            "type": "object",
            "properties": {name: one.schema() for name, one in self.fields.items()},
            "additionalProperties": False,
        }
        required = [name for name, one in self.fields.items() if one.required]
        json |= {"required": required} if required else {}
        return json | ({"anyOf": [{"required": [name]} for name in self.any_of]} if self.any_of else {})


@dataclass(frozen=True)
class Variants:
    """A group that is one of several records: the one whose deciding name is in it."""

    expected: str
    by_name: dict[str, Record]
    missing: str

    @property
    def example(self) -> str:
        """The first variant's."""
        return next(iter(self.by_name.values())).example

    def read(self, node: Node, label: str, problems: Problems) -> Node | None:
        """What the record of the deciding name makes of it; none or two deciding names are noted."""
        if not isinstance(node, Mapping):
            problems.add(node, f"`{label}` is {node.what}.", self.expected, example=self.example)
            return None
        deciding = [name for name in self.by_name if name in node.values]
        if len(deciding) == 1:
            return self.by_name[deciding[0]].read(node, label, problems)
        near = [one for one in (nearest(name, self.by_name) for name in node.values if len(name) > 4) if one]
        found = f"has both `{'` and `'.join(deciding)}`" if deciding else self.missing
        if deciding:
            near = []
        problems.add(
            node,
            f"An entry of `{label}` {found}.",
            f"exactly one of: {', '.join(self.by_name)}",
            nearest=near[0] if near else None,
            example=self.example,
        )
        return None

    def schema(self) -> Json:
        """Exactly one of the records."""
        return {"oneOf": [record.schema() for record in self.by_name.values()]}
