"""One sync in a process of its own, to be killed: `python -m tests.extract.one_night FOLDER ADDRESS INSTANT`.

Its loads are small, so that there are many instants between two of them.
"""

import sys
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

import agreement
import sandbox
from extract import conveyor, sync
from progress import Silent
from project import Project, Run
from settings import HubSpot, Settings, Sources
from warehouse import open_warehouse

ROWS_A_LOAD = 400


def main(folder: str, address: str, instant: str) -> None:
    conveyor.ROWS_A_LOAD = ROWS_A_LOAD
    project = Project(Path(folder))
    signed = agreement.load(Path(sandbox.__file__).parent / "agreement.yml")
    settings = Settings(
        sources=Sources(hubspot=HubSpot(access_token=SecretStr("pat-sandbox"), base_url=address))
    )
    run = Run("killed", datetime.fromisoformat(instant))
    sync(project, signed, open_warehouse(project), settings, run, Silent())


if __name__ == "__main__":
    main(*sys.argv[1:])
