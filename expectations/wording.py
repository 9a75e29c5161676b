"""A violated instance and the report's row of `report_facts` -> message, observed, expected.

The words come from the rule's templates and from the labels of the form; here only numbers, dates
and the order of things are written. One function a kind: word_cells.py, word_report.py and
word_claims.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from expectations.word_beside import BESIDE_WRITERS
from expectations.word_cells import CELL_WRITERS
from expectations.word_claims import CLAIM_WRITERS
from expectations.word_likeness import LIKENESS_WRITERS
from expectations.word_repeats import REPEAT_WRITERS
from expectations.word_report import REPORT_WRITERS
from expectations.word_rollup import ROLLUP_WRITERS
from expectations.word_years import YEAR_WRITERS
from expectations.words import Row, Words
from transforms.statute.rule_schema import BaseRule
from transforms.statute.rules import Instance

__all__ = ["Words", "describe"]

WRITERS: dict[type[BaseRule], Callable[[Any, Instance, Row], Words]] = {
    **YEAR_WRITERS,
    **REPEAT_WRITERS,
    **LIKENESS_WRITERS,
    **BESIDE_WRITERS,
    **ROLLUP_WRITERS,
    **CELL_WRITERS,
    **REPORT_WRITERS,
    **CLAIM_WRITERS,
}


def describe(rule: BaseRule, one: Instance, row: Row) -> Words:
    """The words of one finding. `row` is a row of report_facts in which `one` is violated;
    `row["witness"]` is what violates it, where the compiled rule gives that."""
    for kind, write in WRITERS.items():
        if isinstance(rule, kind):
            return write(rule, one, row)
    raise TypeError(f"{rule.id}: no words for {type(rule).__name__}")
