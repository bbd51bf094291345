"""What sqlfluff shows in place of the node that dbt is at."""

resource_type = "model"
