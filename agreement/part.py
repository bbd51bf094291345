"""What every part of the agreement has in common."""

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Any part of the agreement: immutable, no unknown keys."""

    # Building the validators takes a tenth of a second, which a refused file need not wait for.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
