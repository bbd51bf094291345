"""What is true of the story at an instant, by the agreement's rules, worked out without any CRM or SQL."""
