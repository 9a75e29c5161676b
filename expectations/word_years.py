"""Violated rules over two years -> their words, one function a kind of relation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from expectations.across import before
from expectations.labels import column_label, row_label
from expectations.words import Row, Words, both, filled, number
from transforms.messages import Language
from transforms.records import CellKey
from transforms.statute.rule_schema import (
    BaseRule,
    ProportionRule,
    RollForwardRule,
    SameUnitRule,
    YearsRule,
)
from transforms.statute.rules import Instance
from transforms.statute.year_rules import EXPLAINED


def _years_words(rule: YearsRule, one: Instance, row: Row) -> Words:
    now = sum((row[key.column_name] for key in one.left), Decimal(0))
    then = sum((row[before(key)] for key in one.before), Decimal(0))
    figures: dict[str, object] = {
        "table": rule.table,
        "now_sum": number(now),
        "before_sum": number(then),
        "previous": row["report_year"] - 1,
    }
    changes = [(key, _sign(rule, key)) for key in one.right]
    expected = then + sum(sign * row[key.column_name] for key, sign in changes)
    figures |= {"expected": number(expected), "difference": number(abs(now - expected))}
    if isinstance(rule, SameUnitRule):
        figures["ratio"] = f"{max(now, then) / min(now, then):.0f}"

    def details(language: Language) -> dict[str, object]:
        words = row_label if rule.each == "row" else column_label
        line = one.line.removesuffix(EXPLAINED)
        earlier = [(row[before(key)], key, 1) for key in one.before]
        later = [(row[key.column_name], key, sign) for key, sign in changes]
        return {
            **figures,
            "line": words(row["form"], rule.table, line, language),
            "now": _terms(rule, [(row[k.column_name], k, 1) for k in one.left], row, language),
            "before": _terms(rule, earlier, row, language),
            "changes": _terms(rule, later, row, language),
        }

    applications = abs(now - expected) if rule.table == 3 else None
    return Words(
        both(rule, row, details),
        number(now),
        _expected(rule, expected),
        applications=applications,
    )


def _sign(rule: YearsRule, key: CellKey) -> int:
    taken = isinstance(rule, RollForwardRule) and {key.row_key, key.column_key} & set(rule.taken)
    return -1 if taken else 1


def _expected(rule: YearsRule, expected: Decimal) -> str | None:
    if not isinstance(rule, RollForwardRule):
        return None
    return {"equal": "", "at_least": ">= ", "at_most": "<= "}[rule.relation] + number(expected)


def _terms(
    rule: YearsRule, terms: Sequence[tuple[Decimal, CellKey, int]], row: Row, language: Language
) -> str:
    """`本年制发件数 2 - 本年废止件数 1`, by the labels of the form."""
    words, which = (column_label, 2) if rule.each == "row" else (row_label, 1)
    shown = ""
    for value, key, sign in terms:
        label = words(row["form"], rule.table, str(key[which]), language)
        joined = "- " if sign < 0 else "+ " if shown else ""
        shown += f"{' ' if shown else ''}{joined}{label} {number(value)}"
    return shown


def _proportion_words(rule: ProportionRule, one: Instance, row: Row) -> Words:
    of = sum((row[key.column_name] for key in one.left), Decimal(0))
    now = sum((row[key.column_name] for key in one.right), Decimal(0))
    then = sum((row[before(key)] for key in one.before), Decimal(0))
    details = {
        "left_sum": number(of),
        "now_sum": number(now),
        "before_sum": number(then),
        "times": rule.times,
        "previous": row["report_year"] - 1,
    }
    most = rule.times * max(now + then, Decimal(rule.least))
    return Words(filled(rule, row, **details), number(of), f"<= {number(most)}")


YEAR_WRITERS: dict[type[BaseRule], Callable[[Any, Instance, Row], Words]] = {
    YearsRule: _years_words,
    ProportionRule: _proportion_words,
}
