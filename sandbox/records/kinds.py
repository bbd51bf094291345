"""The types of records that the portal has, and how each is shown."""

from sandbox.records import companies, contacts, deals, engagements, feedback, pursuits, trainings
from sandbox.records.links import ENGAGEMENTS
from sandbox.records.rows import Kind

CONTACT = Kind("lastmodifieddate", 45, contacts.base, contacts.changes, contacts.LATE)
_ENGAGEMENT = Kind("hs_lastmodifieddate", 20, engagements.base, engagements.changes)
KINDS: dict[str, Kind] = {
    "contacts": CONTACT,
    "companies": Kind("hs_lastmodifieddate", 20, companies.base, companies.changes),
    "deals": Kind("hs_lastmodifieddate", 20, deals.base, deals.changes),
    **dict.fromkeys(ENGAGEMENTS, _ENGAGEMENT),
    "feedback_submissions": Kind("hs_lastmodifieddate", 20, feedback.base, feedback.changes),
    "leads": Kind("hs_lastmodifieddate", 20, pursuits.base, pursuits.changes),
    "trainings": Kind("hs_lastmodifieddate", 20, trainings.base, trainings.changes),
}
OBJECT_TYPES = tuple(KINDS)
TYPE_IDS = {
    "contacts": "0-1",
    "companies": "0-2",
    "deals": "0-3",
    "notes": "0-46",
    "meetings": "0-47",
    "calls": "0-48",
    "emails": "0-49",
    "tasks": "0-27",
    "communications": "0-18",
    "feedback_submissions": "0-19",
    "leads": "0-136",
    "trainings": trainings.TYPE_ID,
}
"""Numbers that stand for a type in addresses; the custom object's own."""
