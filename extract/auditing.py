"""Tonight's share of the records, compared one by one: which there are, and when each was modified.

Counts cannot tell a record that is missing from one too many in the same range. So every night some pages of
ids, others than the night before, are laid beside the warehouse. There are as many on every night, however
large the portal is: a small one is compared whole, one of a hundred thousand records within a month.
"""

from datetime import date
from math import ceil

from extract.counting import Difference, Range
from extract.definitions import Shape
from extract.instants import milliseconds
from extract.searching import hits_in
from extract.source import Source
from extract.stored import LAST_ID, id_ranges, modified_in
from warehouse import Warehouse

PAGES = 20  # on a night, of all objects together: a search each


def share(counts: dict[str, int], name: str) -> int:
    """How many of tonight's pages are of one object, by the number of its records: at least one."""
    return max(1, PAGES * counts[name] // max(1, sum(counts.values())))


def compare(source: Source, warehouse: Warehouse, shape: Shape, today: date, most: int) -> Difference:
    """Ids in which the CRM's search and the warehouse differ, in tonight's pages, of which there are `most`.

    `missing` has those, too, whose stored copy is older than the CRM's record.
    """
    one, limits = shape.object, source.declared.limits
    found = Difference()
    size = limits.search_page - 1  # a search that is not full is known to be all
    for low, high in tonights(id_ranges(warehouse, one, size, LAST_ID), today, most):
        theirs = dict(hits_in(source.client, one, limits, low, None if high == LAST_ID else high))
        ours = {id: milliseconds(at) for id, at in modified_in(warehouse, one, low, high).items()}
        found.missing |= {id for id, at in theirs.items() if id not in ours or ours[id] < at}
        found.surplus |= ours.keys() - theirs.keys()
    return found


def tonights(pages: list[Range], today: date, most: int) -> list[Range]:
    """The pages whose turn it is: at most so many, and each once until all of them were."""
    turns = ceil(len(pages) / most)
    return pages[today.toordinal() % turns :: turns] if turns else []
