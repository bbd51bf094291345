"""The log: JSON lines with a run id, and no secret."""

import json
import logging
from pathlib import Path

from nightly import logs
from nightly.secrets import Mask, mask_of
from progress import Silent
from project import Project
from settings import HubSpot, Privacy, Settings, Sources

TOKEN = "pat-na1-0123456789"


def _mask(token: str = TOKEN) -> Mask:
    hubspot = HubSpot.model_validate({"access_token": token})
    key = Privacy.model_validate({"hash_key": "a-key-that-nobody-may-see"})
    return mask_of(Settings(sources=Sources(hubspot=hubspot), privacy=key))


def _lines(project: Project) -> list[dict[str, str]]:
    return [json.loads(line) for line in logs.file_of(project).read_text(encoding="utf-8").splitlines()]


def test_each_line_names_the_run(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with logs.written(project, "20261124T200000.123Z", _mask()):
        logging.getLogger("extract").info("read %s", "contacts")
    (line,) = _lines(project)
    assert (line["run_id"], line["level"], line["logger"], line["message"]) == (
        "20261124T200000.123Z",
        "info",
        "extract",
        "read contacts",
    )


def test_no_secret_is_written_or_said(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with logs.written(project, "r", _mask()):
        logs.Recorded(Silent(), _mask()).say(f"with {TOKEN}")
        try:
            int(f"Bearer {TOKEN}")
        except ValueError:
            logging.getLogger("x").exception("failed with a-key-that-nobody-may-see")
    text = logs.file_of(project).read_text(encoding="utf-8")
    assert TOKEN not in text
    assert "nobody-may-see" not in text
    assert "int() with base 10: 'Bearer ********'" in _lines(project)[1]["traceback"]


def test_a_secret_with_characters_that_json_escapes_is_masked_too(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with logs.written(project, "r", _mask('quoted"and\\slashed')):
        logging.getLogger("x").warning('it is quoted"and\\slashed')
    assert "slashed" not in logs.file_of(project).read_text(encoding="utf-8")


def test_the_log_is_for_its_owner_and_ends_with_the_block(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with logs.written(project, "r", _mask()):
        pass
    logging.getLogger("x").error("afterwards")
    assert _lines(project) == []
    assert logs.file_of(project).stat().st_mode & 0o777 == 0o600
