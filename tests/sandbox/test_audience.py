"""Mailings, pages, posts and visits: what the API tells, and what is true."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from hubspot import HubSpot

from sandbox.audience.mail import sent_by
from sandbox.audience.website import SOURCES
from sandbox.company import Company
from sandbox.instants import DAY, DEFAULT_NOW, HOUR
from sandbox.judging.facts import source_name
from sandbox.server import SandboxServer
from sandbox.truth import Truth

REPORTS = "/analytics/v2/reports"
CRM_NAMES = {analytics: name for name, (analytics, _) in SOURCES.items()}
ALL = {"start": "20250922", "end": "20261125"}


def _visits(http: httpx.Client) -> Counter[tuple[date, str]]:
    told = http.get(f"{REPORTS}/sources/daily", params=ALL).json()
    visits: Counter[tuple[date, str]] = Counter()
    for day, rows in told.items():
        for row in rows:
            visits[date.fromisoformat(day), source_name(CRM_NAMES[row["breakdown"]])] += row["visits"]
    return +visits


def test_visits_by_day_and_source_are_the_true_ones(http: httpx.Client, truth: Truth) -> None:
    assert _visits(http) == {(each.day, each.source): each.visits for each in truth.visits}
    assert all(0 < each.visitors <= each.visits for each in truth.visits)


def test_no_contact_comes_from_the_web_without_a_visit(http: httpx.Client, truth: Truth) -> None:
    visits = _visits(http)
    came = Counter(((lead.created_at + timedelta(hours=10)).date(), lead.source) for lead in truth.leads)
    assert all(visits[key] >= count for key, count in came.items() if key[1] != "outbound")
    assert not any(source == "outbound" for _, source in visits)
    by_source: Counter[str] = Counter()
    for (_, source), count in visits.items():
        by_source[source] += count
    assert by_source["paid"] > by_source["email_marketing"]


def test_contacts_in_the_report_are_the_contacts_there_are(http: httpx.Client, truth: Truth) -> None:
    totals = http.get(f"{REPORTS}/sources/total", params=ALL).json()
    assert sum(row["contacts"] for row in totals["breakdowns"]) == len(truth.leads)
    assert totals["totals"]["contacts"] == len(truth.leads)
    monthly = http.get(f"{REPORTS}/sources/monthly", params=ALL).json()
    assert sum(row["visits"] for rows in monthly.values() for row in rows) == totals["totals"]["visits"]
    summary = http.get(f"{REPORTS}/sources/summarize/daily", params=ALL).json()
    assert sum(rows[0]["visits"] for rows in summary.values()) == totals["totals"]["visits"]


def test_the_running_day_is_only_known_so_far(http: httpx.Client, server: SandboxServer) -> None:
    today = {"start": "20261125", "end": "20261125"}  # in Brisbane

    def visits() -> int:
        return int(http.get(f"{REPORTS}/totals/total", params=today).json()["totals"]["visits"])

    before = visits()
    server.set_now(DEFAULT_NOW + 6 * HOUR)
    assert visits() > before > 0


def test_a_report_of_too_many_days_is_refused(http: httpx.Client) -> None:
    asked = {"start": "20240101", "end": "20261124"}
    answer = http.get(f"{REPORTS}/sources/daily", params=asked)
    assert (answer.status_code, answer.json()["category"]) == (413, "RESULT_POINT_LIMIT_EXCEEDED")
    assert http.get(f"{REPORTS}/moods/daily", params=ALL).status_code == 404
    assert http.get(f"{REPORTS}/sources/daily").status_code == 400


def _pages(http: httpx.Client, path: str, **params: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        answer = http.get(path, params=params | after).json()
        found += answer["results"]
        if "paging" not in answer:
            assert len(found) == answer["total"]
            return found
        after = {"after": answer["paging"]["next"]["after"]}


def test_mailings_tell_their_statistics_when_asked(http: httpx.Client, truth: Truth) -> None:
    sent = _pages(http, "/marketing/v3/emails/", includeStats="true", limit=20)
    told = {each["id"]: each["stats"]["counters"] for each in sent}
    true = {each.broadcast_id: each for each in truth.broadcasts if each.medium == "email"}
    assert told.keys() == true.keys()
    for id, counters in told.items():
        broadcast = true[id]
        figures = (broadcast.audience, broadcast.delivered, broadcast.opened, broadcast.clicked)
        assert figures == tuple(counters[name] for name in ("selected", "delivered", "open", "click"))
    assert "stats" not in http.get("/marketing/v3/emails").json()["results"][0]


def test_opens_come_in_over_days(company: Company) -> None:
    newest = sent_by(company.story, DEFAULT_NOW)[-1].mailing

    def opened(now: int) -> int:
        return next(each.opened for each in sent_by(company.story, now) if each.mailing == newest)

    assert opened(DEFAULT_NOW) < opened(DEFAULT_NOW + DAY) < opened(DEFAULT_NOW + 5 * DAY)


def test_contacts_name_what_brought_them(company: Company, truth: Truth) -> None:
    records = company.records()["contacts"].values()
    brought = Counter(record["hs_analytics_source_data_2"] for record in records)
    mails = {each.broadcast_id: each.leads_created for each in truth.broadcasts if each.medium == "email"}
    assert {id: brought[id] for id in mails} == mails
    assert sum(mails.values()) > 0
    read = sum(each.leads_created for each in truth.broadcasts if each.medium != "email")
    assert read == sum(record["hs_analytics_first_url"] is not None for record in records)


@pytest.mark.parametrize(
    ("path", "report", "medium"),
    [
        ("/cms/v3/pages/landing-pages", "landing-pages", "page"),
        ("/cms/v3/pages/site-pages", "standard-pages", "page"),
        ("/cms/v3/blogs/posts", "blog-posts", "post"),
    ],
)
def test_pages_and_posts_have_their_views(
    http: httpx.Client, truth: Truth, path: str, report: str, medium: str
) -> None:
    names = {each["id"]: each["name"] for each in _pages(http, path, limit=10)}
    told = http.get(f"{REPORTS}/{report}/daily", params=ALL).json()
    views = {(row["breakdown"], day): row["rawViews"] for day, rows in told.items() for row in rows}
    true = [each for each in truth.broadcasts if each.broadcast_id in names]
    assert views == {(each.broadcast_id, each.sent_on.isoformat()): each.opened for each in true}
    assert {(each.medium, each.name) for each in true} <= {(medium, name) for name in names.values()}


def test_the_official_client_reads_mailings_feedback_leads_and_custom_objects(
    server: SandboxServer, company: Company
) -> None:
    client = HubSpot(access_token=server.token, host=server.base_url)
    mails = client.marketing.emails.marketing_emails_api.get_page(include_stats=True, limit=100)
    assert mails.results[0].stats.counters["delivered"] <= mails.results[0].stats.counters["sent"]
    (schema,) = client.crm.schemas.core_api.get_all().results
    assert (schema.object_type_id, schema.labels.plural) == ("2-47110815", "Trainings")
    for kind, asked in (("trainings", schema.object_type_id), ("leads", "leads")):
        expected = list(company.records()[kind])[:100]
        page = client.crm.objects.basic_api.get_page(asked, limit=100, associations=["contacts"])
        assert [int(each.id) for each in page.results] == expected
        assert all(each.associations["contacts"].results for each in page.results)
    surveys = client.crm.objects.feedback_submissions.basic_api.get_page(limit=100, properties=["hs_value"])
    assert all(each.properties["hs_value"].isdigit() for each in surveys.results)


def test_promoters_gave_a_nine_or_a_ten(company: Company, truth: Truth) -> None:
    promoters = {lead.lead_id for lead in truth.leads if "promoter" in lead.became_at}
    surveys = [
        each for each in company.story.surveys if each.created_at <= DEFAULT_NOW and each.kind == "NPS"
    ]
    told = company.records()["feedback_submissions"]
    enthusiasts = {str(each.lead.id) for each in surveys if told[each.id]["hs_response_group"] == "PROMOTER"}
    assert promoters <= enthusiasts
    assert all(
        lead_id in promoters or each.score < 9
        for each in surveys
        for lead_id in [str(each.lead.id)]
        if each.created_at < DEFAULT_NOW - HOUR
    )


def test_there_is_one_of_hubspots_leads_for_every_handoff(company: Company, truth: Truth) -> None:
    settled = DEFAULT_NOW - HOUR
    pursued = Counter(str(each.lead.id) for each in company.story.pursuits if each.created_at <= settled)
    handed = Counter(
        each.lead_id for each in truth.handoffs if each.handed_off_at <= truth.now - timedelta(hours=1)
    )
    assert pursued == handed
