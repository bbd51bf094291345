"""However a file is mangled, it is accepted or refused in words, and never anything else."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreement.examples import EVERYTHING
from agreement.reader import loads
from errors import UsageProblem

TEXT = EVERYTHING.read_text(encoding="utf-8")
PIECES = [found.span() for found in re.finditer(r"[\w.%@'-]+|[{}\[\],:\"#]|\n *", TEXT)]
SHARP = [
    "",
    "[]",
    "{}",
    "null",
    "NO",
    "0",
    "-1",
    "1e9",
    "x",
    "'",
    '"',
    ": ",
    "- ",
    "&a ",
    "*a",
    "!!int ",
    "%",
    "\t",
]
ODD = ["<<", "? ", "|\n", "select 1", "a.b", "24:00", "2026-02-30", "\u0663", "\ufeff", "\x85", "(", "9" * 30]
INSTEAD = st.sampled_from([*SHARP, *ODD])


@given(st.lists(st.tuples(st.sampled_from(PIECES), INSTEAD), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_mangled_file_is_accepted_or_refused(changes: list[tuple[tuple[int, int], str]]) -> None:
    text = TEXT
    for (begins, ends), instead in sorted(changes, reverse=True):
        text = text[:begins] + instead + text[ends:]
    try:
        accepted = loads(text)
    except UsageProblem as refused:
        assert re.search(r"agreement\.yml:\d+:\d+: ", refused.message)
    else:
        assert accepted.versions


@pytest.mark.parametrize(
    ("mangled", "found"),
    [
        ("stages: &a [*a]", "used a second time"),
        ("a: &a {b: c}\nd: [*a, *a, *a]", "used a second time"),
        ("stages: " + "[" * 5000, "nested too deeply"),
        ("stages: " + "[" * 300 + "]" * 300, "An entry of `stages` is a list"),
        ("? [a, b]\n: c", "A name here is a list"),
    ],
    ids=["recursive", "repeated", "bottomless", "deep", "list_for_a_name"],
)
def test_what_yaml_allows_and_nobody_needs_is_refused(mangled: str, found: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        loads(mangled)
    assert found in refused.value.message
