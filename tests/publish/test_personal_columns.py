"""No address leaves the working file where the agreement hashes or drops it (ruling 34)."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from agreement import Agreement, Column, Privacy
from privacy import pseudonym, treatment_key
from tests.publish.conftest import Office


def everything_in(folder: Path) -> str:
    """All bytes of the folder as they lie there, and all values of its compressed tables, in lower case."""
    raw = [path.read_bytes().decode("latin-1") for path in sorted(folder.rglob("*")) if path.is_file()]
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        names = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        sources = [name for (name,) in names] + [f"'{path}'" for path in (folder / "tables").iterdir()]
        raw += [str(connection.execute(f"select * from {source}").fetchall()) for source in sources]
    return "\n".join(raw).lower()


def agreed(office: Office, **changes: Any) -> None:
    office.agreement = office.agreement.model_copy(update=changes)


def column(office: Office, path: Path, name: str) -> list[str | None]:
    with duckdb.connect(str(path / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.execute(f"select {name} from marts.leads order by lead_id").fetchall()
    return [value for (value,) in rows]


def test_emails_are_hashed_and_phones_dropped_everywhere(office: Office) -> None:
    made = office.publish()
    key = treatment_key(office.project)
    assert column(office, made.path, "email")[7] == pseudonym("person7@secret.example", key)
    assert set(column(office, made.path, "phone")) == {None}
    everything = everything_in(made.path)
    assert "secret.example" not in everything
    assert "+61 400" not in everything
    assert key.decode() not in everything


def test_every_address_has_the_hash_that_notifications_give_it(office: Office) -> None:
    odd = ["Ünï@Söhne.Example", "\tTab@Secret.Example\n", "A@B.Example  ", "İ@Secret.Example", " ", "", "~!"]
    with office.warehouse.connect() as connection:
        for number, address in enumerate(odd):
            lead = [address, f"{7000 + number}"]
            connection.execute("update marts.leads set email = ? where lead_id = ?", lead)
    shown = column(office, office.publish().path, "email")
    key = treatment_key(office.project)
    assert shown[: len(odd)] == [pseudonym(one, key) if one else None for one in odd]


def test_keep_keeps(office: Office) -> None:
    agreed(office, privacy=Privacy(email="keep", phone="keep"))
    made = office.publish()
    assert column(office, made.path, "email")[7] == " Person7@Secret.Example "
    assert column(office, made.path, "phone")[7] == "+61 400 000007"


def test_the_same_address_under_another_name_is_treated_too(office: Office) -> None:
    with office.warehouse.connect() as connection:
        connection.execute("alter table marts.leads add column Login varchar")
        connection.execute("alter table marts.leads add column mobile bigint")
        connection.execute("update marts.leads set login = email, mobile = 61400000000")
    named = {
        "login": Column(of="contact", property="email", type="string"),
        "mobile": Column(of="contact", property="mobilephone", type="integer"),
    }
    agreed(office, columns=named, privacy=Privacy(email="hash", phone="hash"))
    made = office.publish()
    assert "secret.example" not in everything_in(made.path)
    assert column(office, made.path, "login") == column(office, made.path, "email")
    assert set(column(office, made.path, "mobile")) == {None}


@pytest.mark.parametrize(("before", "after"), [("hash", "hash"), ("keep", "hash"), ("hash", "drop")])
def test_marts_that_stand_are_treated_as_the_agreement_now_says(
    office: Office, signed: Agreement, before: Any, after: Any
) -> None:
    agreed(office, privacy=Privacy(email=before, phone="drop"))
    office.publish("1")
    agreed(office, privacy=Privacy(email=after, phone="drop"))
    emails = set(column(office, office.publish("2", refusals=("No.",)).path, "email"))
    key = treatment_key(office.project)
    hashed = {pseudonym(f"person{n}@secret.example", key) for n in range(60)}
    assert emails == ({None} if after == "drop" else hashed)
