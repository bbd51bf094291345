"""Who was reached before anybody became a contact: visits, pages and posts, mass emails."""
