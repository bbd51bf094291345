"""The outputs of profiles.yml: which work, and what is said of the others before anything is touched."""

from pathlib import Path

import pytest
import yaml

from errors import UsageProblem
from project import Project
from tests.cli.process import Smarketing
from warehouse import DEFAULT_PROFILES, open_warehouse
from warehouse.postgres import PostgresServer
from warehouse.postgres.address import address_of
from warehouse.spark import SparkCluster
from warehouse.spark.address import shared_path

SECRET = "correct horse battery staple"
SIGNED = Path(__file__).parents[2] / "sandbox" / "agreement.yml"


@pytest.fixture(autouse=True)
def no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Putting it into the environment is undone at the end of each test."""
    monkeypatch.setenv("POSTGRES_PASSWORD", "")
    monkeypatch.delenv("POSTGRES_PASSWORD")


def test_a_path_for_a_cluster_is_relative_to_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARK_REMOTE", "sc://cluster:15002")
    found = open_warehouse(Project(tmp_path, "spark"))
    assert isinstance(found, SparkCluster)
    assert (found.shared, found.remote) == (tmp_path / "shared", "sc://cluster:15002")
    with pytest.raises(UsageProblem, match="lacks path and schema"):
        shared_path({"type": "spark", "remote": found.remote}, tmp_path)


def test_a_server_needs_its_password_from_the_environment_or_the_folder(tmp_path: Path) -> None:
    project = Project(tmp_path, "postgres")
    with pytest.raises(UsageProblem, match="POSTGRES_PASSWORD, which is not set"):
        open_warehouse(project)
    (tmp_path / ".env").write_text(f"POSTGRES_PASSWORD='{SECRET}'\n", encoding="utf-8")
    found = open_warehouse(project)
    assert isinstance(found, PostgresServer)
    assert (found.address.published, found.address.working) == ("smarketing", "smarketing_working")
    assert found.secrets == (SECRET,)
    assert SECRET not in repr(found)
    assert SECRET not in yaml.safe_dump(found.dbt_profile())


def test_an_output_says_what_it_lacks() -> None:
    with pytest.raises(UsageProblem, match="lacks host and password"):
        address_of({"type": "postgres", "user": "me", "dbname": "sla"})


def beside_nobody(folder: Path) -> None:
    """A project whose server is at a port that nobody listens on."""
    profile = yaml.safe_load(DEFAULT_PROFILES.read_text(encoding="utf-8"))
    profile["smarketing"]["outputs"]["postgres"] |= {"port": 9, "password": SECRET}
    (folder / "profiles.yml").write_text(yaml.safe_dump(profile), encoding="utf-8")
    (folder / "agreement.yml").write_text(SIGNED.read_text(encoding="utf-8"), encoding="utf-8")


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    beside_nobody(tmp_path)
    ended = Smarketing(tmp_path)("--target", "postgres", "run", SOURCES__HUBSPOT__ACCESS_TOKEN="pat-x")
    assert ended.code == 2
    assert "PostgreSQL server at 127.0.0.1:9 cannot be used" in ended.stderr
    assert SECRET not in ended.stderr


def test_a_doctor_says_that_the_server_does_not_answer(tmp_path: Path) -> None:
    beside_nobody(tmp_path)
    ended = Smarketing(tmp_path)("--target", "postgres", "doctor", SOURCES__HUBSPOT__ACCESS_TOKEN="pat-x")
    assert ended.code != 0
    assert "PostgreSQL server at 127.0.0.1:9 cannot be used" in ended.stdout
    assert "Start the server" in ended.stdout
    assert SECRET not in ended.stdout + ended.stderr
