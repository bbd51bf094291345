"""The values that the portal lists for its enumerations: internal value and label, in the portal's order."""

_LISTED = {
    "lifecyclestage": (
        ("subscriber", "Subscriber"),
        ("lead", "Lead"),
        ("marketingqualifiedlead", "Marketing Qualified Lead"),
        ("salesqualifiedlead", "Sales Qualified Lead"),
        ("opportunity", "Opportunity"),
        ("customer", "Customer"),
        ("evangelist", "Evangelist"),
        ("other", "Other"),
        ("partner", "Partner"),
    ),
    "hs_lead_status": (
        ("NEW", "New"),
        ("OPEN", "Open"),
        ("IN_PROGRESS", "In Progress"),
        ("OPEN_DEAL", "Open Deal"),
        ("UNQUALIFIED", "Unqualified"),
        ("ATTEMPTED_TO_CONTACT", "Attempted to Contact"),
        ("CONNECTED", "Connected"),
        ("BAD_TIMING", "Bad Timing"),
    ),
    "hs_analytics_source": (
        ("ORGANIC_SEARCH", "Organic Search"),
        ("PAID_SEARCH", "Paid Search"),
        ("EMAIL_MARKETING", "Email Marketing"),
        ("SOCIAL_MEDIA", "Organic Social"),
        ("REFERRALS", "Referrals"),
        ("OTHER_CAMPAIGNS", "Other Campaigns"),
        ("DIRECT_TRAFFIC", "Direct Traffic"),
        ("OFFLINE", "Offline Sources"),
        ("PAID_SOCIAL", "Paid Social"),
        ("AI_REFERRALS", "AI Referrals"),
    ),
}


def options(property_name: str) -> list[dict[str, object]]:
    """As a property's definition shows them; none where the portal lists no values."""
    return [
        {"label": label, "value": value, "displayOrder": order, "hidden": False, "description": ""}
        for order, (value, label) in enumerate(_LISTED.get(property_name, ()))
    ]
