"""The agreement is checked, printed and described."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from agreement import load
from agreement.schema import schema
from agreement.show import show
from cli import main


def _agreement(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--project-dir", str(folder), "agreement", *words])


def test_a_sound_one_is_counted(folder: Path) -> None:
    checked = _agreement(folder, "check")
    signed = load(folder / "agreement.yml")
    assert checked.exit_code == 0
    newest = signed.versions[-1]
    assert f"is sound. Its newest version, {newest.version}, takes effect on 2026-07-01" in checked.stdout
    assert f"with {len(newest.commitments)} commitments and 6 rules." in checked.stdout


def test_another_file_can_be_checked(folder: Path) -> None:
    draft = folder / "draft.yml"
    draft.write_text("crm: hubspot\n", encoding="utf-8")
    checked = _agreement(folder, "check", str(draft))
    assert (checked.exit_code, checked.stdout) == (2, "")
    assert "company" in checked.stderr


def test_it_is_shown_as_the_departments_read_it(folder: Path) -> None:
    signed = load(folder / "agreement.yml")
    assert _agreement(folder, "show").stdout == show(signed) + "\n"
    assert _agreement(folder, "show", "--format", "html").stdout == show(signed, "html") + "\n"


def test_the_schema_is_json(folder: Path) -> None:
    assert json.loads(_agreement(folder, "schema").stdout) == schema()
