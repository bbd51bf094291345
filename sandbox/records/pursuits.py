"""HubSpot's leads as the CRM shows them: what sales works on, beside the contact that it is about."""

from operator import itemgetter

from sandbox.instants import to_iso
from sandbox.records.rows import Change, Properties, changed
from sandbox.sidelines import Pursuit

PIPELINE = "lead-pipeline-id"


def base(pursuit: Pursuit) -> Properties:
    """What it was created with."""
    lead = pursuit.lead
    return {
        "hs_createdate": to_iso(pursuit.created_at),
        "hs_lead_name": f"{lead.first_name} {lead.last_name}",
        "hs_lead_type": "RE_ATTEMPTING" if pursuit.is_again else "NEW_BUSINESS",
        "hs_lead_label": ("HOT", "WARM", "COLD")[lead.number % 3],
        "hs_pipeline": PIPELINE,
    }


def changes(pursuit: Pursuit) -> list[Change]:
    """Its way through the lead pipeline, and whose it was."""
    revisions = [changed(stage.at, "hs_pipeline_stage", stage.value, None) for stage in pursuit.stages]
    for each in pursuit.owners:
        at = max(each.at, pursuit.created_at)
        revisions.append(changed(at, "hubspot_owner_id", each.owner.id if each.owner else "", each.by))
    revisions.sort(key=itemgetter(0))
    return revisions
