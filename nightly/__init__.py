"""The nightly job: the order of the stages, the lock, the ledger of runs."""

from nightly.job import Wish, perform
from nightly.stages import ORDER, Night

__all__ = ["ORDER", "Night", "Wish", "perform"]
