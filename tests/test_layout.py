"""The single files at the root keep the order of the house; the packages' contracts are import-linter's."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {path.parent.name for path in ROOT.glob("*/__init__.py")}
ALLOWED = {
    "errors": set(),
    "progress": set(),
    "project": set(),
    "settings": {"errors", "project"},
    "privacy": {"agreement", "errors", "project", "settings"},
    "cli": {"commands", "errors"},
}
OURS = ROOMS | set(ALLOWED)


def _imports(file: Path) -> set[str]:
    """First parts of everything that `file` imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_the_warehouse_knows_nothing_of_the_rooms() -> None:
    files = sorted((ROOT / "warehouse").glob("**/*.py"))
    assert files
    assert set().union(*map(_imports, files)) & OURS <= {"errors", "project", "warehouse"}


def test_every_file_at_the_root_has_its_place() -> None:
    assert {file.stem for file in ROOT.glob("*.py")} == set(ALLOWED)


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_a_file_at_the_root_imports_only_what_lies_below_it(name: str) -> None:
    assert _imports(ROOT / f"{name}.py") & OURS <= ALLOWED[name]
