"""The libraries that do the work, against the versions that this one was tried with."""

import re
from importlib.metadata import PackageNotFoundError, requires, version

from nightly.findings import Finding

SHOWN = ("duckdb", "dbt-core", "dbt-duckdb", "dlt", "great-expectations")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)$")


def versions() -> Finding:
    """Problem: a pinned library is missing or of another version."""
    wrong: list[str] = []
    for line in requires("smarketing") or ():
        if pin := _PIN.match(line):
            found = _installed(pin[1])
            if found != pin[2]:
                wrong.append(f"{pin[1]} is {found or 'missing'}, and has to be {pin[2]}")
    if wrong:
        todo = "Install this version of smarketing anew, into an environment of its own."
        return Finding("engines", "problem", f"{'; '.join(wrong)}.", todo, 1)
    return Finding("engines", "ok", ", ".join(f"{name} {_installed(name)}" for name in SHOWN) + ".")


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
