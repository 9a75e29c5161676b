"""Violated rules on reports that are alike -> their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from expectations.words import Row, Words, filled, number
from transforms.statute.rule_schema import AlikeRule, BaseRule
from transforms.statute.rules import Instance


def _alike_words(rule: AlikeRule, one: Instance, row: Row) -> Words:
    found = row["witness"]
    details = {
        "section": one.line.removeprefix("section_"),
        "other": found["other"],
        "other_year": found["year"],
        "similarity": number(found["similarity"]),
    }
    return Words(filled(rule, row, **details), f"{details['similarity']} %", None)


LIKENESS_WRITERS: dict[type[BaseRule], Callable[[Any, Instance, Row], Words]] = {
    AlikeRule: _alike_words,
}
