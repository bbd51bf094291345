"""The key of `hash` is made once, kept to its owner, and never short."""

import hashlib
import hmac
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from errors import UsageProblem
from privacy import pseudonym, treated, treatment_key
from project import Project


def test_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    project = Project(tmp_path)
    key = treatment_key(project)
    assert len(key) == 64
    assert treatment_key(project) == key
    assert stat.S_IMODE((tmp_path / ".smarketing" / "privacy.key").stat().st_mode) == 0o600
    assert treatment_key(Project(tmp_path / "another")) != key


def test_first_runs_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: treatment_key(Project(tmp_path)), range(16)))
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / ".smarketing").iterdir()] == ["privacy.key"]


def test_configured_key_wins_and_may_not_be_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVACY__HASH_KEY", "correct horse battery staple")
    assert treatment_key(Project(tmp_path)) == b"correct horse battery staple"
    assert not (tmp_path / ".smarketing").exists()
    monkeypatch.setenv("PRIVACY__HASH_KEY", "hunter2")
    with pytest.raises(UsageProblem) as raised:
        treatment_key(Project(tmp_path))
    assert "hunter2" not in raised.value.message


def test_hash_is_hmac_of_the_trimmed_lower_case_value() -> None:
    expected = hmac.new(b"k" * 16, b"mia@example.com", hashlib.sha256).hexdigest()
    assert pseudonym("  Mia@Example.COM\n", b"k" * 16) == expected


def test_treatments() -> None:
    key = b"k" * 16
    assert treated("Mia", "keep", key) == "Mia"
    assert treated("Mia", "drop", key) is None
    assert treated("Mia", "hash", key) == pseudonym("mia", key)
    assert [treated(nothing, "hash", key) for nothing in (None, "")] == [None, None]
