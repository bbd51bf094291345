"""The wheel holds everything that runs: a git-ignored or forgotten file vanishes from it without a word."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHIPPED = {".py", ".yml", ".sql", ".j2", ".css", ".js", ".csv", ".md"}


@pytest.fixture(scope="module")
def wheel_files(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names of the files inside a wheel built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_every_tracked_file_of_every_room_is_in_the_wheel(wheel_files: set[str]) -> None:
    included = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["only-include"]
    listing = subprocess.run(
        ["git", "ls-files", *included], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\n")
    expected = {name for name in listing if Path(name).suffix in SHIPPED}
    assert expected, "git lists no files: run the tests in a checkout"
    assert expected - wheel_files == set()


def test_the_wheel_carries_the_default_profile_and_nothing_of_the_tests(wheel_files: set[str]) -> None:
    assert "profiles.yml" in wheel_files
    assert not [name for name in wheel_files if name.startswith(("tests/", "benchmarks/", "demo/"))]
