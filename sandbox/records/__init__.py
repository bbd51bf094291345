"""How the CRM shows the story: its objects, properties and histories as of an instant."""
