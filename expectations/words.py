"""What a finding says, and the pieces that the writers of all kinds share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from transforms.messages import LANGUAGES, Language
from transforms.records import CellKey
from transforms.statute.rule_schema import BaseRule

Row = Mapping[str, Any]


class Words(NamedTuple):
    """What a finding says. `observed` and `expected` read the same in both languages.

    `cells` and `span` are null where the instance's own cells and their place are meant;
    `applications` is how many of table 3 do not add up, null where it is not about them.
    """

    message: dict[Language, str]
    observed: str | None
    expected: str | None
    cells: tuple[CellKey, ...] | None = None
    span: tuple[int, int] | None = None
    applications: Decimal | None = None


def number(value: Decimal | float) -> str:
    """A number without trailing zeros or exponent."""
    return f"{Decimal(str(value)).normalize():f}"


def fill(rule: BaseRule, language: Language, row: Row, **details: object) -> str:
    """The message of a rule in one language."""
    template: str = getattr(rule.message, language)
    return template.format(year=row["report_year"], **details)


def both(
    rule: BaseRule, row: Row, details: Callable[[Language], Mapping[str, object]]
) -> dict[Language, str]:
    """The message in both languages; `details` gives what fills it."""
    return {language: fill(rule, language, row, **details(language)) for language in LANGUAGES}


def filled(rule: BaseRule, row: Row, **details: object) -> dict[Language, str]:
    """The message in both languages, where the same details fill both."""
    return both(rule, row, lambda _: details)


def span_of(found: Mapping[str, Any]) -> tuple[int, int]:
    """The place of a claim, mark or sum of parts."""
    return found["char_start"], found["char_end"]
