"""From YAML text to nodes: syntax, keys written twice, and nothing of YAML's own idea of types."""

import re

import yaml

from agreement.nodes import Mapping, Node, Scalar, Sequence
from agreement.problems import Problems

# What PyYAML says, what it means to a person, what was expected, and an example.
SYNTAX = (
    (r"'\\t'", "a tab", "spaces: YAML allows no tabs before a value", None),
    (r"'[%@`]'", "a text that begins with a sign YAML keeps for itself", "quotes around it", '"@example"'),
    (
        r"values are not allowed",
        "a second colon",
        "quotes around a text with a colon",
        'because: "Sales: call"',
    ),
    (r"undefined alias|'\*'", "a text that begins with *", "quotes around it", '"*"'),
    (r"single document", "a second document (a line of ---)", "one agreement in one file", None),
    (
        r"'[\]}]'",
        "a bracket, brace or quote is not closed, or a text in braces has a comma and no quotes around it",
        "quotes around a text with a comma, commas between entries, ] or } at the end",
        """{segment: home, where: "country in ('AU', 'NZ')"}""",
    ),
    (r"quoted scalar", "a quote that is not closed", "the same quote at the end", '"17:00"'),
    (
        r"block end",
        "a line out of line with its neighbours, or text after a closing quote",
        "names of one group under each other; one pair of quotes around a whole text",
        "where: \"intent = 'Demo'\"",
    ),
)


class _At:
    def __init__(self, mark: yaml.Mark | None) -> None:
        self.line = mark.line + 1 if mark else 1
        self.column = mark.column + 1 if mark else 1


def read(text: str, problems: Problems) -> Node | None:
    """The nodes of the file; None if it is empty or not YAML, which is then a problem noted."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        _syntax(error, problems)
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        place = Scalar(before.count("\n") + 1, error.position - before.rfind("\n"), "")
        problems.add(place, "An invisible control character stands here.", "text: delete it and type it anew")
    except RecursionError:
        problems.add(
            Scalar(1, 1, ""), "The brackets in this file are nested too deeply.", "a few levels of them"
        )
    else:
        if root is not None:
            return _Reading(problems).node(root)
        problems.add(Scalar(1, 1, ""), "The file is empty.", "an agreement; `smarketing init` writes one")
    return None


def _syntax(error: yaml.MarkedYAMLError, problems: Problems) -> None:
    said = f"{error.context or ''} {error.problem or ''}"
    at = _At(error.problem_mark or error.context_mark)
    for pattern, found, expected, example in SYNTAX:
        if re.search(pattern, said):
            problems.add(at, f"This is not YAML: {found}.", expected, example=example)
            return
    problems.add(
        at, f"This is not YAML: {said.strip()}.", "names and values, as `smarketing init` writes them"
    )


class _Reading:
    """From PyYAML's nodes to ours. Each is read once: what refers back to another part is refused."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._seen: set[int] = set()

    def node(self, node: yaml.Node) -> Node:
        at = _At(node.start_mark)
        if isinstance(node, yaml.ScalarNode):
            text = node.value if node.style in ("'", '"') else node.value.strip()
            return Scalar(at.line, at.column, text, quoted=node.style is not None)
        if id(node) in self._seen:
            found = "This part is used a second time, by a text that begins with *."
            self._problems.add(
                at, found, "the part written out again, or quotes around the text", example='"*"'
            )
            return Sequence(at.line, at.column)
        self._seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return Sequence(at.line, at.column, tuple(self.node(item) for item in node.value))
        return self._mapping(node, at)

    def _mapping(self, node: yaml.Node, at: _At) -> Mapping:
        mapping = Mapping(at.line, at.column, flow=bool(getattr(node, "flow_style", False)))
        for key_node, value_node in node.value:
            key = self.node(key_node)
            if not isinstance(key, Scalar):
                self._problems.add(key, f"A name here is {key.what}.", "one word before the colon")
            elif key.text in mapping.keys:
                first = mapping.keys[key.text].line
                found = f"`{key.text}` stands here a second time; the first is in line {first}."
                self._problems.add(key, found, "each name once: keep one of the two")
            else:
                mapping.keys[key.text] = key
                mapping.values[key.text] = self.node(value_node)
        return mapping
