"""Reads agreement.yml: the only place that does."""

from pathlib import Path
from typing import TYPE_CHECKING

from agreement.checks import calendars, conditions, funnel, versions
from agreement.grammar import AGREEMENT
from agreement.nodes import Mapping, as_written
from agreement.problems import Problems
from agreement.yaml_text import read
from errors import UsageProblem

if TYPE_CHECKING:
    from agreement.model import Agreement


def load(path: Path) -> "Agreement":
    """Read and validate the agreement at `path`; takes well under half a second.

    Raises:
        UsageProblem: the file is missing or wrong; every error is listed with its line.
    """
    return _as_objects(sound(path))


def loads(text: str, path: Path = Path("agreement.yml")) -> "Agreement":
    """The same for a text; `path` is the name under which problems are listed.

    Raises:
        UsageProblem: as for `load`.
    """
    return _as_objects(_sound(text, path))


def _as_objects(sound_file: Mapping) -> "Agreement":
    from agreement.normalise import normalise  # pydantic is slow to import: a refused file does without

    return normalise(as_written(sound_file))


def sound(path: Path) -> Mapping:
    """The file's nodes with their places, if nothing at all is wrong with it.

    Raises:
        UsageProblem: as for `load`.
    """
    return _sound(_text(path), path)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageProblem(f"There is no agreement at {path}. `smarketing init` writes one.") from None
    except UnicodeDecodeError as error:
        raise UsageProblem(
            f"{path} is not text in UTF-8 (byte {error.start}). Save it as such: most editors offer that when"
            " saving under another name."
        ) from None
    except OSError as error:
        raise UsageProblem(f"The agreement at {path} cannot be read: {error.strerror}.") from None


def _sound(text: str, path: Path) -> Mapping:
    """The file's nodes, if nothing at all is wrong with them."""
    problems = Problems()
    root = read(text, problems)
    usable = AGREEMENT.read(root, "", problems) if root is not None else None
    agreement = usable if isinstance(usable, Mapping) else Mapping(1, 1)
    for check in (calendars.check, funnel.check, conditions.check, versions.check):
        check(agreement, problems)
    problems.raise_if_any(path)
    return agreement
