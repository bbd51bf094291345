"""What dbt has read of its project, kept: same files, variables, engine and versions, same manifest.

dbt keeps it too, but takes a copied folder for a new one, reads all of it again, for seconds, and looks
through every file each night. Set `SMARKETING_CACHE_DIR` to share one place between project folders, or
to keep it where the state folder does not last, as in a container.
"""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from project import Project
from warehouse import Warehouse

AT_MOST = 30
"""Manifests that are kept, of some three megabytes each: one for each agreement that was built with.

Drafts that a killed run left count as well, and go with their age.
"""


class Parsed:
    """The manifests kept for a project folder, and which of them is meant."""

    def __init__(self, project: Project, sources: Path, warehouse: Warehouse, variables: str) -> None:
        """Of the dbt project in `sources`, for this warehouse and dbt's `variables`, as JSON."""
        elsewhere = os.environ.get("SMARKETING_CACHE_DIR")
        # A folder of our own, wherever it is: old files in it are removed.
        self._folder = (Path(elsewhere) if elsewhere else project.state_dir / "dbt") / "parsed"
        self._file = self._folder / f"{_fingerprint(sources, warehouse, variables)}.msgpack"

    def manifest(self, parse: Callable[[], Any]) -> Any:
        """The kept one, else what `parse` returns, which is kept from then on."""
        found = self._read()
        if found is None:
            found = parse()
            self._keep(found)
        return found

    def _read(self) -> Any:
        from dbt.contracts.graph.manifest import Manifest
        from dbt.parser.manifest import extended_mashumuro_decoder

        with suppress(Exception):  # whatever is wrong with it, dbt can read its project again
            found: Any = Manifest.from_msgpack(self._file.read_bytes(), decoder=extended_mashumuro_decoder)
            self._file.touch()
            return found
        return None

    def _keep(self, manifest: Any) -> None:
        from dbt.parser.manifest import extended_mashumaro_encoder

        with suppress(OSError):  # a full or read-only place costs the next night some seconds
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = self._file.with_suffix(f".{os.getpid()}")
            draft.write_bytes(manifest.to_msgpack(extended_mashumaro_encoder))
            draft.replace(self._file)
            for old in sorted(self._folder.iterdir(), key=_age)[AT_MOST:]:
                old.unlink(missing_ok=True)


def _fingerprint(sources: Path, warehouse: Warehouse, variables: str) -> str:
    """Of everything that a manifest comes from; without secrets, and wherever the project folder is."""
    profile = json.dumps(warehouse.dbt_profile(), sort_keys=True, default=str)
    for hidden in (*warehouse.secrets, str(warehouse.path.parent)):
        profile = profile.replace(hidden, "")
    versions = [version(each) for each in ("dbt-core", "dbt-adapters", f"dbt-{warehouse.engine}")]
    parts = sha256(json.dumps([versions, str(sources), profile, variables]).encode())
    for file in sorted(one for one in sources.rglob("*") if one.is_file()):
        parts.update(f"\0{file.relative_to(sources)}\0".encode() + file.read_bytes())
    return parts.hexdigest()[:32]


def _age(file: Path) -> float:
    with suppress(OSError):
        return -file.stat().st_mtime
    return 0.0
