"""Publications can be listed, gone back to, and are pruned but for those that matter."""

import pytest

import publish
from errors import UsageProblem
from tests.publish.conftest import Office

LATER = [f"202611{day:02}T200000Z" for day in range(1, 13)]


def ids(office: Office) -> list[str]:
    return [made.publication_id for made in publish.history(office.project)]


@pytest.fixture
def bare(office: Office) -> Office:
    """Without marts: quicker to publish where only folders matter."""
    with office.warehouse.connect() as connection:
        connection.execute("drop schema marts cascade")
    return office


def test_before_anything_there_is_nothing(bare: Office) -> None:
    assert publish.current(bare.project) is None
    assert publish.history(bare.project) == ()
    with pytest.raises(UsageProblem, match="no earlier"):
        publish.rollback(bare.project)


def test_history_is_newest_first_with_suffixes_in_order(bare: Office) -> None:
    for run_id in ["b", "a", *["b"] * 10]:
        bare.publish(run_id)
    assert ids(bare) == [*(f"b--{n}" for n in range(11, 1, -1)), "b", "a"]


def test_rollback_shows_an_earlier_one_and_the_next_run_goes_on_top(bare: Office) -> None:
    for run_id in LATER[:3]:
        bare.publish(run_id)
    assert publish.rollback(bare.project).publication_id == LATER[1]
    assert publish.rollback(bare.project).publication_id == LATER[0]
    assert publish.rollback(bare.project, LATER[2]).publication_id == LATER[2]
    shown = publish.current(bare.project)
    assert shown is not None
    assert shown.publication_id == LATER[2]
    assert bare.publish(LATER[3]).publication_id == LATER[3]
    assert ids(bare) == LATER[3::-1]


def test_rollback_without_a_name_skips_refused_ones(bare: Office) -> None:
    bare.publish(LATER[0])
    bare.publish(LATER[1], refusals=("No.",))
    bare.publish(LATER[2])
    assert publish.rollback(bare.project).publication_id == LATER[0]


def test_rollback_to_an_unknown_one_names_those_kept(bare: Office) -> None:
    bare.publish(LATER[0])
    with pytest.raises(UsageProblem, match=f"Kept are: {LATER[0]}"):
        publish.rollback(bare.project, "../../etc")


def test_refusal_after_a_rollback_shows_the_marts_rolled_back_to(bare: Office) -> None:
    for run_id in LATER[:3]:
        bare.publish(run_id)
    publish.rollback(bare.project, LATER[0])
    assert bare.publish(LATER[3], refusals=("No.",)).marts_from == LATER[0]


def test_old_ones_are_pruned(bare: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLISH__KEEP", "3")
    for run_id in LATER[:6]:
        bare.publish(run_id)
    assert ids(bare) == LATER[5:2:-1]


def test_the_last_certified_and_the_source_of_what_is_shown_are_never_pruned(
    bare: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISH__KEEP", "2")
    for run_id in LATER[:2]:
        bare.publish(run_id)
    publish.rollback(bare.project, LATER[0])
    for run_id in LATER[2:8]:
        bare.publish(run_id, refusals=("No.",))
    assert ids(bare) == [LATER[7], LATER[6], LATER[1], LATER[0]]


def test_what_is_not_a_publication_is_neither_listed_nor_removed(bare: Office) -> None:
    theirs = bare.project.publications_dir / "notes"
    theirs.mkdir(parents=True)
    bare.publish(LATER[0])
    assert ids(bare) == [LATER[0]]
    assert theirs.is_dir()
