"""publication.json: what a publication holds, what it was made from, and by what."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from publish.copy import STORAGE_VERSION
from publish.publication import MANIFEST, Publication, Status

if TYPE_CHECKING:
    from agreement.model import Agreement, Version
    from project import Run

MADE_BY = ("smarketing", "duckdb", "dbt-core", "dbt-duckdb", "dlt", "great-expectations", "altair")


@dataclass(frozen=True)
class Contents:
    """What was decided about a publication before its files were written.

    `rows` counts by table (`marts.leads`); `privacy` is the treatment of each personal column.
    `compared_with` is the publication whose figures these were compared with.
    """

    publication_id: str
    status: Status
    refusals: tuple[str, ...]
    marts_from: Publication | None
    rows: dict[str, int]
    privacy: dict[str, str]
    compared_with: str | None = None


def write(folder: Path, contents: Contents, agreement: "Agreement", run: "Run") -> None:
    """Write the manifest last, over all other files of `folder`."""
    in_force = version_in_force(agreement, run.as_of)
    said: dict[str, Any] = {
        "publication_id": contents.publication_id,
        "status": contents.status,
        "refusals": list(contents.refusals),
        "run_id": run.run_id,
        "as_of": run.as_of.isoformat(timespec="milliseconds"),
        "company": agreement.company,
        "agreement": {
            "version": in_force.version if in_force else None,
            "fingerprint": fingerprint(agreement),
        },
        **_origin_of_marts(contents, run, fingerprint(agreement)),
        "privacy": contents.privacy,
        "rows": contents.rows,
        "files": files_of(folder),
        "storage_version": STORAGE_VERSION,
        "made_by": {name: _version(name) for name in MADE_BY} | {"python": python_version()},
    }
    text = json.dumps(said, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def fingerprint(agreement: "Agreement") -> str:
    """SHA-256 of what the agreement says; comments and layout of the file do not change it."""
    said = json.dumps(agreement.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def version_in_force(agreement: "Agreement", as_of: datetime) -> "Version | None":
    """The version that holds on the local day of `as_of` (UTC, naive); None before the first takes effect."""
    today = as_of.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(agreement.timezone)).date()
    begun = [candidate for candidate in agreement.versions if candidate.effective_from <= today]
    return max(begun, key=lambda candidate: candidate.effective_from, default=None)


def _origin_of_marts(contents: Contents, run: "Run", agreed: str) -> dict[str, str | None]:
    """Which publication's marts these are, as of when, by which agreement: its own, or those that stand."""
    own = (contents.publication_id, _iso(run.as_of), agreed)
    standing = contents.marts_from
    kept = (standing.marts_from, _iso(standing.marts_as_of), standing.marts_fingerprint) if standing else None
    said = own if contents.status == "published" else kept or (None, None, None)
    return dict(zip(("marts_from", "marts_as_of", "marts_fingerprint"), said, strict=True))


def files_of(folder: Path) -> dict[str, dict[str, str | int]]:
    """Every file's size in bytes and SHA-256, by its path within the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _described(path) for path in files}


def _described(path: Path) -> dict[str, str | int]:
    with path.open("rb") as content:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(content, "sha256").hexdigest()}


def _version(distribution: str) -> str | None:
    """Its installed version; None where it runs from a checkout that was never installed."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat(timespec="milliseconds") if instant else None
