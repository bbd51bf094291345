"""Trainings as the CRM shows them: the portal's own custom object."""

from sandbox.instants import to_day, to_iso
from sandbox.records.deals import money
from sandbox.records.rows import Change, Properties, changed
from sandbox.sidelines import Training

TYPE_ID = "2-47110815"
NAME = "training"
_TOPICS = ("lists", "forms", "reports", "workflows")


def base(training: Training) -> Properties:
    """What was booked."""
    return {
        "hs_createdate": to_iso(training.created_at),
        "training_name": training.name,
        "starts_on": to_day(training.starts_at),
        "seats": str(training.seats),
        "fee": money(training.fee),
        "topics": ";".join(_TOPICS[: 1 + training.seats % 4]),
        "is_paid": "false",
    }


def changes(training: Training) -> list[Change]:
    """That it was paid, if it ever was."""
    return [changed(training.paid_at, "is_paid", "true", None)] if training.paid_at is not None else []
