"""Ten nights as cron starts them: a missed one, an outage and a refused one among them."""

import os
import shlex
import subprocess
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nightly.folder import create
from sandbox.company import Company
from sandbox.server import SandboxServer, running
from tests.cli.process import ROOT, ledger, published

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(3000)]
FIRST = datetime(2026, 11, 16, 2, 30)
MISSED, OUTAGE, REFUSED = 4, 6, 8
RELAXED = "severity: warning\n          tolerance: 5%"
STRICT = "severity: critical\n          tolerance: 0%"


@dataclass
class Cron:
    """The line that `init` wrote into the crontab, run as cron does: a shell and a bare environment."""

    folder: Path
    mails: dict[int, str] = field(default_factory=dict)
    codes: dict[int, int] = field(default_factory=dict)
    shown: dict[int, str] = field(default_factory=dict)

    def night(self, number: int, now: datetime) -> None:
        """One night; whatever it prints, cron would mail."""
        line = (self.folder / "schedule" / "crontab").read_text(encoding="utf-8").splitlines()[-1]
        command = line.split(maxsplit=5)[5].replace(r"\%", "%")
        ended = subprocess.run(
            ["/bin/sh", "-c", f"{command} --as-of {shlex.quote(now.isoformat() + 'Z')}"],
            cwd="/",
            env={
                "HOME": str(self.folder.parent),
                "LOGNAME": "sla",
                "SHELL": "/bin/sh",
                "PATH": "/usr/bin:/bin",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        self.codes[number] = ended.returncode
        if ended.stdout + ended.stderr:
            self.mails[number] = ended.stdout + ended.stderr
        if (self.folder / "published").is_symlink():
            self.shown[number] = (self.folder / "published").readlink().name


def _prepared(folder: Path, crm: SandboxServer) -> Cron:
    create(folder)
    (folder / "agreement.yml").write_bytes((ROOT / "sandbox" / "agreement.yml").read_bytes())
    secrets = {"SOURCES__HUBSPOT__ACCESS_TOKEN": crm.token, "SOURCES__HUBSPOT__BASE_URL": crm.base_url}
    (folder / ".env").write_text(
        "".join(f"{name}={value}\n" for name, value in secrets.items()), encoding="utf-8"
    )
    return Cron(folder)


def _lived(cron: Cron, crm: SandboxServer) -> None:
    signed = cron.folder / "agreement.yml"
    text = signed.read_text(encoding="utf-8")
    assert RELAXED in text
    for number in range(1, 11):
        now = FIRST + timedelta(days=number - 1)
        crm.set_now(now)
        if number == MISSED:
            continue
        if number == OUTAGE:
            crm.faults.add("503", rate=1.0)
        if number == REFUSED:
            signed.write_text(text.replace(RELAXED, STRICT), encoding="utf-8")
        cron.night(number, now)
        crm.faults.clear()
        signed.write_text(text, encoding="utf-8")


def test_ten_nights_under_cron(tmp_path: Path) -> None:
    with running(Company(contacts=120, seed=5), now=FIRST) as crm:
        cron = _prepared(tmp_path / "all of it", crm)
        _lived(cron, crm)
    good = [n for n in range(1, 11) if n not in (MISSED, OUTAGE, REFUSED)]
    assert cron.codes == dict.fromkeys(good, 0) | {OUTAGE: 4, REFUSED: 3}, cron.mails
    assert set(cron.mails) == {OUTAGE, REFUSED}
    assert cron.mails[OUTAGE].startswith("Error: HubSpot at ")
    assert cron.mails[REFUSED].startswith("Error: The checks refuse to publish")
    assert len({cron.shown[n] for n in (*good, REFUSED)}) == len(good) + 1
    assert cron.shown[OUTAGE] == cron.shown[OUTAGE - 1]
    expected = dict.fromkeys(good, ("published", 0)) | {OUTAGE: ("failed", 4), REFUSED: ("refused", 3)}
    assert ledger(cron.folder) == [expected[n] for n in sorted(expected)]
    assert len(list((cron.folder / "publications").iterdir())) == len(good) + 1
    last = FIRST + timedelta(days=9)
    newest = "select max(as_of), count(*) from audit.runs"
    assert published(cron.folder, newest) == [(last, len(expected))]
    assert not (cron.folder / ".smarketing" / "lock.json").exists()
    others = [
        path for path in cron.folder.rglob("*") if path.stat().st_mode & 0o077 and not path.is_symlink()
    ]
    allowed = {"publications", "schedule", "agreement.yml", "profiles.yml", ".env", ".env.example"}
    assert {path.relative_to(cron.folder).parts[0] for path in others} <= allowed
    assert os.access(cron.folder / "published" / "warehouse.duckdb", os.R_OK)
