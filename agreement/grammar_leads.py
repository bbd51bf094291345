"""The vocabulary about leads: columns, sources, stages, verdicts, segments, lead types."""

from agreement.kinds import ListOf, Named, Value
from agreement.records import Field, Record
from agreement.values import NAME_OF_OURS, TEXT, matching, one_of, text
from agreement.words import COLUMN_TYPES, CRM

CONDITION = Value(
    "a condition on a lead's columns, in quotes if it has a comma, a colon or a # in it",
    "\"country = 'AU'\"",
    text,
    {
        "type": "string",
        "minLength": 1,
        "examples": ["employees >= 250", "email is not null or phone is not null"],
    },
)
LABEL = NAME_OF_OURS
PROPERTY = Value(
    "a property's internal name in the CRM, of the contact or, after `company.`, of its primary company",
    "company.numberofemployees",
    matching(r"^(company\.)?[A-Za-z][A-Za-z0-9_]*$", "which no property of a contact or company.x is called"),
    {"type": "string", "pattern": r"^(company\.)?[A-Za-z][A-Za-z0-9_]*$"},
)
CONTACT_PROPERTY = Value(
    "the internal name of one of the contact's properties in the CRM",
    "rejection_reason",
    matching(r"^[A-Za-z][A-Za-z0-9_]*$", "which no property of a contact is called"),
    {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9_]*$"},
)
COLUMN = Record(
    "a property of the CRM and its type",
    f"{{{CRM}: company.numberofemployees, type: integer}}",
    {
        CRM: Field(PROPERTY, "The contact's property, or `company.x` of its primary company.", required=True),
        "type": Field(one_of(*COLUMN_TYPES), "What its values are.", required=True),
    },
)
COLUMNS = Named(NAME_OF_OURS, COLUMN, f"{{employees: {COLUMN.example}}}")
SOURCES = Record(
    "a property of the contact, and names for its values",
    f"{{{CRM}: hs_analytics_source, map: {{PAID_SEARCH: paid}}}}",
    {
        CRM: Field(
            CONTACT_PROPERTY, "The property that says where a lead comes from. Absent: the original source."
        ),
        "map": Field(
            Named(TEXT, TEXT, "{PAID_SEARCH: paid}"),
            "Our names for its values; others are used in lower case.",
        ),
    },
)
STAGE = Record(
    "a stage's name and the CRM's values that mean it",
    f"{{stage: lead, {CRM}: [lead]}}",
    {
        "stage": Field(NAME_OF_OURS, "The stage's name, as it appears in tables.", required=True),
        CRM: Field(
            ListOf(TEXT, unique=True, at_least=1),
            "The values of the lifecycle property that mean it.",
            required=True,
        ),
    },
)
STAGES = ListOf(STAGE, at_least=1)
STATUSES = ListOf(TEXT, unique=True, at_least=1)
ACCEPTED = Record(
    "a stage or lead statuses that mean yes",
    "{stage: sales_qualified_lead}",
    {
        "stage": Field(NAME_OF_OURS, "Reaching this stage or a later one is an acceptance."),
        "lead_status": Field(STATUSES, "Lead statuses that say so."),
    },
    any_of=("stage", "lead_status"),
)
VERDICTS = Record(
    "how the verdicts of sales show in the CRM",
    "{accepted: {stage: sales_qualified_lead}, rejected: {lead_status: [UNQUALIFIED]}}",
    {
        "accepted": Field(ACCEPTED, "Sales takes the lead. Absent: reaching the stage after MQL."),
        "rejected": Field(
            Record(
                "lead statuses that mean no",
                "{lead_status: [UNQUALIFIED]}",
                {"lead_status": Field(STATUSES, "Lead statuses that say so.", required=True)},
            ),
            "Sales turns it down, which counts against marketing. Falling back always does.",
        ),
        "recycled": Field(
            Record(
                "lead statuses that mean not now",
                "{lead_status: [BAD_TIMING]}",
                {"lead_status": Field(STATUSES, "Lead statuses that say so.", required=True)},
            ),
            "The lead goes back to nurturing; it counts against nobody.",
        ),
        "reason": Field(
            Record(
                "the property that says why",
                f"{{{CRM}: rejection_reason}}",
                {CRM: Field(CONTACT_PROPERTY, "The contact's property with the reason.", required=True)},
            ),
            "Where the CRM says why.",
        ),
    },
)


def _sorted_by_condition(name: str, example: str) -> ListOf:
    return ListOf(
        Record(
            f"a {name} and the condition for it",
            f"{{{name}: {example}}}",
            {
                name: Field(LABEL, f"The name of this {name.replace('_', ' ')}.", required=True),
                "where": Field(CONDITION, "Which leads it is; the first that fits counts.", required=True),
            },
        )
    )


SEGMENTS = _sorted_by_condition("segment", "enterprise, where: employees >= 250")
LEAD_TYPES = _sorted_by_condition("lead_type", "demo, where: \"intent = 'Demo request'\"")
