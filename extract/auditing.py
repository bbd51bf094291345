"""Tonight's share of the records, compared one by one: which there are, and when each was modified.

Counts cannot tell a record that is missing from one too many in the same range. So every night some pages of
ids, others than the night before, are laid beside the warehouse: after `NIGHTS` nights all of them were.
"""

from datetime import date

from extract.counting import Difference, Range
from extract.definitions import Shape
from extract.instants import milliseconds
from extract.searching import hits_in
from extract.stored import LAST_ID, id_ranges, modified_in
from extract.streams import Source
from warehouse import Warehouse

NIGHTS = 10


def compare(source: Source, warehouse: Warehouse, shape: Shape, today: date) -> Difference:
    """Ids in which the CRM's search and the warehouse differ, in tonight's pages.

    `missing` has those, too, whose stored copy is older than the CRM's record.
    """
    one, limits = shape.object, source.declared.limits
    found = Difference()
    for low, high in tonights(id_ranges(warehouse, one, limits.search_page, LAST_ID), today):
        theirs = dict(hits_in(source.client, one, limits, low, None if high == LAST_ID else high))
        ours = {id: milliseconds(at) for id, at in modified_in(warehouse, one, low, high).items()}
        found.missing |= {id for id, at in theirs.items() if id not in ours or ours[id] < at}
        found.surplus |= ours.keys() - theirs.keys()
    return found


def tonights(pages: list[Range], today: date) -> list[Range]:
    """The pages whose turn it is: at least one, however few there are."""
    turns = min(NIGHTS, len(pages))
    return pages[today.toordinal() % turns :: turns] if turns else []
