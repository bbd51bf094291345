"""The official `hubspot-api-client` reads the sandbox: it is not made to fit our client."""

import pytest
from hubspot import HubSpot
from hubspot.crm.associations.v4 import BatchInputPublicFetchAssociationsBatchRequest
from hubspot.crm.associations.v4 import PublicFetchAssociationsBatchRequest as Ask
from hubspot.crm.contacts import PublicObjectSearchRequest
from hubspot.crm.contacts.exceptions import ApiException

from sandbox.company import Company
from sandbox.server import SandboxServer
from sandbox.truth import Truth


@pytest.fixture
def client(server: SandboxServer) -> HubSpot:
    return HubSpot(access_token=server.token, host=server.base_url)


def test_it_lists_all_contacts_with_their_history(client: HubSpot, company: Company) -> None:
    contacts = client.crm.contacts.get_all(
        properties=["email", "lifecyclestage"], properties_with_history=["lifecyclestage"]
    )
    expected = company.records()["contacts"]
    assert {int(contact.id) for contact in contacts} == set(expected)
    for contact in contacts:
        assert contact.properties["email"] == expected[int(contact.id)]["email"]
        stamps = [revision.timestamp for revision in contact.properties_with_history["lifecyclestage"]]
        assert stamps == sorted(stamps, reverse=True)
        assert (
            contact.properties_with_history["lifecyclestage"][0].value == contact.properties["lifecyclestage"]
        )


def test_it_searches(client: HubSpot, truth: Truth) -> None:
    found = client.crm.contacts.search_api.do_search(
        public_object_search_request=PublicObjectSearchRequest(
            filter_groups=[
                {"filters": [{"propertyName": "country", "operator": "EQ", "value": "New Zealand"}]}
            ],
            sorts=["hs_object_id"],
            properties=["country"],
            limit=200,
            after="0",
        )
    )
    assert found.total == sum(lead.country == "New Zealand" for lead in truth.leads)
    ids = [int(contact.id) for contact in found.results]
    assert ids == sorted(ids)
    assert len(ids) == min(200, found.total)


def test_it_reads_associations(client: HubSpot, truth: Truth) -> None:
    leads = [lead for lead in truth.leads if lead.company_id][:50]
    answer = client.crm.associations.v4.batch_api.get_page(
        from_object_type="contacts",
        to_object_type="companies",
        batch_input_public_fetch_associations_batch_request=BatchInputPublicFetchAssociationsBatchRequest(
            inputs=[Ask(id=lead.lead_id) for lead in leads]
        ),
    )
    primary = {
        result._from.id: str(link.to_object_id)
        for result in answer.results
        for link in result.to
        if any(kind.label == "Primary" for kind in link.association_types)
    }
    assert primary == {lead.lead_id: lead.company_id for lead in leads}


def test_it_reads_owners_pipelines_and_properties(client: HubSpot) -> None:
    owners = client.crm.owners.owners_api.get_page(limit=100)
    archived = client.crm.owners.owners_api.get_page(limit=100, archived=True)
    assert len(owners.results) == 11
    assert [owner.first_name for owner in archived.results] == ["Noah"]
    assert [team.name for team in archived.results[0].teams] == ["AU Sales"]
    pipelines = client.crm.pipelines.pipelines_api.get_all(object_type="deals")
    assert [pipeline.label for pipeline in pipelines.results] == ["Sales Pipeline", "NZ Pipeline"]
    properties = client.crm.properties.core_api.get_all(object_type="contacts")
    assert {prop.name: prop.type for prop in properties.results}["hubspotscore"] == "number"


def test_it_is_refused_with_a_wrong_token(server: SandboxServer) -> None:
    stranger = HubSpot(access_token="pat-wrong", host=server.base_url)
    with pytest.raises(ApiException) as refused:
        stranger.crm.contacts.basic_api.get_page()
    assert refused.value.status == 401
