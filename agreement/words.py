"""The closed vocabularies of the agreement: where only certain words may stand."""

from typing import Literal, get_args

Crm = Literal["hubspot"]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Department = Literal["marketing", "sales", "operations", "shared"]
Period = Literal["week", "month", "quarter", "year"]
ColumnType = Literal["string", "integer", "number", "boolean", "date", "datetime"]
Medium = Literal["call", "email", "text", "meeting", "video_call", "social"]
Treatment = Literal["keep", "hash", "drop"]
Severity = Literal["critical", "warning"]
Judged = Literal["present", "entry"]
Counted = Literal["leads", "companies"]
ClockStart = Literal["handoff", "assignment"]
Slice = Literal["segment", "owner", "team", "source", "lead_type"]
Measure = Literal[
    "deliver",
    "deliver_value",
    "accepted",
    "respond",
    "follow_up",
    "decide",
    "convert",
    "convert_value",
    "assign",
]

CRMS: tuple[str, ...] = get_args(Crm)
DAYS: tuple[str, ...] = get_args(Day)
DEPARTMENTS: tuple[str, ...] = get_args(Department)
PERIODS: tuple[str, ...] = get_args(Period)
COLUMN_TYPES: tuple[str, ...] = get_args(ColumnType)
MEDIA: tuple[str, ...] = get_args(Medium)
TREATMENTS: tuple[str, ...] = get_args(Treatment)
SEVERITIES: tuple[str, ...] = get_args(Severity)
JUDGED: tuple[str, ...] = get_args(Judged)
COUNTS: tuple[str, ...] = get_args(Counted)
CLOCK_STARTS: tuple[str, ...] = get_args(ClockStart)
SLICES: tuple[str, ...] = get_args(Slice)

# The name in the file that decides what is promised, and the measure it stands for.
MEASURES: dict[str, Measure] = {
    "deliver": "deliver",
    "deliver_value": "deliver_value",
    "accepted_share": "accepted",
    "respond_within": "respond",
    "attempts": "follow_up",
    "decide_within": "decide",
    "convert": "convert",
    "convert_value": "convert_value",
    "assign_within": "assign",
}

# The name under which the file gives a CRM's own properties and values: that of the only CRM so far.
CRM = CRMS[0]
MQL = "marketing_qualified_lead"
