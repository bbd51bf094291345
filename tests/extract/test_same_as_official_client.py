"""HubSpot's own client reads from the same CRM what is in the raw tables."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hubspot import HubSpot
from hubspot.crm.associations.v4 import BatchInputPublicFetchAssociationsBatchRequest as Asked
from hubspot.crm.associations.v4 import PublicFetchAssociationsBatchRequest as Ask

from agreement import Agreement
from sandbox.company import Company
from sandbox.server import running
from tests.extract.conftest import NOW, SMALL, Night, night_in, without_pacing
from tests.extract.truth import stored, stored_records

READ: dict[str, Any] = {
    "DECIMAL(38,10)": Decimal,
    "BOOLEAN": lambda text: text == "true",
    "DATE": lambda text: datetime.fromisoformat(text).date(),
    "TIMESTAMP": lambda text: datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None),
}
OBJECTS = ("contacts", "companies", "deals", "calls", "meetings", "feedback_submissions", "leads")


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, signed: Agreement
) -> Iterator[tuple[Night, HubSpot, Company]]:
    """One company after one sync, and the official client at the same address."""
    company = Company(SMALL, seed=5)
    with running(company, now=NOW) as crm, without_pacing(crm):
        for one in sorted(crm.truth_of_records().live["contacts"])[:40:4]:
            crm.desk.archive("contacts", one)
        night = night_in(tmp_path_factory.mktemp("official"), signed, crm.base_url)
        night.sync()
        yield night, HubSpot(access_token=crm.token, host=crm.base_url), company


def _columns(night: Night, kind: str) -> dict[str, str]:
    with night.warehouse.connect() as connection:
        rows = connection.execute(
            """select column_name, data_type from information_schema.columns
            where table_schema = 'raw_hubspot' and table_name = ?""",
            [kind],
        ).fetchall()
    return {name: type for name, type in rows if not name.startswith("_dlt")}


def _listed(client: HubSpot, kind: str, **wanted: Any) -> list[Any]:
    page, found = client.crm.objects.basic_api.get_page, []
    for archived in (False, True):
        after = None
        while True:
            answer = page(kind, limit=50, after=after, archived=archived, **wanted)
            found += answer.results
            if answer.paging is None:
                break
            after = answer.paging.next.after
    return found


def _instant(stamp: datetime | None) -> datetime | None:
    return stamp.astimezone(UTC).replace(tzinfo=None) if stamp else None


@pytest.mark.parametrize("kind", OBJECTS)
def test_records(both: tuple[Night, HubSpot, Company], kind: str) -> None:
    night, client, _ = both
    columns = _columns(night, kind)
    own = {"id", "created_at", "updated_at", "archived", "archived_at"}
    unfit = {row[1:3] for row in stored(night.warehouse, "unfit_values") if row[0] == kind}
    records = _listed(client, kind, properties=sorted(columns.keys() - own))
    true = {}
    for record in records:
        typed = {
            name: None if text is None or (record.id, name) in unfit else READ.get(columns[name], str)(text)
            for name, text in record.properties.items()
        }
        true[record.id] = typed | {
            "id": record.id,
            "created_at": _instant(record.created_at),
            "updated_at": _instant(record.updated_at),
            "archived": record.archived,
            "archived_at": _instant(record.archived_at),
        }
    assert len(true) == len(records) > 0
    assert stored_records(night.warehouse, kind) == true


@pytest.mark.parametrize(
    ("kind", "names"),
    [("contacts", ["lifecyclestage", "hs_lead_status", "hubspot_owner_id"]), ("deals", ["dealstage"])],
)
def test_histories(both: tuple[Night, HubSpot, Company], kind: str, names: list[str]) -> None:
    night, client, _ = both
    true = []
    for record in _listed(client, kind, properties_with_history=names):
        for name in names:
            for revision in record.properties_with_history[name]:
                true.append(
                    (record.id, name, _instant(revision.timestamp), revision.value, revision.source_type)
                )
    ours = [
        (one, name, at, value, source)
        for of, one, name, at, _, value, source, *_ in stored(night.warehouse, "property_history")
        if of == kind
    ]
    assert sorted(ours, key=str) == sorted(true, key=str)


@pytest.mark.parametrize(
    ("source", "target"),
    [("contacts", "companies"), ("deals", "contacts"), ("deals", "companies"), ("meetings", "contacts")],
)
def test_associations(both: tuple[Night, HubSpot, Company], source: str, target: str) -> None:
    night, client, _ = both
    ids = [one for one, row in stored_records(night.warehouse, source).items() if not row["archived"]]
    answer = client.crm.associations.v4.batch_api.get_page(
        from_object_type=source,
        to_object_type=target,
        batch_input_public_fetch_associations_batch_request=Asked(inputs=[Ask(id=one) for one in ids[:1000]]),
    )
    true = {
        (source, result._from.id, target, str(link.to_object_id), _is_primary(link))
        for result in answer.results
        for link in result.to
    }
    ours = {row for row in stored(night.warehouse, "associations") if (row[0], row[2]) == (source, target)}
    assert len(ids) <= 1000
    assert ours == true != set()


def _is_primary(link: Any) -> bool:
    return any(kind.label == "Primary" for kind in link.association_types)


def test_mailings_and_owners(both: tuple[Night, HubSpot, Company]) -> None:
    night, client, _ = both
    sent = client.marketing.emails.marketing_emails_api.get_page(include_stats=True, limit=100).results
    counted = ("selected", "delivered", "open", "click")
    assert {(mail.id, mail.name, *(mail.stats.counters[name] for name in counted)) for mail in sent} == {
        (row[0], row[1], *row[4:]) for row in stored(night.warehouse, "marketing_emails")
    }
    people = [
        person
        for archived in (False, True)
        for person in client.crm.owners.owners_api.get_page(limit=100, archived=archived).results
    ]
    assert {(person.id, person.email, person.archived) for person in people} == {
        (row[0], row[1], row[5]) for row in stored(night.warehouse, "owners")
    }
