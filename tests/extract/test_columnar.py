"""Pages read as columns say what they say when they are read record by record."""

import json
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errors import CrmUnreadable
from extract.associations import with_more_links
from extract.columnar import columns_of
from extract.declaration import Association, Object, Primary
from extract.definitions import Column, Shape
from extract.faults import PassingError
from extract.pages import Page, batch_of, page_of
from extract.records import tables_of
from extract.values import Kind

PATH = "/crm/v3/objects/contacts"
KINDS: dict[str, Kind] = {
    "note": "text",
    "score": "number",
    "agreed": "bool",
    "born": "date",
    "seen": "datetime",
}
MERGED = "hs_merged_object_ids"
SHAPE = Shape(
    Object(
        name="contacts",
        path="contacts",
        history=("note", "seen"),
        keeps=3,
        associations=(
            Association(to="companies", primary=Primary(name="contact_to_company", number=1)),
            Association(to="deals"),
        ),
    ),
    (*(Column(name, name, kind) for name, kind in KINDS.items()), Column(MERGED, MERGED, "text")),
    (),
    ("note", "seen"),
)

anything = st.one_of(
    st.none(),
    st.text(),
    st.sampled_from(("", "9007199254740993", "0.1", "true", "2026-02-29", "2026-01-01", "NaN", '"paging"')),
)
milliseconds = st.integers(0, 3).map(lambda at: f"2026-01-01T00:00:00.00{at}Z")
revisions = st.lists(
    st.fixed_dictionaries(
        {"timestamp": milliseconds, "value": anything},
        optional={
            "sourceType": st.sampled_from(("FORM", "IMPORT", None)),
            "sourceId": st.one_of(st.none(), st.text(max_size=4)),
            "updatedByUserId": st.one_of(st.none(), st.integers(0, 2**62)),
        },
    ),
    max_size=5,
).map(lambda some: sorted(some, key=lambda one: str(one["timestamp"]), reverse=True))
links = st.fixed_dictionaries(
    {
        "results": st.lists(
            st.fixed_dictionaries(
                {
                    "id": st.integers(1, 3).map(str),
                    "type": st.sampled_from(("contact_to_company", "contact_to_company_unlabeled")),
                }
            ),
            max_size=4,
        )
    },
    optional={"paging": st.just({"next": {"after": "500", "link": "?after"}})},
)
records = st.fixed_dictionaries(
    {
        "id": st.integers(1, 2**63 - 1).map(str),
        "properties": st.fixed_dictionaries({}, optional=dict.fromkeys(KINDS, anything) | {MERGED: anything}),
        "createdAt": milliseconds,
        "updatedAt": milliseconds,
    },
    optional={
        "archived": st.booleans(),
        "archivedAt": milliseconds,
        "propertiesWithHistory": st.fixed_dictionaries({}, optional={"note": revisions, "seen": revisions}),
        "associations": st.fixed_dictionaries({}, optional={"companies": links, "deals": links}),
        "unknown": st.just({"more": [1, {"paging": None}]}),
    },
)


def _content(some: list[dict[str, Any]], after: str | None = "cursor", **more: Any) -> bytes:
    paging = {"paging": {"next": {"after": after, "link": "https://crm.example"}}} if after else {}
    return json.dumps({"results": some} | more | paging, ensure_ascii=False).encode(errors="surrogatepass")


def _rows(tables: dict[str, pa.Table]) -> dict[str, list[Any]]:
    return {name: sorted(map(repr, table.to_pylist())) for name, table in tables.items()}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(records, max_size=4), min_size=1, max_size=3))
def test_columns_say_what_the_records_say(lists: list[list[dict[str, Any]]]) -> None:
    pages = [Page(PATH, "cursor", _content(some)) for some in lists]
    found = columns_of(pages, SHAPE, MERGED)
    everybody = [record for some in lists for record in some]
    if found is None:
        assert len({record["id"] for record in everybody}) < len(everybody)
        return
    assert _rows(found.tables) == _rows(tables_of(everybody, SHAPE, MERGED))
    assert all(
        table.schema == tables_of(everybody, SHAPE, MERGED)[name].schema
        for name, table in found.tables.items()
    )
    more = with_more_links(everybody, SHAPE.object)
    assert found.more_links == {name: ids for name, ids in more.items() if ids}


def test_a_batch_that_lacks_some_and_tells_no_associations_is_read_as_columns() -> None:
    found = [
        {"id": str(one), "properties": dict.fromkeys(KINDS, None) | {"note": "a", MERGED: None}}
        for one in range(1, 4)
    ]
    content = _content(
        found, after=None, status="COMPLETE", numErrors=1, errors=[{"context": {"ids": ["4"]}}]
    )
    columns = columns_of([batch_of(PATH, content)], SHAPE, MERGED)
    assert columns is not None
    assert columns.more_links == {}
    assert _rows(columns.tables) == _rows(tables_of(found, SHAPE, MERGED))
    for keep in range(1, len(content)):
        with pytest.raises(PassingError):
            batch_of(PATH, content[:keep])


ONE = {"id": "1", "properties": {"note": "a"}}
UNLIKE = {
    "a number for a text": {"id": "1", "properties": {"note": 5}},
    "an id that is a number": {"id": 1, "properties": {}},
    "an id that is none": {"id": "1\n", "properties": {}},
    "no id": {"properties": {}},
    "no properties": {"id": "1"},
    "a user in words": {
        "id": "1",
        "properties": {},
        "propertiesWithHistory": {"note": [{"timestamp": "2026-01-01T00:00:00Z", "updatedByUserId": "x"}]},
    },
    "nobody": None,
}


@pytest.mark.parametrize("record", UNLIKE.values(), ids=UNLIKE.keys())
def test_what_is_unlike_most_is_left_to_be_read_one_by_one(record: Any) -> None:
    assert (
        columns_of([Page(PATH, "x", _content([ONE])), Page(PATH, "y", _content([record]))], SHAPE, MERGED)
        is None
    )


def test_a_page_tells_where_the_next_begins_wherever_paging_is_written() -> None:
    traps = [
        {"id": "1", "properties": {"note": '"paging":{"next":{"after":"wrong"}}}'}},
        {
            "id": "2",
            "properties": {},
            "associations": {"companies": {"results": [], "paging": {"next": {"after": "5"}}}},
        },
    ]
    for content, after in (
        (_content(traps), "cursor"),
        (_content(traps, after=None), None),
        (_content(traps, after="7", more={"paging": 1}), "7"),
        (b'{"paging":{"next":{"after":"8"}},"results":[]}', "8"),
        (b'{"results":[],"paging":{"next":{"after":9}}}', "9"),
        (b'{"results":[],"paging":null}', None),
    ):
        assert page_of(PATH, content).after == after


@pytest.mark.parametrize("keep", range(1, 140, 3))
def test_no_part_of_an_answer_is_taken_for_the_whole(keep: int) -> None:
    whole = _content([ONE, {"id": "2", "properties": {}, "associations": {"deals": {"results": []}}}])
    assert keep < len(whole)
    with pytest.raises(PassingError):
        page_of(PATH, whole[:-keep])


def test_a_page_that_is_damaged_within_ends_the_run() -> None:
    page = page_of(PATH, _content([ONE]).replace(b'"a"', b'"a'))
    assert columns_of([page], SHAPE, MERGED) is None
    with pytest.raises(CrmUnreadable, match="damaged"):
        page.records  # noqa: B018 -- reading it is what is tried
