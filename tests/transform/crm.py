"""A CRM of a few leads, told in a few words each, as the raw tables that the extract room would leave."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from tests.transform.raw import Rows, at

Step = tuple[str, str]
LIFECYCLE = {
    "contact": "subscriber",
    "lead": "lead",
    "mql": "marketingqualifiedlead",
    "sql": "salesqualifiedlead",
    "opportunity": "opportunity",
    "customer": "customer",
}
AUTOMATION = "AUTOMATION_PLATFORM"


class Crm:
    """Collects raw rows; every method adds one thing and what hangs on it."""

    def __init__(self) -> None:
        self.tables: dict[str, Rows] = {}

    def add(self, table: str, **row: Any) -> None:
        """One raw row as it is."""
        self.tables.setdefault(table, []).append(row)

    def lead(
        self,
        lead_id: str,
        stages: Sequence[Step] = (),
        *,
        created: str = "2026-10-01 00:00",
        owners: Sequence[Step] = (),
        statuses: Sequence[Step] = (),
        **properties: Any,
    ) -> str:
        """A contact, with the revisions of its stage (by our short names or the CRM's), owner and status."""
        told = {"lifecyclestage": stages, "hubspot_owner_id": owners, "hs_lead_status": statuses}
        now: dict[str, Any] = {}
        for name, steps in told.items():
            values = [(instant, LIFECYCLE.get(value, value)) for instant, value in steps]
            self.history(lead_id, name, values)
            now[name] = values[-1][1] if values else None
        changes = [at(instant) for steps in told.values() for instant, _ in steps]
        row = {"id": lead_id, "archived": False, "createdate": at(created), "created_at": at(created)} | now
        row["lastmodifieddate"] = max([at(created), *changes])
        self.add("contacts", **(row | properties))
        return lead_id

    def history(
        self,
        record: str,
        name: str,
        steps: Sequence[Step],
        *,
        object_type: str = "contacts",
        user: str | None = None,
    ) -> None:
        """Revisions of one property, oldest first; those of one instant keep their order."""
        seen: dict[str, int] = {}
        for instant, value in steps:
            seen[instant] = seen.get(instant, -1) + 1
            self.add(
                "property_history",
                object_type=object_type,
                object_id=record,
                property=name,
                changed_at=at(instant),
                ordinal=seen[instant],
                value=value,
                source_type=AUTOMATION,
                updated_by_user_id=user,
            )

    def engage(
        self,
        kind: str,
        engagement_id: str,
        leads: str | Sequence[str],
        when: str,
        *,
        logged: str | None = None,
        **properties: Any,
    ) -> None:
        """An engagement of `kind` (calls, emails, ...) with one or more leads."""
        row = {"id": engagement_id, "hs_timestamp": at(when), "hs_createdate": at(logged or when)}
        self.add(kind, **(row | properties))
        for lead in [leads] if isinstance(leads, str) else leads:
            self.associate(kind, engagement_id, "contacts", lead)

    def call(self, engagement_id: str, leads: str | Sequence[str], when: str, **properties: Any) -> None:
        """A call that nobody answered: a touch all the same."""
        self.engage("calls", engagement_id, leads, when, **({"hs_call_status": "NO_ANSWER"} | properties))

    def meeting(
        self,
        engagement_id: str,
        lead: str,
        booked: str,
        starts: str,
        *,
        source: str = "CRM_UI",
        **properties: Any,
    ) -> None:
        """A meeting that is booked at one instant and starts at another."""
        row = {
            "hs_meeting_start_time": at(starts),
            "hs_meeting_source": source,
            "hs_meeting_outcome": "SCHEDULED",
        }
        self.engage("meetings", engagement_id, lead, starts, logged=booked, **(row | properties))

    def owner(self, owner_id: str, name: str, team: str | None = None, *, left: str | None = None) -> str:
        """A user of the CRM, called `name`, with an address and perhaps a team."""
        times = {"created_at": at("2025-01-01"), "updated_at": at(left or "2025-01-01")}
        email = f"{name.lower()}@us.example"
        self.add(
            "owners",
            id=owner_id,
            email=email,
            first_name=name,
            user_id=f"u{owner_id}",
            archived=left is not None,
            **times,
        )
        if team:
            self.add("owner_teams", owner_id=owner_id, team_id=team, team_name=team, is_primary=True)
        return owner_id

    def company(self, company_id: str, leads: Sequence[str] = (), **properties: Any) -> None:
        """A company, the primary one of `leads`."""
        self.add("companies", id=company_id, archived=False, **properties)
        for lead in leads:
            self.associate("contacts", lead, "companies", company_id, is_primary=True)

    def deal(
        self,
        deal_id: str,
        leads: Sequence[str],
        created: str,
        *,
        won: str | None = None,
        lost: str | None = None,
        **properties: Any,
    ) -> None:
        """A deal of `leads`; open unless it was won or lost at an instant."""
        stage = "won" if won else "lost" if lost else "offer"
        closed = won or lost
        closes = at(closed) if closed else at(created) + timedelta(days=30)
        row = {
            "id": deal_id,
            "archived": False,
            "pipeline": "p",
            "dealstage": stage,
            "createdate": at(created),
            "closedate": closes,
        }
        self.add("deals", **(row | properties))
        self.history(
            deal_id,
            "dealstage",
            [(created, "offer"), *([(closed, stage)] if closed else [])],
            object_type="deals",
        )
        for lead in leads:
            self.associate("deals", deal_id, "contacts", lead)

    def associate(
        self, from_type: str, from_id: str, to_type: str, to_id: str, *, is_primary: bool = False
    ) -> None:
        """One association."""
        self.add(
            "associations",
            from_type=from_type,
            from_id=from_id,
            to_type=to_type,
            to_id=to_id,
            is_primary=is_primary,
        )

    def merge(self, loser: str, winner: str, object_type: str = "contacts") -> None:
        """`loser` went into `winner`."""
        self.add("merged_records", object_type=object_type, loser_id=loser, winner_id=winner)

    def staff(self) -> None:
        """Three salespeople on two calendars, a marketer, a leaver, the queue; and one pipeline."""
        self.owner("o1", "Ana", "AU Sales")
        self.owner("o2", "Kiri", "NZ Sales")
        self.owner("o3", "Dana", "NZ Sales")
        self.owner("m1", "Max", "Marketing")
        self.owner("q1", "Queue")
        self.owner("gone", "Lou", "AU Sales", left="2026-10-14 00:00")
        for stage, closed in {"offer": False, "won": True, "lost": True}.items():
            ends = {"is_closed": closed, "is_won": stage == "won"}
            self.add(
                "pipeline_stages",
                object_type="deals",
                pipeline_id="p",
                pipeline_label="Sales",
                stage_id=stage,
                stage_label=stage.title(),
                **ends,
            )
