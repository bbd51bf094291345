"""Expected failures: one class for each exit code of the command line (DESIGN, "Commands").

Every message says what happened and what to do next, in sentences; none carries a secret.
"""

import click


class UsageProblem(click.ClickException):
    """Wrong usage or configuration, found before anything was fetched or written (exit 2)."""

    exit_code = 2


class WrongClock(UsageProblem):
    """This machine's clock is not the CRM's: what the night took for now is no instant to go by (exit 2)."""


class ChecksFailed(click.ClickException):
    """The night was judged and refused; the last certified marts stand (exit 3)."""

    exit_code = 3


class CrmUnreadable(click.ClickException):
    """The CRM is down, refused us, or has no quota left (exit 4)."""

    exit_code = 4


class Locked(click.ClickException):
    """Another run holds the lock of this project folder (exit 75, EX_TEMPFAIL)."""

    exit_code = 75


class Unexpected(click.ClickException):
    """Nobody expected it (exit 1). What a library said may quote a person's data; `kept`, for the ledger,
    is without it, for it is published.
    """

    def __init__(self, kind: str, said: str, then: str) -> None:
        super().__init__(f"An unexpected failure, {kind}: {said.rstrip('.')}. {then}")
        self.kept = f"An unexpected failure, {kind}. {then}"


class Stopped(click.ClickException):
    """The run was told to stop, or took longer than the settings allow (exit 1)."""


class CrmTooSlow(Stopped):
    """A sync took longer than the settings allow (exit 4, as a CRM that could not be read)."""

    exit_code = CrmUnreadable.exit_code
