"""DuckDB's settings in profiles.yml hold in every session of a night, dbt's among them."""

from pathlib import Path

import pytest
import yaml

from errors import UsageProblem
from project import Project
from warehouse import DEFAULT_PROFILES, open_warehouse


def with_settings(folder: Path, **settings: str) -> Project:
    profile = yaml.safe_load(DEFAULT_PROFILES.read_text(encoding="utf-8"))
    profile["smarketing"]["outputs"]["duckdb"]["settings"] = settings
    (folder / "profiles.yml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    return Project(folder)


def test_what_is_set_holds_and_sessions_stay_in_utc(tmp_path: Path) -> None:
    found = open_warehouse(with_settings(tmp_path, memory_limit="1GiB", timezone="Europe/Berlin"))
    with found.connect() as connection:
        row = connection.execute("select current_setting('memory_limit'), current_setting('TimeZone')")
        assert row.fetchone() == ("1.0 GiB", "UTC")
    output = found.dbt_profile()["smarketing"]["outputs"]["duckdb"]
    assert output["settings"] == {"memory_limit": "1GiB", "TimeZone": "UTC"}


def test_a_setting_that_duckdb_does_not_know_is_named(tmp_path: Path) -> None:
    found = open_warehouse(with_settings(tmp_path, memmory_limit="1GB"))
    refused = "refuses the setting memmory_limit: 1GB of profiles"
    with pytest.raises(UsageProblem, match=refused), found.connect():
        pass
