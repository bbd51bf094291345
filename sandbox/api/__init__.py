"""HubSpot's API over the sandbox's CRM, one file for each family of routes."""
