"""The vocabulary of agreement.yml: every name, what it means, and what may stand there.

The reader checks a file by it, and the JSON Schema for editors is printed from it.
"""

from agreement.codes import CURRENCY, HOLIDAYS, TIME_ZONE
from agreement.grammar_leads import COLUMNS, CONDITION, LEAD_TYPES, SEGMENTS, SOURCES, STAGES, VERDICTS
from agreement.grammar_versions import VERSION
from agreement.kinds import ListOf, Named, Value
from agreement.records import Field, Record
from agreement.values import (
    LENGTH_OF_TIME,
    NAME_OF_OURS,
    TEXT,
    TIME_OF_DAY,
    WHOLE_DAYS,
    YES_NO,
    matching,
    one_of,
)
from agreement.words import CRMS, DAYS, MEDIA, TREATMENTS

OWNER = Value(
    "team: or owner:, and a name, in quotes",
    '"team:Sales"',
    matching(r"^(team|owner): *\S.*$", "which says neither team: nor owner:"),
    {"type": "string", "pattern": r"^(team|owner): *\S.*$"},
)
OWNERS = ListOf(OWNER, unique=True)

CALENDAR = Record(
    "the days, when they open and when they close",
    '{days: [mon, tue, wed, thu, fri], open: "09:00", close: "17:00"}',
    {
        "days": Field(
            ListOf(one_of(*DAYS), unique=True, at_least=1), "The days that are open.", required=True
        ),
        "open": Field(TIME_OF_DAY, "When an open day opens, local time, in quotes.", required=True),
        "close": Field(
            TIME_OF_DAY, 'When it closes, in quotes; "24:00" is the end of the day.', required=True
        ),
        "holidays": Field(HOLIDAYS, "Whose public holidays are closed. Absent: no holidays."),
        "timezone": Field(TIME_ZONE, "The time zone of this calendar. Absent: the agreement's."),
    },
)
TOUCHES = Record(
    "what counts as sales reaching out",
    "{automatic_email: false, duplicates_within: 10 minutes}",
    {
        "media": Field(ListOf(one_of(*MEDIA), unique=True, at_least=1), "The media that count. Absent: all."),
        "automatic_email": Field(YES_NO, "Whether mail sent by a sequence counts. Absent: false."),
        "duplicates_within": Field(
            LENGTH_OF_TIME,
            "Touches of one medium and owner this close together are one attempt. Absent: none are.",
        ),
        "late_log_after": Field(
            LENGTH_OF_TIME,
            "A touch logged later than this after it happened undoes no breach. Absent: any counts.",
        ),
    },
)
TREATMENT = one_of(*TREATMENTS)
EXCLUSION = Record(
    "a condition, and why such leads count nowhere",
    "{where: \"email like '%@example.com'\", because: internal}",
    {
        "where": Field(CONDITION, "Leads that count in no figure.", required=True),
        "because": Field(TEXT, "Why: this is shown beside the lead.", required=True),
    },
)
DEPARTMENTS = Record(
    "a department and its owners",
    '{sales: ["team:Sales"]}',
    {
        name: Field(OWNERS, f"The teams and owners of {name}.")
        for name in ("sales", "marketing", "operations")
    },
)
PRIVACY = Record(
    "email and phone, each with keep, hash or drop",
    "{email: hash, phone: drop}",
    {
        name: Field(TREATMENT, f"What happens to the {name} in whatever is published.")
        for name in ("email", "phone")
    },
)
COHORTS = Record(
    "mature_after",
    "{mature_after: 90 days}",
    {
        "mature_after": Field(WHOLE_DAYS, "How long after its month a cohort is judged. Absent: 90 days."),
    },
)
SPEND = Record(
    "file",
    "{file: spend.csv}",
    {
        "file": Field(
            TEXT, "A file of day, source, campaign and cost, in the project folder.", required=True
        ),
    },
)

AGREEMENT = Record(
    "names such as crm and company, each with its value",
    "company: Paradox Marketing",
    {
        "crm": Field(one_of(*CRMS), "The CRM that the leads live in.", required=True),
        "company": Field(TEXT, "The company whose agreement this is.", required=True),
        "timezone": Field(TIME_ZONE, "The time zone of days, months and quarters.", required=True),
        "currency": Field(CURRENCY, "The currency of every amount.", required=True),
        "calendars": Field(
            Named(NAME_OF_OURS, CALENDAR, f"{{default: {CALENDAR.example}}}", must_have="default"),
            "When the clocks run: open hours, by a name of your own. `default` holds where no other does.",
            required=True,
        ),
        "owner_calendars": Field(
            Named(NAME_OF_OURS, OWNERS, '{auckland: ["team:NZ Sales"]}'),
            "Whose clocks run on which other calendar.",
        ),
        "departments": Field(DEPARTMENTS, "Whose owners are whose. Absent: every owner is a salesperson."),
        "unassigned_owners": Field(OWNERS, "Owners who are queues: a lead of theirs has no owner yet."),
        "columns": Field(COLUMNS, "CRM properties that leads carry, by the names that conditions use."),
        "sources": Field(SOURCES, "Where leads come from. Absent: the CRM's own original source."),
        "stages": Field(
            STAGES, "The funnel, in order, and which values of the CRM mean which stage.", required=True
        ),
        "verdicts": Field(
            VERDICTS,
            "What sales says to a handoff. Absent: accepted on the next stage, rejected on falling back.",
        ),
        "segments": Field(
            SEGMENTS, "Kinds of companies or people; the first that fits a lead is its segment."
        ),
        "lead_types": Field(LEAD_TYPES, "Kinds of interest; the first that fits a lead is its type."),
        "exclude": Field(ListOf(EXCLUSION), "Leads that are kept but count in no figure, with the reason."),
        "touches": Field(TOUCHES, "What counts as sales reaching out to a lead."),
        "privacy": Field(PRIVACY, "What happens to personal columns in whatever is published. Absent: kept."),
        "cohorts": Field(COHORTS, "When the conversion of a month's leads is judged."),
        "spend": Field(SPEND, "What the funnel costs."),
        "versions": Field(
            ListOf(VERSION, at_least=1), "What was signed, and from which day it holds.", required=True
        ),
    },
)
