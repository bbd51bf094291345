"""One run at a time on a server, whichever machines the runs are on.

A connection of its own holds an advisory lock, and is named after its holder: the server frees the lock
when the connection ends, also by a machine that is gone.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from errors import Locked
from warehouse.postgres.address import Address
from warehouse.postgres.session import Session, connected

RUNNING = 7_610_116
LONGEST = 63  # bytes of a connection's name, beyond which the server cuts it off
ALIVE = {"tcp_keepalives_idle": 60, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 6}


@contextmanager
def alone(address: Address, who: str) -> Iterator[None]:
    """Hold the working database for the block.

    Raises:
        Locked: somebody else does; it is said who.
    """
    with connected(address, address.working) as session:
        session.execute("select set_config('application_name', ?, false)", [who[:LONGEST]])
        for name, seconds in ALIVE.items():
            session.execute(f"set {name} = {seconds}")
        got = session.execute("select pg_try_advisory_lock(?)", [RUNNING]).fetchone()
        if not got[0]:
            raise Locked(
                f"Another run is at work on {address.place}: {_holder(session)}. "
                "Nothing was done; the next run can start when it has ended."
            )
        yield


def _holder(session: Session) -> str:
    found = session.execute(
        "select a.application_name, a.backend_start at time zone 'UTC' from pg_locks as l"
        " inner join pg_stat_activity as a on a.pid = l.pid"
        " where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and l.classid = 0 and l.objid = ?"
        " and l.database = (select oid from pg_database where datname = current_database())",
        [RUNNING],
    ).fetchone()
    return f"{found[0]}, since {found[1]:%Y-%m-%d %H:%M:%S} UTC" if found else "it has only just ended"
