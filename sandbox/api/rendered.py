"""Records as JSON, kept from request to request, each for as long as nothing that it shows has changed."""

from collections.abc import Iterable

import orjson

from sandbox.api.render import Wanted, render
from sandbox.api.state import Portal
from sandbox.records.rows import Row

MOST = 60_000
"""So many records are kept at a time, in all forms together."""


def rendered(portal: Portal, rows: Iterable[Row], wanted: Wanted) -> list[orjson.Fragment]:
    """The records as of the portal's now, ready for an answer."""
    kept, now = portal.crm.rendered, portal.now
    beside = (now, portal.crm.edits.count) if wanted.associations else None
    form = kept.setdefault(wanted, {})
    fragments = []
    for row in rows:
        key = (row.version(now), row.fate(now), beside)
        known = form.get(row.id)
        if known is None or known[0] != key:
            if sum(map(len, kept.values())) >= MOST:
                kept.clear()
                form = kept.setdefault(wanted, {})
            form[row.id] = known = (key, orjson.dumps(render(portal, row, wanted)))
        fragments.append(orjson.Fragment(known[1]))
    return fragments
