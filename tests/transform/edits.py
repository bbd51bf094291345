"""What may happen to a CRM between two nights, done at random to raw tables as a sync would leave them."""

import random
from datetime import datetime, timedelta
from typing import Any

from tests.transform.crm import LIFECYCLE
from warehouse import Connection

VALUES = {
    "lifecyclestage": [*LIFECYCLE.values(), "", "nobody_knows_it"],
    "hs_lead_status": ["UNQUALIFIED", "BAD_TIMING", "NEW", ""],
    "hubspot_owner_id": ["o1", "o2", "o3", "q1", "gone", ""],
}
RAW = "raw_hubspot"


class Edits:
    """A day of changes until `now`; what is drawn depends on `seed` and on what is there alone."""

    def __init__(self, connection: Connection, seed: int, now: datetime) -> None:
        self._connection, self._random, self._now = connection, random.Random(seed), now

    def do(self, *names: str, times: int = 4) -> None:
        """Each kind of change so many times."""
        for name in names:
            for _ in range(times):
                getattr(self, name)()

    def revise(self) -> None:
        """A lead's stage, status or owner changes, and the CRM tells since when: perhaps long ago."""
        lead, name = self._one("contacts"), self._random.choice(sorted(VALUES))
        value, at = self._random.choice(VALUES[name]), self._earlier()
        self._run(
            f"insert into {RAW}.property_history by name select 'contacts' as object_type, ? as object_id,"
            " ? as property, cast(? as timestamp) as changed_at, 90 as ordinal, ? as value,"
            " 'CRM_UI' as source_type",
            lead,
            name,
            at,
            value,
        )
        self._run(
            f"update {RAW}.contacts set {name} = ?, lastmodifieddate = ? where id = ?", value, self._now, lead
        )

    def overwrite(self) -> None:
        """A value changes, and the history does not say so."""
        name = self._random.choice(sorted(VALUES))
        self._run(
            f"update {RAW}.contacts set {name} = ?, lastmodifieddate = ? where id = ?",
            self._random.choice(VALUES[name]),
            self._earlier(),
            self._one("contacts"),
        )

    def arrive(self) -> None:
        """A new lead, who was created some time ago."""
        lead = f"new{self._random.randrange(10**9)}"
        self._run(
            f"insert into {RAW}.contacts by name select ? as id, false as archived,"
            " cast(? as timestamp) as createdate, cast(? as timestamp) as lastmodifieddate,"
            " 'marketingqualifiedlead' as lifecyclestage",
            lead,
            self._earlier(),
            self._now,
        )

    def call(self) -> None:
        """Somebody calls a lead, and may write it down late."""
        number = f"new{self._random.randrange(10**9)}"
        self._run(
            f"insert into {RAW}.calls by name select ? as id, cast(? as timestamp) as hs_timestamp, cast(? as"
            " timestamp) as hs_createdate, ? as hubspot_owner_id, 'COMPLETED' as hs_call_status",
            number,
            self._earlier(),
            self._now,
            self._random.choice(["o1", "o2", None]),
        )
        self._link("calls", number, "contacts", self._one("contacts"))

    def link(self) -> None:
        """What has long been there turns out to belong together."""
        kind, other = self._random.choice(
            [("calls", "contacts"), ("deals", "contacts"), ("contacts", "companies")]
        )
        self._link(kind, self._one(kind), other, self._one(other))

    def unlink(self) -> None:
        """Two records do not belong together any more."""
        chosen = self._random.choice(self._rows("associations", "from_type, from_id, to_type, to_id"))
        where = "from_type = ? and from_id = ? and to_type = ? and to_id = ?"
        self._run(f"delete from {RAW}.associations where {where}", *chosen)

    def colleagues(self, *leads: str) -> None:
        """They turn out to work for one company."""
        company = self._one("companies")
        for lead in leads:
            where = "from_type = 'contacts' and from_id = ? and to_type = 'companies'"
            self._run(f"delete from {RAW}.associations where {where}", lead)
            self._link("contacts", lead, "companies", company)

    def win(self) -> None:
        """A deal is won, for another amount."""
        self._run(
            f"update {RAW}.deals set dealstage = 'won', closedate = ?, amount = ? where id = ?",
            self._earlier(),
            self._random.randrange(1000, 9000),
            self._one("deals"),
        )

    def rename(self) -> None:
        """A company is called otherwise."""
        name = f"Company {self._random.randrange(10**6)}"
        self._run(f"update {RAW}.companies set name = ? where id = ?", name, self._one("companies"))

    def merge(self) -> None:
        """A lead goes into another one; its revisions and associations stay under its own id."""
        loser, winner = self._random.sample(self._ids("contacts"), 2)
        self._run(f"delete from {RAW}.contacts where id = ?", loser)
        self._run(f"update {RAW}.merged_records set winner_id = ? where winner_id = ?", winner, loser)
        self._run(f"insert into {RAW}.merged_records values ('contacts', ?, ?)", loser, winner)

    def archive(self) -> None:
        """A lead is deleted in the CRM."""
        self._run(f"update {RAW}.contacts set archived = true where id = ?", self._one("contacts"))

    def purge(self, lead: str | None = None) -> None:
        """A lead is deleted for privacy: nothing of it stays."""
        lead = lead or self._one("contacts")
        self._run(f"delete from {RAW}.contacts where id = ?", lead)
        self._run(
            f"delete from {RAW}.property_history where object_type = 'contacts' and object_id = ?", lead
        )
        self._run(f"delete from {RAW}.associations where to_type = 'contacts' and to_id = ?", lead)
        self._run(f"delete from {RAW}.associations where from_type = 'contacts' and from_id = ?", lead)
        self._run(f"delete from {RAW}.merged_records where winner_id = ?", lead)

    def drop_call(self) -> None:
        """A call is deleted."""
        self._run(f"delete from {RAW}.calls where id = ?", self._one("calls"))

    def _link(self, from_type: str, from_id: str, to_type: str, to_id: str) -> None:
        self._run(
            f"insert into {RAW}.associations select ?, ?, ?, ?, true where not exists (select 1 from"
            f" {RAW}.associations where from_type = ? and from_id = ? and to_type = ? and to_id = ?)",
            *(from_type, from_id, to_type, to_id) * 2,
        )

    def _earlier(self) -> datetime:
        return self._now - timedelta(minutes=self._random.choice([1, 45, 600, 3000, 40_000]))

    def _one(self, table: str) -> str:
        return self._random.choice(self._ids(table))

    def _ids(self, table: str) -> list[str]:
        return [str(key) for (key,) in self._rows(table, "id")]

    def _rows(self, table: str, columns: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(f"select {columns} from {RAW}.{table} order by all").fetchall()

    def _run(self, sql: str, *values: Any) -> None:
        self._connection.execute(sql, list(values))
