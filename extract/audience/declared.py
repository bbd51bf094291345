"""How a CRM tells of its audience: the part of the declaration that is about figures, not records."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Any part of a declaration: immutable, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Visits(Part):
    """The report about visits, and the value of the contacts' original source for each of its words."""

    address: str
    sources: dict[str, str]

    def source_of(self, word: str) -> str:
        """The original source; a word that is not declared is written as one."""
        return self.sources.get(word, word.upper().replace("-", "_"))


class Content(Part):
    """A report about one kind of page or post, and the list that has their names."""

    content_type: str
    address: str
    names: str


class Mailings(Part):
    """The list of mass emails, and its counter behind each figure."""

    address: str
    page: int
    counters: dict[str, str]


class Audience(Part):
    """All reports. None of them is in every portal.

    `again_days`: figures of so many days before the last reading may still move, and are read again.
    `since`: before it there are none. `days_a_request`: more days are asked for in several requests.
    """

    again_days: int
    since: date
    days_a_request: int
    visits: Visits
    contents: tuple[Content, ...]
    mailings: Mailings
