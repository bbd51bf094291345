"""Who was reached before anybody became a contact: mailings, pages, posts, and visits to the website."""
