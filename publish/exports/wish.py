"""What somebody wants exported."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from errors import UsageProblem
from publish.copy import Table

FORMATS = ("csv", "xlsx")


@dataclass(frozen=True)
class Exports:
    """`formats` are of `FORMATS`; `tables` are names like `leads` or `audit.runs`; none: all marts."""

    formats: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()

    def chosen(self, published: Iterable[Table]) -> list[Table]:
        """The tables wanted, each once.

        Raises:
            UsageProblem: a name is not that of a published table; the nearest ones are named.
        """
        known = {table.label: table for table in published}
        if not self.tables:
            return [table for table in known.values() if table.schema == "marts"]
        labels = [name if "." in name else f"marts.{name}" for name in self.tables]
        wrong = [label for label in labels if label not in known]
        if wrong:
            near = [close for label in wrong for close in get_close_matches(label, known, n=1)]
            meant = f" Did you mean {', '.join(near)}?" if near else ""
            raise UsageProblem(f"There is no published table {', '.join(wrong)}.{meant}")
        return [known[label] for label in dict.fromkeys(labels)]


NO_EXPORTS = Exports()
