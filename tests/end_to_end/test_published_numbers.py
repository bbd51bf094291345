"""The whole chain, from the CRM's HTTP to the published file, against the story the company was made from."""

import json

from tests.end_to_end.comparison import assert_everything_published_is_the_storys
from tests.end_to_end.portal import NOW, Portal


def test_every_number_the_story_determines_is_published(any_company: Portal) -> None:
    assert_everything_published_is_the_storys(any_company, NOW)


def test_the_publication_says_what_it_is(any_company: Portal) -> None:
    about = json.loads((any_company.folder / "published" / "publication.json").read_text())
    assert about["status"] == "published"
    [(leads,)] = any_company.rows("select count(*) from marts.leads")
    assert about["rows"]["marts.leads"] == leads == len(any_company.company.truth(NOW).leads)


def test_no_address_of_a_lead_is_in_any_published_file(any_company: Portal) -> None:
    truth = any_company.company.truth(NOW)
    addresses = [lead.email.encode() for lead in truth.leads if lead.email]
    phones = [lead.phone.encode() for lead in truth.leads if lead.phone]
    for file in (any_company.folder / "published").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not [secret for secret in addresses + phones if secret in content], file.name
