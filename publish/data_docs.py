"""Data Docs in a publication: the page that the check left in `.smarketing`, taken along as it is."""

import shutil
from pathlib import Path

from project import Project

FOLDER = "data_docs"


def take_along(project: Project, making: Path) -> None:
    """Copy the last check's page into the publication being made; nothing where no check has left one."""
    made = project.state_dir / FOLDER
    if made.is_dir():
        shutil.copytree(made, making / FOLDER)
