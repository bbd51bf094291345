"""The vocabulary of commitments: a deciding name says what is promised and which other names go with it."""

from agreement.grammar_leads import CONDITION
from agreement.kinds import Json, Kind, ListOf, Named, Value
from agreement.nodes import Mapping, Node
from agreement.problems import Problems
from agreement.records import Field, Record, Variants
from agreement.values import (
    AMOUNT,
    LENGTH_OF_TIME,
    NAME_OF_OURS,
    PROMISED_SHARE,
    TEXT,
    WHOLE_NUMBER,
    matching_key,
    one_of,
)
from agreement.words import CLOCK_STARTS, COUNTS, DEPARTMENTS, MEASURES, PERIODS, SLICES

PERIOD_KEY = Value(
    "a period such as 2026-10, 2026-Q4, 2026-W45 or 2026",
    "2026-10",
    matching_key(r"^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4]|-W(0[1-9]|[1-4]\d|5[0-3]))?$"),
    {"type": "string", "pattern": r"^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4]|-W(0[1-9]|[1-4]\d|5[0-3]))?$"},
)


class Target:
    """One number, or one for each period."""

    expected = "a number above 0, or one for each period"
    example = "400"
    _by_period = Named(PERIOD_KEY, AMOUNT, "{2026-10: 18, 2026-11: 22}")

    def read(self, node: Node, label: str, problems: Problems) -> Node | None:
        """The number, or the usable ones by period."""
        kind: Kind = self._by_period if isinstance(node, Mapping) else AMOUNT
        return kind.read(node, label, problems)

    def schema(self) -> Json:
        """Either."""
        return {"oneOf": [AMOUNT.schema(), self._by_period.schema()]}


TARGET = Target()
BY = Record(
    "a way to slice (segment, team, ...), then names with a target each",
    "{segment: {enterprise: 50}}",
    {
        one: Field(Named(TEXT, TARGET, "{enterprise: 50}"), f"Targets of their own, by {one}.")
        for one in SLICES
    },
)
_NAME = Field(NAME_OF_OURS, "The commitment's name; unique in this version.", required=True)
_PER = Field(one_of(*PERIODS), "The period it is counted by. Absent: month.")
_WHERE = Field(CONDITION, "Only for these leads. Absent: for all.")
_SHARE = Field(PROMISED_SHARE, "In which share of the cases it will be kept.", required=True)
_TARGET = Field(
    TARGET, "How many or how much in a period: one number, or one for each period.", required=True
)
_BY = Field(BY, "Targets of parts of the whole.")
_COUNT = Field(one_of(*COUNTS), "Whether to count leads, or each of their companies once. Absent: leads.")
_STARTS = Field(one_of(*CLOCK_STARTS), "The instant at which the clock starts. Absent: handoff.")
_COMMON = {"commitment": _NAME}
_ENDS = {"per": _PER, "where": _WHERE}
_COUNTED = {"target": _TARGET, **_ENDS, "by": _BY}


def _promise(key: str, example: str, *, names: str, more: dict[str, Field]) -> Record:
    fields = {**_COMMON, **more}
    all_names = {"share", "target", "by", "count", "within", "across_days", "clock_starts", *MEASURES}
    return Record(
        names, f"{{{example}}}", fields, elsewhere=tuple(sorted(all_names - set(fields))), decided_by=key
    )


def _stage(means: str) -> Field:
    return Field(NAME_OF_OURS, means, required=True)


def _within(means: str) -> Field:
    return Field(LENGTH_OF_TIME, means, required=True)


COMMITMENT = Variants(
    "what is promised, under a name",
    {
        "deliver": _promise(
            "deliver",
            "commitment: mql_volume, deliver: marketing_qualified_lead, target: 400, per: month",
            names="a stage and a target",
            more={"deliver": _stage("So many leads enter this stage."), "count": _COUNT, **_COUNTED},
        ),
        "deliver_value": _promise(
            "deliver_value",
            "commitment: sourced_pipeline, deliver_value: opportunity, target: 1500000, per: quarter",
            names="a stage and a target",
            more={"deliver_value": _stage("Deals of leads at this stage, created for so much."), **_COUNTED},
        ),
        "accepted_share": _promise(
            "accepted_share",
            "commitment: mql_acceptance, accepted_share: 60%, per: month",
            names="a share",
            more={
                "accepted_share": Field(
                    PROMISED_SHARE, "Of the leads decided, so many are accepted.", required=True
                ),
                **_ENDS,
            },
        ),
        "respond_within": _promise(
            "respond_within",
            "commitment: first_response, respond_within: 4 business hours, share: 95%, per: month",
            names="a time and a share",
            more={
                "respond_within": _within("The first touch comes within this time."),
                "clock_starts": _STARTS,
                "share": _SHARE,
                **_ENDS,
            },
        ),
        "attempts": _promise(
            "attempts",
            "commitment: follow_up, attempts: 5, across_days: 3, within: 10 business days, share: 90%",
            names="a number of attempts, a time and a share",
            more={
                "attempts": Field(WHOLE_NUMBER, "So many attempts to reach the lead.", required=True),
                "across_days": Field(WHOLE_NUMBER, "On at least so many different days. Absent: one."),
                "within": _within("Within this time of the handoff."),
                "share": _SHARE,
                **_ENDS,
            },
        ),
        "decide_within": _promise(
            "decide_within",
            "commitment: verdict, decide_within: 2 business days, share: 95%, per: month",
            names="a time and a share",
            more={"decide_within": _within("Sales decides within this time."), "share": _SHARE, **_ENDS},
        ),
        "convert": _promise(
            "convert",
            "commitment: new_customers, convert: customer, target: 20, per: month",
            names="a stage and a target",
            more={"convert": _stage("So many leads are brought to this stage."), "count": _COUNT, **_COUNTED},
        ),
        "convert_value": _promise(
            "convert_value",
            "commitment: new_revenue, convert_value: won, target: 900000, per: quarter",
            names="won and a target",
            more={"convert_value": Field(one_of("won"), "Deals won for so much.", required=True), **_COUNTED},
        ),
        "assign_within": _promise(
            "assign_within",
            "commitment: routing, assign_within: 15 business minutes, share: 98%, per: month",
            names="a time and a share",
            more={
                "assign_within": _within("A lead handed off has an owner within this time."),
                "share": _SHARE,
                **_ENDS,
            },
        ),
    },
    missing="does not say what is promised",
    called="commitment",
)
COMMITMENTS = Record(
    "a party and what it promises",
    "{marketing: [{commitment: mql_acceptance, accepted_share: 60%}]}",
    {name: Field(ListOf(COMMITMENT), f"What {name} promises.") for name in DEPARTMENTS},
)
