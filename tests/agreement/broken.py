"""Agreements that must be refused: each is `base.yml` with some of its text replaced."""

from pathlib import Path

BASE = (Path(__file__).parent / "base.yml").read_text(encoding="utf-8")

# The name of the mistake, the text that stood there, and what somebody wrote instead.
BROKEN: dict[str, tuple[tuple[str, str], ...]] = {
    # YAML's own traps
    "time_read_as_number": (('close: "17:00"', "close: 17:00"),),
    "norway_read_as_false": (("holidays: AU-QLD", "holidays: NO"),),
    "year_read_as_number": (("version: 2026-Q4", "version: 2026"),),
    "day_read_as_date": (("version: 2026-Q4", "version: 2026-10-01"),),
    "yes_for_true": (("automatic_email: false", "automatic_email: yes"),),
    "off_for_false": (("automatic_email: false", "automatic_email: off"),),
    "lead_id_read_as_number": (('lead: "4711"', "lead: 4711"),),
    "lead_id_read_as_octal": (('lead: "4711"', "lead: 0471"),),
    "empty_value": (("company: Paradox Marketing", "company:"),),
    "key_twice": (("currency: AUD", "currency: AUD\ncurrency: NZD"),),
    "tab": (("  sales: [", "\tsales: ["),),
    "comma_in_braces": (("where: intent = 'Demo request'", "where: employees in (1, 2)"),),
    "comma_and_quotes_in_braces": (("where: intent = 'Demo request'", "where: intent in ('a', 'b')"),),
    "colon_in_text": (("company: Paradox Marketing", "company: Paradox: Marketing"),),
    "begins_with_at": (("company: Paradox Marketing", "company: @paradox"),),
    "quote_not_closed": (('close: "17:00"', 'close: "17:00'),),
    "bracket_not_closed": (("[mon, tue, wed, thu, fri]", "[mon, tue, wed, thu, fri"),),
    "unaligned": (("  marketing: [", "   marketing: ["),),
    "two_documents": (("versions:", "---\nversions:"),),
    "control_character": (("Paradox", "Para\x07dox"),),
    "not_a_mapping": ((BASE, "- crm\n- company\n"),),
    "empty_file": ((BASE, "# nothing yet\n"),),
    # names
    "part_misspelt": (("segments:", "segmnets:"),),
    "part_missing": (("timezone: Australia/Brisbane\n", ""),),
    "unknown_crm": (("crm: hubspot", "crm: salesforce"),),
    "city_for_time_zone": (("Australia/Brisbane", "Brisbane"),),
    "unknown_currency": (("currency: AUD", "currency: AU$"),),
    "unknown_region": (("AU-QLD", "AU-QL"),),
    "unknown_country": (("AU-QLD", "EN-ENG"),),
    "no_default_calendar": (("  default: {days", "  office: {days"), ("{default: [", "{office: [")),
    "unknown_calendar": (("{default: [", "{auckland: ["),),
    "unknown_day": (("[mon, tue,", "[monday, tue,"),),
    "owner_without_kind": (('"owner:kiri@example.com"', '"kiri@example.com"'),),
    "unknown_type": (("type: integer", "type: int"),),
    "column_taken": (("  intent: {", "  email: {"), ("where: intent =", "where: email =")),
    "stage_in_capitals": (
        ("stage: customer", "stage: Paying Customer"),
        ("convert: customer", "convert: lead"),
    ),
    "no_handoff_stage": (
        ("stage: marketing_qualified_lead", "stage: mql"),
        ("      marketing_q", "      mql #"),
    ),
    "value_in_two_stages": (("hubspot: [customer]", "hubspot: [customer, lead]"),),
    "stages_twice": (("stage: customer", "stage: lead"), ("convert: customer", "convert: lead")),
    "unknown_treatment": (("email: hash", "email: encrypt"),),
    # amounts
    "share_without_percent": (("share: 95%", "share: 95"),),
    "share_over_the_whole": (("share: 95%", "share: 120%"),),
    "number_with_commas": (("target: 400", 'target: "1,500,000"'),),
    "negative_target": (("target: 400", "target: -400"),),
    "half_an_attempt": (("attempts: 5", "attempts: 4.5"),),
    "time_without_unit": (("4 business hours", "4"),),
    "unknown_unit": (("4 business hours", "4 working hours"),),
    "day_that_is_not": (("2026-10-01", "2026-02-30"),),
    "day_the_other_way_round": (("2026-10-01", "01/10/2026"),),
    # commitments and rules
    "promises_nothing": (("respond_within: 4 business hours, ", ""),),
    "promises_two_things": (("respond_within: 4", "decide_within: 1 business day, respond_within: 4"),),
    "goes_with_another_promise": (("target: 400,", "target: 400, share: 90%,"),),
    "commitment_misspelt": (("respond_within: 4", "respond_witin: 4"),),
    "unknown_stage_promised": (("deliver: marketing_qualified_lead", "deliver: marketing_qualified"),),
    "unknown_stage_defined": (("      marketing_qualified_lead:", "      marketing_qualified_leads:"),),
    "commitments_twice": (("commitment: follow_up", "commitment: first_response"),),
    "wrong_period": (("target: {2026-10: 18", "per: quarter, target: {2026-10: 18"),),
    "part_over_the_whole": (("enterprise: 50", "enterprise: 500"),),
    "parts_over_the_whole": (("{enterprise: 50}", "{enterprise: 300, small_business: 200}"),),
    "unknown_segment_promised": (("segment: {enterprise: 50}", "segment: {enterprize: 50}"),),
    "more_days_than_attempts": (("across_days: 3", "across_days: 6"),),
    "more_days_than_time": (("within: 10 business days", "within: 1 business day"),),
    "response_never_reached": (("where: lead_type = 'demo', ", ""),),
    "unknown_department": (("department: marketing", "department: marketting"),),
    # verdicts, calendars, versions, waivers
    "accepted_before_the_handoff": (("accepted: {stage: sales_qualified_lead}", "accepted: {stage: lead}"),),
    "status_with_two_verdicts": (
        (
            "rejected: {lead_status: [UNQUALIFIED]}",
            "rejected: {lead_status: [X]}\n  recycled: {lead_status: [X]}",
        ),
    ),
    "closes_before_it_opens": (('open: "09:00"', 'open: "19:00"'),),
    "closed_for_minutes": (('open: "09:00", close: "17:00"', 'open: "00:15", close: "24:00"'),),
    "team_in_two_departments": (('["team:Marketing"]', '["team:AU Sales"]'),),
    "versions_on_one_day": (
        ("versions:\n", "versions:\n  - {version: first, effective_from: 2026-10-01}\n"),
    ),
    "versions_of_one_name": (
        ("versions:\n", "versions:\n  - {version: 2026-Q4, effective_from: 2026-07-01}\n"),
    ),
    "waiver_without_end": (('lead: "4711", until: 2026-12-31, ', 'lead: "4711", '),),
    "waiver_ends_before_it_begins": (("until: 2026-11-04", "until: 2026-11-02"),),
    "waiver_before_its_version": (('lead: "4711", until: 2026-12-31', 'lead: "4711", until: 2026-09-30'),),
    "waiver_of_unknown_rule": (("{rule: mql_reachable, lead", "{rule: mql_reachible, lead"),),
    "waiver_for_unknown_team": (("team: AU Sales, from", "team: AU Sails, from"),),
    "waiver_of_nothing": (("{commitment: first_response, team", "{team"),),
    # conditions
    "column_misspelt": (("where: employees >= 250", "where: employes >= 250"),),
    "text_in_double_quotes": (("where: intent = 'Demo request'", "where: 'intent = \"Demo request\"'"),),
    "text_against_number": (("where: employees >= 250", "where: employees >= 'many'"),),
    "value_there_is_not": (("where: lead_type = 'demo'", "where: lead_type = 'deno'"),),
    "no_condition": (("where: employees >= 250", "where: employees"),),
    "condition_decided_later": (("where: intent = 'Demo request'", "where: segment = 'enterprise'"),),
    "segment_nobody_matches": (("where: employees >= 250", "where: employees >= 250 and employees < 100"),),
    "segment_shadowed": (("where: employees < 250", "where: employees > 500"),),
    "second_statement": (("must: email is not null", "must: email is not null; drop table leads"),),
    "today": (("must: email is not null", "must: asked_on = current_date"),),
}


def broken(name: str) -> str:
    """The text of one broken agreement."""
    text = BASE
    for old, new in BROKEN[name]:
        assert old in text, f"{name}: base.yml has no {old!r}"
        text = text.replace(old, new, 1)
    return text
