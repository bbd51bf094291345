"""What every table and column means, where it comes from and who reads it, as one page."""

import shutil
from pathlib import Path

from agreement import Agreement
from progress import Progress
from project import Project
from transform.dbt_runner import Dbt
from transform.dbt_vars import dbt_vars
from warehouse import Warehouse


def document(project: Project, agreement: Agreement, warehouse: Warehouse, progress: Progress) -> Path:
    """Write dbt's documentation of the models, under this agreement, to `.smarketing/docs/index.html`.

    The page holds everything that it shows. Returns its path.

    Raises:
        RuntimeError: dbt could not describe the project or the warehouse.
    """
    target = project.state_dir / "docs" / "index.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    with Dbt(project, warehouse, dbt_vars(agreement, warehouse.engine), progress) as dbt:
        shutil.copyfile(dbt.document(), target)
    return target
