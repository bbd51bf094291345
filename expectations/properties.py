"""Which CRM property stands behind a column of `leads`: its history tells values and who changed them."""

from agreement.model import Agreement

FIXED = {
    "stage": "lifecyclestage",
    "stage_since": "lifecyclestage",
    "lead_status": "hs_lead_status",
    "owner_id": "hubspot_owner_id",
    "owner_name": "hubspot_owner_id",
    "owner_team": "hubspot_owner_id",
    "country": "country",
    "email": "email",
    "phone": "phone",
    "referred_by": "referred_by",
}
"""Columns that every agreement has, on contacts."""


def contact_property(agreement: Agreement, column: str) -> str | None:
    """The contact property of `column`; None: it is a company's, or worked out from several."""
    declared = agreement.columns.get(column)
    if declared is not None:
        return declared.property if declared.of == "contact" else None
    if column == "source":
        return agreement.sources.property
    if column.startswith("became_"):
        return FIXED["stage"]
    return FIXED.get(column)
