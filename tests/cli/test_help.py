"""Every command explains itself; asking for help costs next to nothing."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli import main

ROOT = Path(__file__).parents[2]
HEAVY = {
    "dlt",
    "dbt",
    "great_expectations",
    "pandas",
    "duckdb",
    "pydantic",
    "pyarrow",
    "altair",
    "httpx",
    "yaml",
    "rich",
}

ASKING = """
import sys, cli
try:
    cli.main(["--help"])
finally:
    print(*sys.modules, file=sys.stderr)
"""


def _commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from _commands(command, *path, name)


EVERY = dict(_commands(main))


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_a_command_has_a_sentence_and_an_example_that_calls_it(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(main, [*path, "--help"], prog_name="smarketing")
    assert shown.exit_code == 0
    sentence = (EVERY[path].help or "").partition("\n")[0]
    assert sentence[:1].isupper()
    assert sentence.endswith(".")
    example = shown.output.partition("Example")[2]
    assert f"smarketing {' '.join(path)}" in example


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_an_example_parses(path: tuple[str, ...]) -> None:
    for line in (EVERY[path].epilog or "").splitlines():
        words = shlex.split(line.partition(" > ")[0])
        if words[:1] != ["smarketing"]:
            continue
        context = main.make_context("smarketing", words[1:], resilient_parsing=False)
        _, command, rest = main.resolve_command(context, [*context._protected_args, *context.args])
        assert command is not None
        while isinstance(command, click.Group) and rest:
            _, command, rest = command.resolve_command(click.Context(command), rest)
            assert command is not None
        command.make_context(command.name, rest)


def test_the_list_of_commands_is_not_cut_off() -> None:
    shown = CliRunner().invoke(main, ["--help"], terminal_width=80)
    assert "..." not in shown.output.partition("Commands:")[2]


def test_help_imports_nothing_heavy() -> None:
    process = subprocess.run(
        [sys.executable, "-c", ASKING], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in process.stderr.split()}
    assert "click" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.parametrize(
    "path", [path for path in EVERY if not isinstance(EVERY[path], click.Group)], ids=" ".join
)
def test_a_command_has_its_line_in_the_readme(path: tuple[str, ...]) -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    listed = re.findall(r"`([^`]+)`", " ".join(line for line in lines if line.startswith("| `")))
    assert " ".join(path) in {re.split(r" \[| --| [A-Z]", name)[0] for name in listed}
