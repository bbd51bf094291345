"""What sqlfluff shows in place of dbt's flags."""

FULL_REFRESH = False
