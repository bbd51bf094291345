"""The portal's property definitions, one line each: name, type and field type."""

from typing import NamedTuple

from sandbox.records.contacts import DATED
from sandbox.records.options import options

LABELS = {
    "hubspotscore": "HubSpot Score",
    "hs_lead_status": "Lead Status",
    "lifecyclestage": "Lifecycle Stage",
}
_ENGAGEMENT = """
hs_object_id number number
hs_timestamp datetime date
hs_createdate datetime date
hs_lastmodifieddate datetime date
hubspot_owner_id enumeration select
"""
_CONTACTS = """
hs_object_id number number
email string text
phone phone_number phonenumber
firstname string text
lastname string text
jobtitle string text
country string text
city string text
createdate datetime date
lastmodifieddate datetime date
lifecyclestage enumeration radio
hs_lead_status enumeration radio
hubspot_owner_id enumeration select
hubspot_owner_assigneddate datetime date
hs_analytics_source enumeration select
hs_analytics_source_data_1 string text
hs_analytics_source_data_2 string text
hs_analytics_first_url string text
hubspotscore number number
recent_conversion_event_name string text
recent_conversion_date datetime date
associatedcompanyid number number
hs_merged_object_ids enumeration checkbox
rejection_reason enumeration select
referred_by string text
hs_language enumeration select
hs_email_optout bool booleancheckbox
newsletter_topics enumeration checkbox
account_number number number
contract_renewal_date date date
annual_budget string text
sales_notes string textarea
"""
_COMPANIES = """
hs_object_id number number
name string text
domain string text
numberofemployees number number
industry enumeration select
country string text
createdate datetime date
hs_lastmodifieddate datetime date
hubspot_owner_id enumeration select
website string text
description string textarea
hs_merged_object_ids enumeration checkbox
"""
_DEALS = """
hs_object_id number number
dealname string text
amount number number
amount_in_home_currency number number
deal_currency_code enumeration select
pipeline enumeration select
dealstage enumeration radio
dealtype enumeration radio
createdate datetime date
closedate datetime date
hs_is_closed bool booleancheckbox
hs_is_closed_won bool booleancheckbox
hubspot_owner_id enumeration select
hs_lastmodifieddate datetime date
hs_merged_object_ids enumeration checkbox
"""
_CALLS = """
hs_call_direction enumeration select
hs_call_status enumeration select
hs_call_duration number number
hs_call_title string text
hs_object_source string text
"""
_EMAILS = """
hs_email_direction enumeration select
hs_email_status enumeration select
hs_email_subject string text
hs_sequence_id number number
hs_email_sent_via string text
"""
_MEETINGS = """
hs_meeting_start_time datetime date
hs_meeting_end_time datetime date
hs_meeting_outcome enumeration select
hs_meeting_source string text
hs_meeting_location_type string text
hs_meeting_title string text
"""
_COMMUNICATIONS = """
hs_communication_channel_type enumeration select
hs_communication_logged_from string text
"""
_TASKS = """
hs_task_status enumeration select
hs_task_subject string text
"""
_NOTES = """
hs_note_body string textarea
"""
_FEEDBACK = """
hs_object_id number number
hs_createdate datetime date
hs_lastmodifieddate datetime date
hs_submission_timestamp datetime date
hs_survey_type enumeration select
hs_survey_name string text
hs_survey_channel enumeration select
hs_value number number
hs_response_group enumeration select
hs_content string textarea
"""
_LEADS = """
hs_object_id number number
hs_createdate datetime date
hs_lastmodifieddate datetime date
hs_lead_name string text
hs_lead_type enumeration select
hs_lead_label enumeration select
hs_pipeline enumeration select
hs_pipeline_stage enumeration select
hubspot_owner_id enumeration select
"""
_TRAININGS = """
hs_object_id number number
hs_createdate datetime date
hs_lastmodifieddate datetime date
training_name string text
starts_on date date
seats number number
fee number number
is_paid bool booleancheckbox
topics enumeration checkbox
"""
_STAGE_DATES = "".join(f"hs_lifecyclestage_{value}_date datetime date\n" for value in sorted(DATED))
_LINES = {
    "contacts": _CONTACTS + _STAGE_DATES,
    "companies": _COMPANIES,
    "deals": _DEALS,
    "calls": _ENGAGEMENT + _CALLS,
    "emails": _ENGAGEMENT + _EMAILS,
    "meetings": _ENGAGEMENT + _MEETINGS,
    "communications": _ENGAGEMENT + _COMMUNICATIONS,
    "tasks": _ENGAGEMENT + _TASKS,
    "notes": _ENGAGEMENT + _NOTES,
    "feedback_submissions": _FEEDBACK,
    "leads": _LEADS,
    "trainings": _TRAININGS,
}
DEFAULTS = {
    "contacts": ("createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"),
    "companies": ("createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"),
    "deals": (
        "amount",
        "closedate",
        "createdate",
        "dealname",
        "dealstage",
        "hs_lastmodifieddate",
        "hs_object_id",
        "pipeline",
    ),
}
ENGAGEMENT_DEFAULTS = ("hs_createdate", "hs_lastmodifieddate", "hs_object_id")


class Field(NamedTuple):
    """How a property is defined: its type says what a value should be, never what it is."""

    name: str
    kind: str
    field: str


FIELDS: dict[str, tuple[Field, ...]] = {
    object_type: tuple(Field(*line.split()) for line in lines.split("\n") if line)
    for object_type, lines in _LINES.items()
}


def definitions(object_type: str) -> list[dict[str, object]]:
    """The definitions that an object begins with, as `GET /crm/v3/properties/{type}` shows them."""
    return [definition(field) for field in FIELDS[object_type]]


def definition(field: Field) -> dict[str, object]:
    """One of them."""
    name = field.name
    return {
        "name": name,
        "label": LABELS.get(name, name.removeprefix("hs_").replace("_", " ").capitalize()),
        "type": field.kind,
        "fieldType": field.field,
        "description": "",
        "groupName": "information",
        "options": options(name),
        "displayOrder": -1,
        "calculated": False,
        "externalOptions": name == "hubspot_owner_id",
        "hasUniqueValue": name == "hs_object_id",
        "hidden": False,
        "hubspotDefined": name.startswith("hs_"),
        "archived": False,
        "formField": False,
        "modificationMetadata": {"archivable": False, "readOnlyDefinition": True, "readOnlyValue": False},
    }
