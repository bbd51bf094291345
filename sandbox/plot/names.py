"""Names of people and companies: pools drawn once from Faker, since a call for each lead would be slow."""

from functools import cache
from typing import NamedTuple

_POOL_SEED = 4711
_SUFFIXES = (
    "Group",
    "Pty Ltd",
    "Partners",
    "Logistics",
    "Foods",
    "Health",
    "Energy",
    "Media",
    "Systems",
    "& Sons",
)


class Pools(NamedTuple):
    """What a story draws names from."""

    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    jobs: tuple[str, ...]


@cache
def pools() -> Pools:
    """Two thousand draws of each kind, the same for every seed."""
    from faker import Faker

    fake = Faker(["en_AU", "en_NZ"])
    fake.seed_instance(_POOL_SEED)
    return Pools(
        tuple(fake.first_name() for _ in range(2000)),
        tuple(fake.last_name() for _ in range(2000)),
        tuple(fake.job() for _ in range(500)),
    )


def firm_name(last_name: str, number: int) -> str:
    """A company called after a person, with one of a few endings."""
    return f"{last_name} {_SUFFIXES[number % len(_SUFFIXES)]}"
