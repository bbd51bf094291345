"""Every mistake is refused with a message that the people who sign can act on, within half a second."""

import time
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

import agreement
from agreement.reader import loads
from errors import UsageProblem
from tests.agreement.broken import BASE, BROKEN, broken

ENOUGH_SECONDS = 0.5


def refusal(text: str) -> str:
    with pytest.raises(UsageProblem) as refused:
        loads(text)
    return refused.value.message


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """What is imported once does not count for each refusal; test_agreement_cold_start counts it."""
    loads(BASE)


def test_the_base_itself_is_accepted() -> None:
    assert loads(BASE).company == "Paradox Marketing"


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_agreement_is_refused_in_words(name: str, snapshot: SnapshotAssertion) -> None:
    text = broken(name)
    started = time.process_time()
    message = refusal(text)
    assert time.process_time() - started < ENOUGH_SECONDS
    assert message == snapshot


@pytest.mark.parametrize("name", BROKEN)
def test_every_problem_has_place_expectation_and_remedy(name: str) -> None:
    _, *problems = refusal(broken(name)).split("\n\n")
    assert problems
    for problem in problems:
        place, expected, *remedy = problem.split("\n")
        file, line, column, found = place.split(":", 3)
        assert (file, line.isdigit(), column.isdigit()) == ("agreement.yml", True, True)
        assert found.strip()
        assert expected.startswith("  Expected: ")
        assert all(one.startswith(("  Did you mean: ", "  For example: ")) for one in remedy)


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        BASE.replace("AUD", "AU$").replace("share: 95%", "share: 950%").replace("email: hash", "email: hsh")
    )
    message = refusal(text)
    assert "3 problems" in message
    assert message.index("`currency`") < message.index("`email`") < message.index("`share`")


def test_the_place_is_the_character_that_is_wrong() -> None:
    message = refusal(BASE.replace("email is not null, dep", "email is not null and fone is not null, dep"))
    line = next(number for number, text in enumerate(BASE.splitlines(), 1) if "must: email" in text)
    column = BASE.splitlines()[line - 1].index("email is not null") + len("email is not null and ") + 1
    assert f"agreement.yml:{line}:{column}: `must` uses `fone`" in message


def test_a_missing_file_points_to_init(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="smarketing init"):
        agreement.load(tmp_path / "agreement.yml")


def test_a_file_of_another_encoding_says_so(tmp_path: Path) -> None:
    file = tmp_path / "agreement.yml"
    file.write_bytes(BASE.replace("Paradox", "Pärådox").encode("latin-1"))
    with pytest.raises(UsageProblem, match="UTF-8"):
        agreement.load(file)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    file = tmp_path / "agreement.yml"
    file.write_text(BASE, encoding="utf-8-sig")
    assert agreement.load(file) == loads(BASE)


def test_there_are_fifty_and_more() -> None:
    assert len(BROKEN) >= 50
