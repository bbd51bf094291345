"""Planning: from a revenue goal back to what each side must commit to, on the company's own history."""

from planning.figures import Figure
from planning.goal import Goal
from planning.plan import Need, Plan, plan

__all__ = ["Figure", "Goal", "Need", "Plan", "plan"]
