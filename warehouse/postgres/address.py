"""Where the server is and what its databases are called, from the options of a dbt profile."""

from dataclasses import dataclass, field
from typing import Any

from errors import UsageProblem

LIBPQ = (
    "host", "port", "user", "password", "connect_timeout", "keepalives_idle",
    "sslmode", "sslcert", "sslkey", "sslrootcert",
)  # fmt: skip
SESSION = "-c timezone=UTC -c jit=off -c default_transaction_isolation=read\\ committed"


@dataclass(frozen=True)
class Address:
    """How to log in, and the two databases: `published` is the readers', `working` ours alone."""

    login: dict[str, Any] = field(repr=False)
    published: str
    working: str
    reader_role: str

    @property
    def place(self) -> str:
        """For messages: no user, no password."""
        return f"{self.login['host']}:{self.login['port']}"

    def to(self, database: str, search_path: str = "public") -> dict[str, Any]:
        """What psycopg2 needs to connect to one of the databases."""
        path = f"-c search_path={search_path}"
        return self.login | {
            "dbname": database,
            "options": f"{SESSION} {path}",
            "application_name": "smarketing",
        }

    def url(self, database: str) -> str:
        """The same as a URL without the password, for libraries that want one."""
        user = self.login["user"]
        return f"postgresql://{user}@{self.login['host']}:{self.login['port']}/{database}"


def address_of(options: dict[str, Any]) -> Address:
    """Read the options of an output, its variables already answered.

    Raises:
        UsageProblem: one that is needed is missing.
    """
    known = dict(options)
    known.setdefault("password", known.pop("pass", None))
    known.setdefault("port", 5432)
    known.setdefault("connect_timeout", 10)
    known.setdefault("dbname", known.get("database"))
    missing = [name for name in ("host", "user", "password", "dbname") if not known.get(name)]
    if missing:
        raise UsageProblem(f"The PostgreSQL target in profiles.yml lacks {' and '.join(missing)}.")
    published = str(known["dbname"])
    return Address(
        login={name: known[name] for name in LIBPQ if known.get(name) is not None},
        published=published,
        working=str(known.get("working_dbname") or f"{published}_working"),
        reader_role=str(known.get("reader_role") or f"{published}_reader"),
    )
