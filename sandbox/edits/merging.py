"""What HubSpot sets on the winner of a merge."""

from sandbox.records.contacts import VALUES
from sandbox.records.rows import Change, Properties, Row

_OWN = frozenset(
    {
        "hs_object_id",
        "hs_merged_object_ids",
        "createdate",
        "hs_createdate",
        "lastmodifieddate",
        "hs_lastmodifieddate",
    }
)
_SOURCE = "MERGE_OBJECTS"


def what_a_merge_sets(winner: Row, loser: Row, at: int) -> list[Change]:
    """What the winner lacks and the loser has, and the further of both stages."""
    kept, given = winner.properties(at), loser.properties(at)
    filled = {
        name: value
        for name, value in sorted(given.items())
        if value and not kept.get(name) and name not in _OWN
    }
    filled.pop("lifecyclestage", None)
    if _rank(given) > _rank(kept):
        filled["lifecyclestage"] = str(given["lifecyclestage"])
    return [Change(at, name, value, _SOURCE, None, None) for name, value in filled.items()]


def merged_ids(winner: Row, loser: Row, at: int) -> str:
    """Every id that leads to the winner from now on, in the order of merging."""
    kept, given = (row.properties(at).get("hs_merged_object_ids") or "" for row in (winner, loser))
    ids = [*kept.split(";"), str(loser.id), *given.split(";")]
    return ";".join(dict.fromkeys(id for id in ids if id))


def _rank(properties: Properties) -> int:
    value = properties.get("lifecyclestage")
    return VALUES.index(value) if value in VALUES else -1
