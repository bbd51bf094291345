"""A CRM that cannot be read ends in one clear sentence, the right exit code, and nothing half-written."""

import socket

import pytest

from errors import CrmUnreadable, UsageProblem
from sandbox.company import Company
from sandbox.limits import Quota
from sandbox.server import SandboxServer
from tests.extract.conftest import Folder, Night
from tests.extract.truth import assert_equal

TOKEN = "pat-very-secret"


def test_without_a_token_it_says_which_setting_is_missing(folder: Folder, crm: SandboxServer) -> None:
    with pytest.raises(UsageProblem, match="SOURCES__HUBSPOT__ACCESS_TOKEN") as problem:
        folder(crm.base_url, token=None).sync()
    assert problem.value.exit_code == 2
    assert crm.requests() == {}


def test_a_wrong_token_is_refused_and_never_shown(folder: Folder, crm: SandboxServer) -> None:
    night = folder(crm.base_url, token=TOKEN)
    with pytest.raises(CrmUnreadable, match="SOURCES__HUBSPOT__ACCESS_TOKEN") as refused:
        night.sync()
    assert refused.value.exit_code == 4
    assert TOKEN not in repr(refused.value) + str(refused.value.__context__) + str(refused.value.__cause__)
    assert not night.warehouse.path.exists()
    assert not any(night.project.root.rglob("*"))


def test_a_crm_that_is_not_there(folder: Folder) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(CrmUnreadable, match="SOURCES__HUBSPOT__BASE_URL"):
            folder(address).sync()


def test_a_missing_scope_is_named(night: Night, crm: SandboxServer) -> None:
    crm.portal.tokens["pat-sandbox"] = frozenset({"crm.objects.deals.read"})
    with pytest.raises(CrmUnreadable, match=r"deals.*scope"):
        night.sync()


def test_the_daily_limit_stops_the_run_and_the_next_one_goes_on(
    night: Night, crm: SandboxServer, company: Company
) -> None:
    crm.portal.limiter.quota = Quota(0, 0, 40)
    with pytest.raises(CrmUnreadable, match="today"):
        night.sync()
    crm.portal.limiter.quota = Quota(0, 0, 0)
    night.sync()
    assert_equal(night.warehouse, crm)


def test_a_token_that_expires_midway_loses_nothing(
    night: Night, crm: SandboxServer, company: Company
) -> None:
    crm.faults.add("expire", next=1, path="objects/emails")
    with pytest.raises(CrmUnreadable, match="expired"):
        night.sync()
    crm.faults.clear()
    night.sync()
    assert_equal(night.warehouse, crm)


def test_no_secret_stays_in_the_project_folder(night: Night) -> None:
    night.sync()
    for file in night.project.root.rglob("*"):
        if file.is_file():
            assert b"pat-sandbox" not in file.read_bytes(), file
