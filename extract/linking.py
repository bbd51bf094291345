"""Associations move no record's modified instant, so all of them are read again on every night.

Only what differs from the warehouse is written.
"""

from extract.associations import Links, link_table, read_links
from extract.conveyor import in_order
from extract.declaration import Association, Object
from extract.parcels import Parcel
from extract.source import Source
from extract.stored import links_by_record, quoted
from warehouse import Warehouse

Loose = list[tuple[str, str, str, str]]


def relink(
    source: Source, warehouse: Warehouse, one: Object, association: Association
) -> tuple[Parcel, Loose]:
    """New or changed links, and the keys of those that are no more."""
    client, size = source.client, source.declared.limits.association_batch
    fresh: Links = {}
    loose: Loose = []

    def ask(stored: tuple[list[str], Links]) -> tuple[Links, Links]:
        ids, known = stored
        return known, read_links(client, one, association, ids)

    for known, present in in_order(source.pool, ask, links_by_record(warehouse, one, association, size)):
        fresh |= dict(present.items() - known.items())
        gone = known.keys() - present.keys()
        loose += [(one.name, origin, association.to, target) for origin, target in sorted(gone)]
    return Parcel({"associations": link_table(one, association, dict(sorted(fresh.items())))}), loose


def cut_loose(warehouse: Warehouse, loose: Loose) -> None:
    """Remove links that are no more; those of deleted records stay, for they count in past figures."""
    by_target: dict[str, Loose] = {}
    for key in loose:
        by_target.setdefault(key[2], []).append(key)
    with warehouse.connect() as connection:
        for target, keys in by_target.items():
            connection.executemany(
                f"""delete from {quoted("associations")}
                where from_type = ? and from_id = ? and to_type = ? and to_id = ?
                and to_id not in (select id from {quoted(target)} where archived)""",
                keys,
            )
