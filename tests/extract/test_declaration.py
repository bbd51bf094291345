"""What is copied follows from the declaration, and from what the agreement judges."""

from agreement import Agreement
from agreement.condition import Condition
from agreement.model import Column, Rule
from extract import declaration


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
