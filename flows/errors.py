"""What went wrong for the user -> one line on stderr and an exit status."""

from __future__ import annotations


class UserError(Exception):
    """Not our bug: the message says in one line what is wrong, where, and what to do.

    `status` is the exit status: 1 the work failed, 2 the command was used wrongly.
    """

    def __init__(self, message: str, *, status: int = 1) -> None:
        super().__init__(message)
        self.message = " ".join(message.split())
        self.status = status
