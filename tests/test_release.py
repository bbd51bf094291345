"""What a release says that it is made of is what the lock names."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_the_bill_of_materials_names_every_locked_version(tmp_path: Path) -> None:
    lock, bill = ROOT / "requirements" / "runtime.txt", tmp_path / "sbom.json"
    command = [
        sys.executable,
        "-m",
        "cyclonedx_py",
        "requirements",
        "--pyproject",
        str(ROOT / "pyproject.toml"),
    ]
    subprocess.run([*command, "--output-file", str(bill), str(lock)], check=True, capture_output=True)
    said = json.loads(bill.read_text(encoding="utf-8"))
    assert said["bomFormat"] == "CycloneDX"
    assert said["metadata"]["component"]["name"] == "smarketing"
    locked = set(
        re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;]+)", lock.read_text(encoding="utf-8"), re.M)
    )
    assert len(locked) > 50
    assert {(one["name"], one["version"]) for one in said["components"]} == locked


@pytest.mark.parametrize(("lock", "extras"), [("runtime", ()), ("spark", ("spark",))])
def test_a_lock_has_what_the_project_asks_for(lock: str, extras: tuple[str, ...]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"]]
    for extra in extras:
        asked += project["optional-dependencies"][extra]
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;]+)", text, re.M))
    for each in map(Requirement, asked):
        assert each.specifier.contains(locked[each.name]), each
