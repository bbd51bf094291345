"""Which part of the agreement's funnel a plan climbs."""

from agreement import Agreement
from agreement.words import MQL
from errors import UsageProblem
from planning.figures import Stages

CUSTOMER, OPPORTUNITY = "customer", "opportunity"


def stages_of(agreement: Agreement) -> Stages:
    """From the stage below MQL (responses) to where deals are made (`opportunity`, else below `customer`).

    Raises:
        UsageProblem: the agreement has no stage `customer` above MQL, so nothing ties leads to revenue.
    """
    names = list(agreement.stage_names)
    handoff = names.index(MQL)
    if CUSTOMER not in names[handoff + 1 :]:
        raise UsageProblem(
            f"A plan goes from customers back to leads, and no stage `{CUSTOMER}` comes after {MQL}. "
            "Add one to `stages`, or rename the one that means it."
        )
    above = names[handoff : names.index(CUSTOMER)]
    top = OPPORTUNITY if OPPORTUNITY in above else above[-1]
    return Stages(names[max(0, handoff - 1) : names.index(top) + 1], CUSTOMER)
