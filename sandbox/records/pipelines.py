"""The portal's deal pipelines."""

from typing import NamedTuple


class Step(NamedTuple):
    """One stage of a pipeline. `probability` as HubSpot writes it; 1.0 is won, 0.0 lost."""

    id: str
    label: str
    probability: str

    @property
    def is_closed(self) -> bool:
        """Whether a deal in this stage is over."""
        return self.probability in {"0.0", "1.0"}


PIPELINES: dict[str, tuple[str, tuple[Step, ...]]] = {
    "default": (
        "Sales Pipeline",
        (
            Step("appointmentscheduled", "Appointment scheduled", "0.2"),
            Step("qualifiedtobuy", "Qualified to buy", "0.4"),
            Step("presentationscheduled", "Presentation scheduled", "0.6"),
            Step("contractsent", "Contract sent", "0.9"),
            Step("closedwon", "Closed won", "1.0"),
            Step("closedlost", "Closed lost", "0.0"),
        ),
    ),
    "71000002": (
        "NZ Pipeline",
        (
            Step("71000021", "Discovery", "0.3"),
            Step("71000022", "Proposal", "0.6"),
            Step("71000023", "Won", "1.0"),
            Step("71000024", "Lost", "0.0"),
        ),
    ),
}
PATHS: dict[str, tuple[list[str], tuple[str, str]]] = {
    pipeline: (
        [step.id for step in steps if not step.is_closed],
        (
            next(step.id for step in steps if step.probability == "1.0"),
            next(step.id for step in steps if step.probability == "0.0"),
        ),
    )
    for pipeline, (_, steps) in PIPELINES.items()
}
