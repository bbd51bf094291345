"""A CRM to run against: HubSpot's API over a made-up company whose truth is known."""
