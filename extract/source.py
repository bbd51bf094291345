"""What everything that asks the CRM for records asks with."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from extract.client import Client
from extract.declaration import Declaration


@dataclass(frozen=True)
class Source:
    """What every stream reads with."""

    client: Client
    declared: Declaration
    pool: ThreadPoolExecutor
