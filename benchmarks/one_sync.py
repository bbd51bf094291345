"""One sync, or one bare reading, in a process of its own: its seconds, CPU and peak memory as JSON.

`python -m benchmarks.one_sync sync|bare ADDRESS FOLDER INSTANT [OBJECT ...]`; only these objects, if any.
What is imported is imported before the clock starts: a night pays for it once, however large the portal is.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import orjson
from pydantic import SecretStr

import agreement
import sandbox
from agreement import Agreement
from extract import declaration, faults, sync
from progress import Silent
from project import Project, Run
from settings import HubSpot, Settings, Sources
from warehouse import open_warehouse

TOKEN = "pat-sandbox"
Measured = dict[str, Any]


def main(how: str, address: str, folder: str, instant: str, *only: str) -> None:
    """Measure and print."""
    _warm()
    if only:
        _narrow(set(only))
    project = Project(Path(folder))
    signed = agreement.load(Path(sandbox.__file__).parent / "agreement.yml")
    measured = _timed(
        (lambda: _bare(address)) if how == "bare" else lambda: _sync(project, signed, address, instant)
    )
    print(json.dumps(measured))


def _warm() -> None:
    """Import what is not imported yet: a night begins with the sync's own modules, as this one did."""
    import dlt  # noqa: F401
    import pandas  # noqa: F401 -- Arrow imports it where it is there


def _timed(work: Callable[[], Measured]) -> Measured:
    began, worked = time.monotonic(), time.process_time()
    outcome = work()
    return {
        "seconds": time.monotonic() - began,
        "cpu_seconds": time.process_time() - worked,
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    } | outcome


def _sync(project: Project, signed: Agreement, address: str, instant: str) -> Measured:
    import extract.client

    refused = []

    def refusal(path: str, answer: faults.Answer) -> Exception:
        refused.append(answer.status)
        return faults.refusal(path, answer)

    extract.client.refusal = refusal  # type: ignore[attr-defined]
    hubspot = HubSpot(access_token=SecretStr(TOKEN), base_url=address, quota_share=1)
    warehouse = open_warehouse(project)
    run = Run(f"{time.time()}", datetime.fromisoformat(instant))
    outcome = sync(project, signed, warehouse, Settings(sources=Sources(hubspot=hubspot)), run, Silent())
    return {"requests": outcome.requests, "rows": outcome.rows_loaded, "refused": len(refused)}


def _bare(address: str) -> Measured:
    """The same list of contacts, page by page, its JSON parsed and thrown away."""
    declared = declaration.load("hubspot")
    contacts = declared.objects[0]
    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        defined = client.get(f"/crm/v3/properties/{contacts.path}").json()["results"]
        asked = {
            "limit": str(declared.limits.history_page),
            "properties": ",".join(sorted(one["name"] for one in defined)),
            "propertiesWithHistory": ",".join(contacts.history),
            "associations": ",".join(one.to for one in contacts.associations),
        }
        requests, after = 0, ""
        while after is not None:
            query = urlencode(asked | ({"after": after} if after else {}), safe=",")
            request = client.build_request("GET", f"/crm/v3/objects/{contacts.path}")
            request.extensions["target"] = request.url.raw_path + b"?" + query.encode()
            answer = orjson.loads(client.send(request).content)
            requests += 1
            after = answer.get("paging", {}).get("next", {}).get("after")
    return {"requests": requests}


def _narrow(names: set[str]) -> None:
    whole = declaration.load("hubspot")
    kept = tuple(one for one in whole.objects if one.name in names)
    declaration.load = lambda crm: whole.model_copy(update={"objects": kept})  # type: ignore[assignment]


if __name__ == "__main__":
    main(*sys.argv[1:])
