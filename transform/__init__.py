"""Raw tables into marts: the room of dbt."""
