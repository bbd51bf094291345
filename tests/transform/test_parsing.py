"""dbt reads its project once for an agreement, wherever the folder is, and again when anything changed."""

import shutil
from pathlib import Path

import pytest
import yaml

import agreement
import transform.dbt_runner
import transform.parsing
from progress import Silent
from project import Project
from transform.dbt_runner import DBT_PROJECT, Dbt
from transform.dbt_vars import dbt_vars
from warehouse import open_warehouse

AGREED = Path(__file__).parents[2] / "sandbox" / "agreement.yml"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where manifests are kept: for this test alone."""
    monkeypatch.setenv("SMARKETING_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def session(root: Path, **variables: object) -> bool:
    """Begin and end a session of dbt in a folder; returns whether dbt read its project for it."""
    root.mkdir(exist_ok=True)
    shutil.copy(AGREED, root / "agreement.yml")
    project = Project(root)
    house = open_warehouse(project)
    given = dbt_vars(agreement.load(project.agreement_file), house.engine) | variables
    told = project.state_dir / "dbt" / "target" / "perf_info.json"
    told.unlink(missing_ok=True)
    with Dbt(project, house, given, Silent()) as dbt:
        assert "model.smarketing.leads" in dbt.models
    return told.exists()


def test_a_second_session_does_not_read_the_project_again(place: Path) -> None:
    assert session(place / "one")
    assert not session(place / "one")


def test_another_folder_with_the_same_agreement_does_not_either(place: Path) -> None:
    assert session(place / "one")
    assert not session(place / "elsewhere")


def test_without_a_shared_place_each_folder_keeps_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SMARKETING_CACHE_DIR", raising=False)
    assert session(tmp_path / "one")
    assert not session(tmp_path / "one")
    assert session(tmp_path / "elsewhere")


def test_another_agreement_is_read_anew(place: Path) -> None:
    assert session(place / "one")
    assert session(place / "one", timezone="Europe/Vienna")
    assert not session(place / "one")


def test_a_changed_setting_of_the_engine_is_read_anew(place: Path) -> None:
    assert session(place / "one")
    output = {"type": "duckdb", "settings": {"memory_limit": "3GB"}}
    profile = {"smarketing": {"target": "duckdb", "outputs": {"duckdb": output}}}
    (place / "one" / "profiles.yml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    assert session(place / "one")


def test_a_changed_model_is_read_anew(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = place / "dbt"
    shutil.copytree(DBT_PROJECT, ours)
    monkeypatch.setattr(transform.dbt_runner, "DBT_PROJECT", ours)
    assert session(place / "one")
    assert not session(place / "one")
    model = ours / "models" / "marts" / "leads.sql"
    model.write_text(model.read_text(encoding="utf-8") + "\n-- another line\n", encoding="utf-8")
    assert session(place / "one")


def test_a_damaged_copy_costs_a_reading_and_nothing_else(place: Path) -> None:
    assert session(place / "one")
    (kept,) = (place / "cache" / "parsed").iterdir()
    kept.write_bytes(kept.read_bytes()[:1000])
    assert session(place / "one")
    assert not session(place / "one")


def test_what_is_kept_does_not_grow_for_ever_and_nobody_elses_files_go(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transform.parsing, "AT_MOST", 2)
    (place / "cache").mkdir()
    (place / "cache" / "theirs.msgpack").touch()
    for zone in ("Europe/Vienna", "Europe/Paris", "Asia/Tokyo"):
        assert session(place / "one", timezone=zone)
    assert len(list((place / "cache" / "parsed").iterdir())) == 2
    assert (place / "cache" / "theirs.msgpack").exists()
    assert not session(place / "one", timezone="Asia/Tokyo")
    assert session(place / "one", timezone="Europe/Vienna")


def test_a_place_that_cannot_be_written_costs_a_reading_and_nothing_else(place: Path) -> None:
    (place / "cache").write_text("a file where a folder should be", encoding="utf-8")
    assert session(place / "one")
    assert session(place / "one")
