"""Edits on top of the story: what people and integrations do to records at an instant."""
