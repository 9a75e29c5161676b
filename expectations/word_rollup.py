"""Violated rules on what the members of a government sum up to -> their words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from expectations.labels import cell_label
from expectations.words import Row, Words, both, number
from transforms.messages import Language
from transforms.statute.loader import all_cell_keys
from transforms.statute.rollup_rules import Part, RollUpRule
from transforms.statute.rule_schema import BaseRule
from transforms.statute.rules import Instance

SHOWN = 3  # cells written out


def _roll_up_words(rule: RollUpRule, one: Instance, row: Row) -> Words:
    """Each cell shown with the members' number in brackets."""
    part = rule.part(one.line)
    cells = tuple(all_cell_keys()[found["cell_no"] - 1] for found in row["witness"])
    own = [number(row[key.column_name]) for key in cells]
    sums = [number(_of_members(rule, part, found)) for found in row["witness"]]

    def details(language: Language) -> dict[str, object]:
        left, right, between = ("（", "）", "；") if language == "zh" else (" (", ")", "; ")
        shown = [
            f"{cell_label(row['form'], key, language)} {mine}{left}{theirs}{right}"
            for key, mine, theirs in zip(cells[:SHOWN], own, sums, strict=False)
        ]
        return {
            "part": getattr(part.label, language),
            "count": len(cells),
            "cells": between.join(shown),
            "bodies": row["witness"][0]["bodies"],
        }

    sign = "" if rule.relation == "equal" else ">= "
    return Words(both(rule, row, details), own[0], sign + sums[0], cells=cells)


def _of_members(rule: RollUpRule, part: Part, found: Row) -> Decimal:
    if rule.relation == "equal":
        return Decimal(found["whole"])
    return Decimal(found["most"] if part.shared else max(found["most"], found["but_office"]))


ROLLUP_WRITERS: dict[type[BaseRule], Callable[[Any, Instance, Row], Words]] = {
    RollUpRule: _roll_up_words,
}
