"""The agreement's rules and the marts' structure: Great Expectations gives verdicts, SQL the leads."""

from expectations.checking import check
from expectations.outcome import CheckOutcome, RuleResult, StructuralResult

__all__ = ["CheckOutcome", "RuleResult", "StructuralResult", "check"]
