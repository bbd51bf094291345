"""The spend file, right and wrong."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from errors import UsageProblem
from project import Project
from tests.transform.judging.made_up import signed_in
from transform.spend import spend


def read(folder: Path, text: str) -> list[tuple[object, ...]]:
    (folder / "spend.csv").write_text(text, encoding="utf-8")
    return [tuple(row.values()) for row in spend(signed_in(folder), Project(folder)).to_pylist()]


def test_each_line_is_a_row(tmp_path: Path) -> None:
    text = "\ufeffsource,day,cost,campaign,note\npaid,2026-10-01,1200.50, spring ,x\norganic,2026-10-02,0,,\n"
    assert read(tmp_path, text) == [
        (date(2026, 10, 1), "paid", "spring", Decimal("1200.50")),
        (date(2026, 10, 2), "organic", None, Decimal(0)),
    ]


def test_without_a_file_in_the_agreement_there_is_no_spend(tmp_path: Path) -> None:
    silent = signed_in(tmp_path).model_copy(update={"spend_file": None})
    assert spend(silent, Project(tmp_path)).num_rows == 0


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match=r"spend file 'spend.csv' cannot be read: No such file"):
        spend(signed_in(tmp_path), Project(tmp_path))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="lacks campaign, cost in its first line"):
        read(tmp_path, "day,source\n2026-10-01,paid\n")


def test_every_wrong_line_is_named(tmp_path: Path) -> None:
    lines = ["01/10/2026,paid,,1", "2026-10-01,paid,,much", "2026-10-01,,,1", "2026-10-01,paid,,-1"]
    with pytest.raises(UsageProblem) as problem:
        read(tmp_path, "\n".join(["day,source,campaign,cost", *lines]))
    told = problem.value.message
    assert "line 2: Invalid isoformat string: '01/10/2026'" in told
    assert "line 3: 'much' is not an amount" in told
    assert "line 4: the source is empty" in told
    assert "line 5: '-1' is not an amount" in told


def test_a_short_line_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="line 2"):
        read(tmp_path, "day,source,campaign,cost\n2026-10-01,paid\n")


def test_what_is_not_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "spend.csv").write_bytes(b"day,source,campaign,cost\n2026-10-01,\xff,,1\n")
    with pytest.raises(UsageProblem, match="not UTF-8 text"):
        spend(signed_in(tmp_path), Project(tmp_path))
