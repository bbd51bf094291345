"""The vocabulary of what was signed: versions, rules, commitments, waivers."""

from agreement.grammar_leads import CONDITION
from agreement.grammar_promises import COMMITMENTS
from agreement.kinds import ListOf, Named
from agreement.records import Field, Record, Variants
from agreement.values import DAY, NAME_OF_OURS, SHARE, TEXT, YES_NO, one_of
from agreement.words import DEPARTMENTS, JUDGED, SEVERITIES

RULE = Record(
    "a rule's name, what must hold, and whose duty it is",
    "{rule: mql_reachable, must: email is not null, department: marketing}",
    {
        "rule": Field(NAME_OF_OURS, "The rule's name; unique in this version.", required=True),
        "must": Field(
            CONDITION, "What must hold; a lead for which it is unknown breaks the rule.", required=True
        ),
        "because": Field(TEXT, "Why, in a sentence that people read."),
        "department": Field(one_of(*DEPARTMENTS), "Who has to mend it.", required=True),
        "severity": Field(
            one_of(*SEVERITIES), "critical may stop publishing, warning never does. Absent: warning."
        ),
        "tolerance": Field(SHARE, "Which share of the leads judged may break it first. Absent: none."),
        "quarantine": Field(YES_NO, "Whether leads that break it are set apart. Absent: false."),
        "judge": Field(one_of(*JUDGED), "The values now, or those at entry into the stage. Absent: present."),
    },
)
_UNTIL = Field(DAY, "The last day of the waiver, itself included.", required=True)
_FROM = Field(DAY, "The first day of the waiver. Absent: from the beginning.")
_REASON = Field(TEXT, "Why it was waived.", required=True)
WAIVER = Variants(
    "a rule or a commitment, until when, and why",
    {
        "rule": Record(
            "a rule, a lead, an end and a reason",
            '{rule: mql_reachable, lead: "4711", until: 2026-12-31, reason: Trade-fair badge scan}',
            {
                "rule": Field(NAME_OF_OURS, "The rule that is waived.", required=True),
                "lead": Field(TEXT, "The CRM's id of the lead, in quotes.", required=True),
                "from": _FROM,
                "until": _UNTIL,
                "reason": _REASON,
            },
            elsewhere=("team", "owner", "segment"),
            decided_by="rule",
        ),
        "commitment": Record(
            "a commitment, an end and a reason",
            "{commitment: first_response, team: NZ Sales, until: 2026-11-04, reason: Dialler outage}",
            {
                "commitment": Field(NAME_OF_OURS, "The commitment that is waived.", required=True),
                "team": Field(TEXT, "Only for this team."),
                "owner": Field(TEXT, "Only for this owner: an email address, as in departments."),
                "segment": Field(NAME_OF_OURS, "Only for this segment."),
                "from": _FROM,
                "until": _UNTIL,
                "reason": _REASON,
            },
            elsewhere=("lead",),
            decided_by="commitment",
        ),
    },
    missing="names neither a rule nor a commitment",
)
VERSION = Record(
    "a version, the day it takes effect, and what it says",
    "{version: 2026-Q4, effective_from: 2026-10-01}",
    {
        "version": Field(TEXT, "Its name: every judged row carries it.", required=True),
        "effective_from": Field(
            DAY, "The first day it holds; it ends when the next one begins.", required=True
        ),
        "signed": Field(
            Record(
                "who signed for whom",
                "{marketing: Head of Marketing, sales: Head of Sales}",
                {
                    name: Field(TEXT, f"Who signed for {name}.")
                    for name in ("marketing", "sales", "operations")
                },
            ),
            "Who signed it.",
        ),
        "definitions": Field(
            Named(NAME_OF_OURS, ListOf(RULE), f"{{marketing_qualified_lead: [{RULE.example}]}}"),
            "By stage: what must hold for every lead that is at it or beyond.",
        ),
        "commitments": Field(COMMITMENTS, "What each party promises."),
        "waivers": Field(ListOf(WAIVER), "What was waived, for whom, until when, and why."),
    },
)
