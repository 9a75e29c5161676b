"""Message files -> text in Chinese or English.

A message file maps a key to `{zh: ..., en: ...}`; `{name}` in both is filled by the caller. The
loader refuses a key without both languages or with different names in them, so that nothing a
user sees exists in one language only.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Formatter
from typing import Literal

from transforms.statute.loader import StatuteError, load_record

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Messages:
    """One message file. `text` raises KeyError for an unknown key or a missing detail: our bug."""

    def __init__(self, path: Path) -> None:
        self._by_key = load_record(path, dict[str, dict[Language, str]])
        for key, by_language in self._by_key.items():
            if set(by_language) != set(LANGUAGES):
                raise StatuteError(f"{path.name}: {key}: needs {LANGUAGES}, has {[*by_language]}")
            if len({fields_of(text) for text in by_language.values()}) > 1:
                raise StatuteError(f"{path.name}: {key}: zh and en name different details")

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def text(self, key: str, language: Language, **details: object) -> str:
        """The message with its details filled in; a detail `@key` is itself a message."""
        filled = {name: self._resolved(value, language) for name, value in details.items()}
        return self._by_key[key][language].format(**filled)

    def _resolved(self, value: object, language: Language) -> object:
        if isinstance(value, str) and value.startswith("@") and value[1:] in self:
            return self._by_key[value[1:]][language]
        return value

    def both(self, key: str, **details: object) -> dict[Language, str]:
        """The message in every language."""
        return {language: self.text(key, language, **details) for language in LANGUAGES}


def fields_of(template: str) -> frozenset[str]:
    """The details that a message names."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


@cache
def problems() -> Messages:
    """Why a file or a cell could not be read."""
    return Messages(Path(__file__).parent / "problems.yaml")
