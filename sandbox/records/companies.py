"""Companies as the CRM shows them."""

from sandbox.instants import to_iso
from sandbox.records.rows import Change, Properties
from sandbox.story import Firm


def base(firm: Firm) -> Properties:
    """What a company was created with."""
    return {
        "name": firm.name,
        "domain": firm.domain,
        "industry": firm.industry,
        "country": firm.country,
        "createdate": to_iso(firm.created_at),
        "hubspot_owner_id": firm.owner.id if firm.owner else None,
        "website": f"www.{firm.domain}",
        "description": "" if firm.id % 2 else None,
    }


def changes(firm: Firm) -> list[Change]:
    """The size, which an enrichment finds out, at once or days later."""
    return [
        Change(known.at, "numberofemployees", known.value, "DATA_ENRICHMENT", None, None)
        for known in firm.employees
    ]
