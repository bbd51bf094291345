"""Which lead is meant: by its id, by that of a person merged into it, or by an address."""

from privacy import pseudonym, treatment_key
from project import Project
from publish.explain.reading import Reading
from publish.publication import Publication

LEDGER = "audit.lead_quality_violations"


def candidates(project: Project, published: Publication, reading: Reading, asked: str) -> list[str]:
    """The ids of the leads that `asked` may mean, sorted: none, one, or those who share an address.

    An address is compared as the publication has it: hashed with this project's key where it is hashed. Where
    addresses are not published nobody has one.
    """
    asked = asked.strip()
    if not asked:
        return []
    by_id = _by_id(reading, asked)
    return by_id or _by_address(project, published, reading, asked)


def _by_id(reading: Reading, asked: str) -> list[str]:
    if "marts.leads" in reading.tables:
        query = (
            "select lead_id from marts.leads"
            " where lead_id = ? or list_contains(string_split(coalesce(merged_ids, ''), ';'), ?)"
            " order by lead_id = ? desc, lead_id"
        )
        if rows := reading.rows(query, asked, asked, asked):
            return [str(rows[0]["lead_id"])]
    if LEDGER in reading.tables and reading.rows(f"select 1 from {LEDGER} where lead_id = ? limit 1", asked):
        return [asked]
    return []


def _by_address(project: Project, published: Publication, reading: Reading, asked: str) -> list[str]:
    if "marts.leads" not in reading.tables:
        return []
    found: set[str] = set()
    for column in ("email", "phone"):
        treatment = published.privacy.get(column, "keep")
        if treatment != "drop":
            wanted = pseudonym(asked, treatment_key(project)) if treatment == "hash" else asked.lower()
            query = f"select lead_id from marts.leads where lower(trim({column})) = ?"
            found |= {str(row["lead_id"]) for row in reading.rows(query, wanted)}
    return sorted(found)
