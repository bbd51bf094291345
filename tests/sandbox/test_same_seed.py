"""Same seed, same bytes; another day is merely another now."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import orjson

from sandbox.company import Company
from sandbox.instants import DAY, DEFAULT_NOW

ROOT = Path(__file__).parents[2]
DIGEST = """
import hashlib, orjson
from sandbox.company import Company
records = Company(contacts=300, seed=5).records()
print(hashlib.sha256(orjson.dumps(records, option=orjson.OPT_NON_STR_KEYS)).hexdigest())
"""


def _digest(company: Company) -> str:
    return hashlib.sha256(orjson.dumps(company.records(), option=orjson.OPT_NON_STR_KEYS)).hexdigest()


def test_the_same_seed_writes_the_same_bytes_in_another_process() -> None:
    environment = os.environ | {"PYTHONHASHSEED": "17", "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, "-c", DIGEST], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == _digest(Company(contacts=300, seed=5))


def test_another_seed_is_another_company() -> None:
    assert _digest(Company(contacts=300, seed=5)) != _digest(Company(contacts=300, seed=6))


def test_there_are_as_many_contacts_as_asked_for(company: Company) -> None:
    assert len(company.records()["contacts"]) == 2500


def test_a_day_later_only_what_happened_that_day_has_changed(company: Company) -> None:
    before, after = company.records(), company.records(DEFAULT_NOW + DAY)
    for kind in before:
        assert before[kind].keys() <= after[kind].keys()
    changed = [id for id, record in before["contacts"].items() if after["contacts"][id] != record]
    moved = [id for id in changed if str(after["contacts"][id]["lastmodifieddate"]) > "2026-11-24T20:00:00Z"]
    assert changed == moved
    assert 0 < len(changed) < 250


def test_nothing_is_stamped_after_now(company: Company) -> None:
    for record in company.records()["contacts"].values():
        stamps = [
            value
            for name, value in record.items()
            if name.endswith("date") and name != "contract_renewal_date"
        ]
        assert all(stamp <= "2026-11-24T20:00:00.000Z" for stamp in stamps if stamp)
