"""The working file's own audit: what earlier nights said of people who were deleted since."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from publish.forgetting.pages import scrubbed, unlisted
from publish.forgetting.sentences import LISTS, SENTENCES

if TYPE_CHECKING:
    from warehouse import Connection, Warehouse

COLUMNS = (
    "select column_name from information_schema.columns where table_schema = ? and table_name = ?"
    " order by column_name"
)


def scrub(warehouse: "Warehouse", ids: Collection[str]) -> None:
    """Take `ids` out of every sentence and list of the audit; what else it says of those nights stays."""
    with warehouse.connect() as connection:
        for told, without in ((SENTENCES, scrubbed), (LISTS, unlisted)):
            for table, columns in told.items():
                there = {name for (name,) in connection.execute(COLUMNS, table.split(".")).fetchall()}
                for column in there.intersection(columns):
                    for text in _texts(connection, table, column):
                        left = without(text, ids)
                        if left != text:
                            connection.execute(
                                f"update {table} set {column} = ? where {column} = ?", [left or None, text]
                            )


def _texts(connection: "Connection", table: str, column: str) -> list[str]:
    query = f"select distinct {column} from {table} where {column} is not null order by {column}"
    return [text for (text,) in connection.execute(query).fetchall()]
