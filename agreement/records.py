"""Groups with fixed names, and groups of which one name decides what the others are."""

from dataclasses import dataclass

from agreement.kinds import Json, Kind, named, sentence, shown
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
    """A group with fixed names.

    `elsewhere` are names that go with another variant of it, `decided_by` the name that chose this variant;
    of `any_of`, one must be there.
    """

    expected: str
    example: str
    fields: dict[str, Field]
    elsewhere: tuple[str, ...] = ()
    decided_by: str = ""
    any_of: tuple[str, ...] = ()

    def read(self, node: Node, label: str, problems: Problems) -> Node | None:
        """The usable fields; unknown names and missing ones are noted."""
        if not isinstance(node, Mapping):
            found, example = f"{named(label)} is {node.what}", shown(label, self.example)
            problems.add(node, sentence(found), self.expected, example=example)
            return None
        cut_off = {
            before for name, before in self._unknown(node) if self._note(node, name, before, label, problems)
        }
        self._missing(node, label, problems)
        kept: dict[str, Node] = {}
        for name, value in node.values.items():
            one = self.fields.get(name)
            usable = one.kind.read(value, name, problems) if one and name not in cut_off else None
            if usable is not None:
                kept[name] = usable
        return node.keep(kept)

    def _unknown(self, node: Mapping) -> list[tuple[str, str]]:
        """Names that are not ours, each with the name before it."""
        names = list(node.keys)
        return [
            (name, names[place - 1] if place else "")
            for place, name in enumerate(names)
            if name not in self.fields
        ]

    def _note(self, node: Mapping, name: str, before: str, label: str, problems: Problems) -> bool:
        """Note an unknown name; True if it is only the rest of the value before it, cut off by a comma."""
        key, value = node.keys[name], node.values[name]
        if node.flow and before and isinstance(value, Scalar) and not value.text and not value.quoted:
            problems.add(
                key,
                f"The value of `{before}` ends before '{name}': inside braces {{ }} a comma ends a value.",
                "quotes around a value with a comma",
                example="where: \"country in ('AU', 'NZ')\"",
            )
            return True
        near = None if name in self.elsewhere else nearest(name, self.fields)
        example = f"{near}: {self.fields[near].kind.example}" if near else shown(label, self.example)
        with_what = f"go with `{self.decided_by}`" if name in self.elsewhere else f"belong in {named(label)}"
        problems.add(
            key,
            f"`{name}` does not {with_what}.",
            f"one of: {', '.join(self.fields)}",
            nearest=near,
            example=example,
        )
        return False

    def _missing(self, node: Mapping, label: str, problems: Problems) -> None:
        for name, one in self.fields.items():
            if one.required and name not in node.values:
                problems.add(
                    node,
                    sentence(f"{named(label)} has no `{name}`"),
                    f"`{name}`: {one.means}",
                    example=f"{name}: {one.kind.example}",
                )
        if self.any_of and not any(name in node.values for name in self.any_of):
            problems.add(
                node,
                sentence(f"{named(label)} has neither of `{'`, `'.join(self.any_of)}`"),
                self.expected,
                example=shown(label, self.example),
            )

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
    """A group that is one of several records: the one whose deciding name is in it.

    `called` is the field with its own name, which others may refer to even if nothing else of it is usable.
    """

    expected: str
    by_name: dict[str, Record]
    missing: str
    called: str = ""

    @property
    def example(self) -> str:
        """The first variant's."""
        return next(iter(self.by_name.values())).example

    def read(self, node: Node, label: str, problems: Problems) -> Node | None:
        """What the record of the deciding name makes of it; none or two deciding names are noted."""
        if not isinstance(node, Mapping):
            found = sentence(f"{named(label)} is {node.what}")
            problems.add(node, found, self.expected, example=shown(label, self.example))
            return None
        deciding = [name for name in self.by_name if name in node.values]
        if len(deciding) == 1:
            return self.by_name[deciding[0]].read(node, label, problems)
        near = None
        if not deciding:
            near = next(
                (one for name in node.values if (one := nearest(name, self.by_name)) and name != "within"),
                None,
            )
        found = f"has both `{'` and `'.join(deciding)}`" if deciding else self.missing
        example = shown(label, self.by_name[near].example if near else self.example)
        expected = f"exactly one of: {', '.join(self.by_name)}"
        problems.add(node, sentence(f"{named(label)} {found}"), expected, nearest=near, example=example)
        return node.keep({name: value for name, value in node.values.items() if name == self.called})

    def schema(self) -> Json:
        """Exactly one of the records."""
        return {"oneOf": [record.schema() for record in self.by_name.values()]}
