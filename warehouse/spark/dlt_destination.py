"""dlt's destination for the lake: files only ever come, each after all that were there before.

A load counts from the moment on in which it is marked as ended. dlt would write its state, with the cursors,
before that mark: a run killed between the two would have gone on from there without the rows.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dlt.destinations import filesystem
from dlt.destinations.impl.filesystem.filesystem import FilesystemClient

from warehouse.spark.lake import Lake

LAYOUT = "{table_name}/{place}.{load_id}.{file_id}.{ext}"


class Client(FilesystemClient):
    """dlt's client, its two last steps the other way round."""

    def complete_load(self, load_id: str) -> None:
        """Mark the load, then keep the state that came with it, and no other."""
        before = self._states()
        self._store_load(load_id)
        self._store_current_state(load_id)
        for file in self._states() - before and before:
            self._delete_file(file)

    def _states(self) -> set[str]:
        return {path for path, _ in self._list_dlt_table_files(self.schema.state_table_name)}


class Destination(filesystem):
    """What the pipeline loads into."""

    @property
    def client_class(self) -> type[FilesystemClient]:
        """The client above."""
        return Client


def destination(lake: Lake) -> Destination:
    """For the datasets of a lake; files that dlt was writing when it was killed are removed."""
    lake.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    _remove_torn(lake.root)
    lake.tidy()
    return Destination(
        bucket_url=lake.root.as_uri(),
        layout=LAYOUT,
        extra_placeholders={"place": _places(lake)},
        warn_unsafe_layout_separators=False,
    )


def _places(lake: Lake) -> Callable[..., str]:
    """The place of each load: the one after all that are taken when it is first asked for."""
    taken: dict[str, int] = {}

    def place(schema: str, table: str, load_id: str, *_: Any) -> str:
        if load_id not in taken:
            taken[load_id] = max(lake.last_place(), *taken.values(), 0) + 1
        return f"{taken[load_id]:08d}"

    return place


def _remove_torn(root: Path) -> None:
    """What dlt notes down for itself, where it did not come to the end of it."""
    for file in root.glob("*/_dlt_*/*.jsonl"):
        try:
            json.loads(file.read_text(encoding="utf-8"))
        except ValueError:
            file.unlink()
