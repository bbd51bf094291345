"""Tables as Parquet files on a path that the cluster shares: a folder for each schema, in it one a table.

A file's name begins with its place, which counts up whatever the clock says: of rows with the same key those
of the file in the later place count. A *whole* file has all rows of its table up to its own place: it puts an
end to all files before it in the one instant in which it gets its name. Files that Spark wrote have no place.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PLACED = re.compile(r"^(?P<place>\d{8})\.(?P<rest>.+)\.parquet$")
_LOADED = re.compile(r"^(?P<load>\d+\.\d+)\.[^.]+$")
WHOLE = "whole"
LOADS = "_dlt_loads"
UNFINISHED = "."  # what Spark, too, does not take for a table's file
NEVER = -1


@dataclass(frozen=True)
class TableFolder:
    """One table's folder; `path` need not exist."""

    schema: str
    name: str
    path: Path

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that count, in the order of their places. What a load that was cut off left does not."""
        there = self._there()
        start = max((_place(file) for file in there if _is_whole(file)), default=NEVER)
        later = [
            file for file in there if _place(file) > start or (_is_whole(file) and _place(file) == start)
        ]
        loads = [load for file in later if (load := _load(file))]
        ended = _ended_loads(self.path.parent / LOADS) if loads else frozenset()
        return tuple(file for file in later if (load := _load(file)) is None or load in ended)

    @property
    def is_ours(self) -> bool:
        """Whether this program writes it; otherwise Spark does."""
        return all(_PLACED.match(file.name) for file in self._there())

    def put(self, write: Callable[[Path], None]) -> Path:
        """Put the file that `write` makes in the place of all that there are; then those go for good."""
        before = self._there()
        place = max(map(_place, before), default=0) + 1
        self.path.mkdir(parents=True, exist_ok=True)
        draft = self.path / f"{UNFINISHED}{place:08d}.{WHOLE}.parquet"
        write(draft)
        made = draft.replace(self.path / draft.name.removeprefix(UNFINISHED))
        for file in before:
            file.unlink()
        return made

    def tidy(self) -> None:
        """Remove the files that do not count."""
        kept = set(self.files)
        for file in self.path.glob("*.parquet"):
            if file not in kept and _PLACED.match(file.name.removeprefix(UNFINISHED)):
                file.unlink()

    def remove(self) -> None:
        """Remove all of its files; the table is no more."""
        for file in self._there():
            file.unlink()
        with suppress(OSError):  # dlt's own may be there
            self.path.rmdir()

    def clear(self) -> None:
        """Remove the whole folder."""
        shutil.rmtree(self.path)

    def _there(self) -> list[Path]:
        return sorted(file for file in self.path.glob("*.parquet") if file.name[0] not in "._")


@dataclass(frozen=True)
class Lake:
    """`root` has the schemas' folders."""

    root: Path

    def table(self, schema: str, name: str) -> TableFolder:
        """Its folder, whether it exists or not."""
        return TableFolder(schema, name, self.root / schema / name)

    def tables(self) -> Iterator[TableFolder]:
        """Every table there is."""
        for schema in _folders(self.root):
            for table in _folders(schema):
                found = self.table(schema.name, table.name)
                if found.files:
                    yield found

    def last_place(self) -> int:
        """The highest place that any file has."""
        return max((_place(file) for file in self.root.glob("*/*/*.parquet")), default=0)

    def tidy(self) -> None:
        """Remove what killed runs left behind."""
        for schema in _folders(self.root):
            for table in _folders(schema):
                self.table(schema.name, table.name).tidy()


def _folders(path: Path) -> list[Path]:
    """Those that are neither hidden nor dlt's own."""
    if not path.is_dir():
        return []
    return sorted(each for each in path.iterdir() if each.is_dir() and each.name[0] not in "._")


def _place(file: Path) -> int:
    found = _PLACED.match(file.name.removeprefix(UNFINISHED))
    return int(found["place"]) if found else 0


def _is_whole(file: Path) -> bool:
    found = _PLACED.match(file.name)
    return bool(found and found["rest"] == WHOLE)


def _load(file: Path) -> str | None:
    """The load of dlt's that it came with."""
    found = _PLACED.match(file.name)
    loaded = _LOADED.match(found["rest"]) if found else None
    return loaded["load"] if loaded else None


def _ended_loads(folder: Path) -> frozenset[str]:
    return frozenset(file.stem.rpartition("__")[2] for file in folder.glob("*.jsonl"))
