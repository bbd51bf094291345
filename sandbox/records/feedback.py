"""Feedback submissions as the CRM shows them."""

from sandbox.instants import to_iso
from sandbox.records.rows import Change, Properties
from sandbox.sidelines import Survey

_NAMES = {"NPS": "Would you recommend us?", "CSAT": "How was it today?"}


def base(survey: Survey) -> Properties:
    """What was submitted: it never changes."""
    return {
        "hs_createdate": to_iso(survey.created_at),
        "hs_submission_timestamp": to_iso(survey.created_at),
        "hs_survey_type": survey.kind,
        "hs_survey_name": _NAMES[survey.kind],
        "hs_survey_channel": "EMAIL",
        "hs_value": str(survey.score),
        "hs_response_group": _group(survey),
        "hs_content": survey.comment or None,
    }


def changes(survey: Survey) -> list[Change]:
    """None."""
    return []


def _group(survey: Survey) -> str:
    bar = {"NPS": (9, 7), "CSAT": (6, 5)}[survey.kind]
    return "PROMOTER" if survey.score >= bar[0] else "PASSIVE" if survey.score >= bar[1] else "DETRACTOR"
