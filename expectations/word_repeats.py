"""Violated rules on numbers repeated from the year before -> their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from expectations.words import Row, Words, both, number, span_of
from transforms.claim_words import claim_kinds
from transforms.messages import Language
from transforms.statute.rule_schema import BaseRule, RepeatedNumbersRule, RepeatedWholeRule
from transforms.statute.rules import Instance


def _repeated_numbers_words(rule: RepeatedNumbersRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    found = row["witness"]

    def details(language: Language) -> dict[str, object]:
        shown = (f"{_label(each['claim'], language)} {number(each['value'])}" for each in found)
        return {
            "previous": row["report_year"] - 1,
            "count": len(found),
            "numbers": ("、" if language == "zh" else ", ").join(shown),
        }

    place = next(
        claim
        for claim in row["claims"]
        if (claim["claim"], claim["value"]) == (found[0]["claim"], found[0]["value"])
    )
    observed = ", ".join(number(each["value"]) for each in found)
    return Words(both(rule, row, details), observed, None, span=span_of(place))


def _repeated_whole_words(rule: RepeatedWholeRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    found = row["witness"]

    def details(language: Language) -> dict[str, object]:
        return {
            "previous": row["report_year"] - 1,
            "what": _label(found["claim"], language),
            "whole": number(found["whole"]),
            "parts": found["terms"],
            "sum": number(found["parts"]),
        }

    words = both(rule, row, details)
    return Words(words, number(found["whole"]), number(found["parts"]), span=span_of(found))


def _label(claim: str, language: Language) -> str:
    kind = claim_kinds()[claim]
    return kind.label if language == "zh" else kind.label_en


REPEAT_WRITERS: dict[type[BaseRule], Callable[[Any, Instance, Row], Words]] = {
    RepeatedNumbersRule: _repeated_numbers_words,
    RepeatedWholeRule: _repeated_whole_words,
}
