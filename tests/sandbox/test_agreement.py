"""The company's agreement can be read, and the truth judges by its numbers."""

from pathlib import Path

import pytest

import agreement
from sandbox.judging.terms import SIGNED, read_terms


def test_it_is_a_valid_agreement() -> None:
    signed = agreement.load(SIGNED)
    assert [version.version for version in signed.versions] == ["2025-Q3", "2026-Q3"]


def test_the_truth_knows_every_rule_and_promise_that_was_signed() -> None:
    for signed, terms in zip(agreement.load(SIGNED).versions, read_terms(), strict=True):
        assert terms.name == signed.version
        assert {(rule.stage, rule.name) for rule in terms.rules} == {
            (stage, rule.rule) for stage, rules in signed.definitions.items() for rule in rules
        }
        responses = [each.commitment for each in signed.commitments if each.measure == "respond"]
        assert [promise.name for promise in terms.responses] == responses


def test_a_condition_that_the_truth_does_not_know_fails_loudly(tmp_path: Path) -> None:
    changed = tmp_path / "agreement.yml"
    changed.write_text(SIGNED.read_text(encoding="utf-8").replace("lead_score >= 40", "lead_score >= 41"))
    with pytest.raises(KeyError, match="lead_score >= 41"):
        read_terms(changed)
