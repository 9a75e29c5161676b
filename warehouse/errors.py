"""A key of messages.yaml and its details -> one-line errors of the warehouse, in both languages.

WarehouseError
├── HomeError    the home folder cannot be used
├── InputError   what was named on the command line cannot be taken in
└── QueryError   the SQL is wrong or not a query
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from transforms.messages import Language, Messages


@cache
def messages() -> Messages:
    """The messages of the warehouse."""
    return Messages(Path(__file__).parent / "messages.yaml")


class WarehouseError(Exception):
    """Something outside the program is in the way. `str` is English, `text` either language."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(key, details)
        self.key = key
        self.details = {
            name: " ".join(str(value).split()) or "?" for name, value in details.items()
        }

    def text(self, language: Language) -> str:
        """What is wrong, where, and what to do, in one line."""
        return messages().text(self.key, language, **self.details)

    def __str__(self) -> str:
        return self.text("en")

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (type(self), self.key, self.details)


class HomeError(WarehouseError):
    """The home folder is missing, not writable, damaged or in use."""


class InputError(WarehouseError):
    """A path or batch name that cannot be taken in."""


class QueryError(WarehouseError):
    """SQL that fails or is not a query."""


def _restore(kind: type[WarehouseError], key: str, details: dict[str, str]) -> WarehouseError:
    return kind(key, **details)
