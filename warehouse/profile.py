"""profiles.yml: a dbt profile called `smarketing`, with one output for each place a warehouse can be."""

import os
from pathlib import Path
from typing import Any

import yaml

from errors import UsageProblem
from project import Project

DEFAULT_PROFILES = Path(__file__).parent.parent / "profiles.yml"


def chosen_output(project: Project) -> tuple[str, dict[str, Any]]:
    """The name and the options of the output that `project` asks for, as they are written.

    Raises:
        UsageProblem: profiles.yml is broken, or has no such target.
    """
    file = project.profiles_file if project.profiles_file.is_file() else DEFAULT_PROFILES
    outputs, default = _read(file)
    target = project.target or default
    if target not in outputs:
        known = ", ".join(sorted(outputs))
        raise UsageProblem(f"There is no target '{target}' in {file.name}. It has: {known}.")
    return target, outputs[target]


def resolved(options: dict[str, Any], project: Project) -> dict[str, Any]:
    """`options` with dbt's `env_var('NAME', 'default')` answered, from the environment or `.env`.

    What only `.env` knows is put into the environment, for dbt asks there.

    Raises:
        UsageProblem: a variable is not set.
    """
    from dotenv import dotenv_values
    from jinja2 import Environment

    local = dotenv_values(project.root / ".env")

    def env_var(name: str, default: str | None = None) -> str:
        if name not in os.environ and local.get(name) is not None:
            os.environ[name] = str(local[name])
        value = os.environ.get(name, default)
        if value is None:
            raise UsageProblem(f"profiles.yml asks for the environment variable {name}, which is not set.")
        return value

    rendered = Environment(autoescape=False)  # noqa: S701 -- names and numbers, no page
    return {
        name: rendered.from_string(value).render(env_var=env_var) if isinstance(value, str) else value
        for name, value in options.items()
    }


def _read(file: Path) -> tuple[dict[str, dict[str, Any]], str]:
    try:
        profile = yaml.safe_load(file.read_text(encoding="utf-8"))["smarketing"]
        return dict(profile["outputs"]), str(profile.get("target", "duckdb"))
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise UsageProblem(
            f"{file} is not a dbt profile called 'smarketing' with its outputs: {error}. "
            "Compare it with the one that `smarketing init` writes."
        ) from None
