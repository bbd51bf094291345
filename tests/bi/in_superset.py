"""Run by Superset's Python: the clicks of somebody who connects it to a publication, without the mouse.

`python -P in_superset.py DATABASE`: exits with what went wrong, or prints what was seen.
"""

import json
import sys
from pathlib import Path
from typing import Any

from superset.app import create_app

COUNTED = "select count(*) as figures from marts.sla_compliance where slice = 'all'"


def main(database: Path) -> None:
    """Connect, list, query, and ask for a chart's data."""
    rows = json.loads((database.parent / "publication.json").read_text(encoding="utf-8"))["rows"]
    with create_app().app_context():
        connected = _connect(database)
        listed = {name for name, *_ in connected.get_all_table_names_in_schema(None, "marts")}
        expected = {name.split(".", 1)[1] for name in rows if name.startswith("marts.")}
        if listed != expected:
            sys.exit(f"Superset lists {sorted(listed)}, published are {sorted(expected)}.")
        figures = int(connected.get_df(COUNTED)["figures"][0])
        charted = _chart(connected)
    if not figures or figures != charted:
        sys.exit(f"The query counts {figures} figures, the chart {charted}.")
    print(f"Superset lists {len(listed)} marts; query and chart count {figures} figures.")  # noqa: T201 -- the result


def _connect(database: Path) -> Any:
    from superset import db
    from superset.models.core import Database

    connected = Database(database_name=database.parent.name)
    connected.set_sqlalchemy_uri(f"duckdb:///{database}")
    connected.extra = json.dumps({"engine_params": {"connect_args": {"read_only": True}}})
    db.session.add(connected)
    db.session.flush()
    return connected


def _chart(connected: Any) -> int:
    """A bar chart of figures by department: its bars add up to the figures."""
    from superset import db
    from superset.connectors.sqla.models import SqlaTable, SqlMetric

    dataset = SqlaTable(table_name="sla_compliance", schema="marts", database=connected)
    dataset.metrics = [SqlMetric(metric_name="figures", expression="count(*)")]
    db.session.add(dataset)
    db.session.flush()
    dataset.fetch_metadata()
    asked = {
        "columns": ["department"],
        "metrics": ["figures"],
        "filter": [{"col": "slice", "op": "==", "val": "all"}],
        "granularity": None,
        "from_dttm": None,
        "to_dttm": None,
        "is_timeseries": False,
        "extras": {},
        "row_limit": 100,
    }
    return int(dataset.query(asked).df["figures"].sum())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
