"""What is copied follows from the declaration, and from what the agreement judges."""

from typing import get_args

from agreement import Agreement
from agreement.condition import Condition
from agreement.model import Column, Rule
from agreement.words import Medium
from extract import declaration
from sandbox.server import SandboxServer
from tests.extract.conftest import Night
from tests.extract.truth import stored


def test_rules_judged_at_entry_have_their_columns_histories_kept(signed: Agreement) -> None:
    rule = Rule(
        rule="reachable",
        must=Condition("phone is not null and employees > 3 and source = 'paid'"),
        department="sales",
        judge="entry",
    )
    version = signed.versions[0].model_copy(update={"definitions": {"lead": (rule,)}})
    columns = {"employees": Column(of="company", property="numberofemployees", type="integer")}
    changed = signed.model_copy(update={"versions": (version,), "columns": columns})
    objects = {one.name: one for one in declaration.load("hubspot").following(changed).objects}
    assert set(objects["contacts"].history) == {
        "lifecyclestage",
        "hs_lead_status",
        "hubspot_owner_id",
        "phone",
        signed.sources.property,
    }
    assert objects["companies"].history == ("numberofemployees",)


def test_every_object_says_what_the_rest_relies_on() -> None:
    declared = declaration.load("hubspot")
    names = [one.name for one in declared.objects]
    assert names == sorted(set(names), key=names.index)
    assert {link.to for one in declared.objects for link in one.associations} <= set(names)


def test_what_tells_an_engagements_medium_is_a_raw_table_in_words_of_the_agreement(
    night: Night, crm: SandboxServer
) -> None:
    night.sync()
    rows = stored(night.warehouse, "engagement_media")
    media: dict[str, dict[str, str]] = {}
    for kind, value, by, medium in rows:  # in the order of the table's columns
        assert (by is None) == (value == "" and kind in {"calls", "emails"})
        assert by is None or by in crm.portal.fields(kind)
        media.setdefault(kind, {})[value] = medium
    assert media == {
        "calls": {"": "call"},
        "emails": {"": "email"},
        "meetings": {"": "meeting", "VIDEO": "video_call"},
        "communications": {"LINKEDIN_MESSAGE": "social", "SMS": "text", "WHATS_APP": "text"},
    }
    assert {medium for of_kind in media.values() for medium in of_kind.values()} == set(get_args(Medium))
