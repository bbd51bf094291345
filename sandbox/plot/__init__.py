"""Writes the story: every lead's whole life, decided before any CRM record exists."""
