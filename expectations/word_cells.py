"""Violated rules over cells -> their words, one function a kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from expectations.labels import cell_label, column_label, row_label
from expectations.predicates import cell_number
from expectations.words import Row, Words, both, fill, number, span_of
from transforms.filled import fillings
from transforms.messages import LANGUAGES, Language
from transforms.records import CellKey
from transforms.statute.rule_schema import (
    AmountLimitRule,
    BaseRule,
    EveryCellRule,
    FilledRule,
    LineRule,
    RowsPresentRule,
    ShareRule,
    ZeroIfMarkedRule,
    ZeroWhereRule,
)
from transforms.statute.rules import Instance

FEW = 4  # a side with more cells than this is printed without its zeros


def _total(cells: Sequence[CellKey], row: Row) -> Decimal:
    return sum((row[key.column_name] for key in cells), Decimal(0))


def _line_words(rule: LineRule, one: Instance, row: Row) -> Words:
    left, right = _known_total(one.left, row), _total(one.right, row)
    details: dict[str, str | int] = {
        "table": rule.table,
        "left_sum": number(left),
        "right_sum": number(right),
        "difference": number(abs(left - right)),
    }
    if isinstance(rule, ShareRule):
        details["percent"] = rule.percent
    if isinstance(rule, AmountLimitRule):
        details["limit"] = rule.limits[row["body_level"]]
    message = {}
    for language in LANGUAGES:
        words = row_label if rule.each == "row" else column_label
        message[language] = fill(
            rule,
            language,
            row,
            line=words(row["form"], rule.table, one.line, language),
            left=_terms(rule, one.left, row, language),
            right=_terms(rule, one.right, row, language),
            **details,
        )
    adds_up = getattr(rule, "kind") in {"balance", "sum"}  # noqa: B009
    applications = abs(left - right) if adds_up and rule.table == 3 else None
    return Words(
        message,
        number(left),
        _expected(rule, row, left, right),
        applications=applications,
    )


def _expected(rule: LineRule, row: Row, left: Decimal, right: Decimal) -> str:
    match getattr(rule, "kind"):  # noqa: B009
        case "balance" | "sum":
            return number(right)
        case "bound":
            return f">= {number(right)}"
        case "share" if isinstance(rule, ShareRule):
            return f"<= {number(right * rule.percent / 100)}"
        case "zero_if" | "zero":
            return "0"
        case "amount_limit" if isinstance(rule, AmountLimitRule):
            return (
                f"<= {rule.limits[row['body_level']]}{' x ' + number(right) if rule.count else ''}"
            )
        case "zero_together":
            return "0" if left else "> 0"
        case kind:
            raise TypeError(f"{rule.id}: nothing is expected of kind {kind}")


def _terms(rule: LineRule, cells: Sequence[CellKey], row: Row, language: Language) -> str:
    known = [key for key in cells if row[key.column_name] is not None]
    shown = [key for key in known if len(cells) <= FEW or row[key.column_name]]
    words = column_label if rule.each == "row" else row_label
    which = 2 if rule.each == "row" else 1
    return (
        " + ".join(
            f"{words(row['form'], rule.table, str(key[which]), language)} "
            f"{number(row[key.column_name])}"
            for key in shown
        )
        or "0"
    )


def _cell_words(rule: EveryCellRule, one: Instance, row: Row) -> Words:
    key = one.left[0]
    value = number(row[key.column_name])
    message = {}
    for language in LANGUAGES:
        label = cell_label(row["form"], key, language)
        message[language] = fill(
            rule,
            language,
            row,
            table=key.table_no,
            line=label,
            left=f"{label} {value}",
            left_sum=value,
        )
    return Words(message, value, ">= 0")


def _known_total(cells: Sequence[CellKey], row: Row) -> Decimal:
    """The sum of the cells that have a value: some rules are broken by those alone."""
    return _total([key for key in cells if row[key.column_name] is not None], row)


def _zero_where_words(rule: ZeroWhereRule, one: Instance, row: Row) -> Words:
    results, parts, whole = one.left, one.right[:-1], one.right[-1]
    left = _total(results, row)

    def details(language: Language) -> dict[str, object]:
        return {
            "left": " + ".join(cell_label(row["form"], key, language) for key in results),
            "left_sum": number(left),
            "part_sum": number(_total(parts, row)),
            "whole_sum": number(row[whole.column_name]),
            "percent": rule.percent,
        }

    return Words(both(rule, row, details), number(left), "0")


def _zero_if_marked_words(rule: ZeroIfMarkedRule, one: Instance, row: Row) -> Words:
    left = _total(one.left, row)

    def details(language: Language) -> dict[str, object]:
        label = " + ".join(cell_label(row["form"], key, language) for key in one.left)
        return {
            "text": row["witness"]["text"],
            "line": label,
            "left": f"{label} {number(left)}",
            "left_sum": number(left),
        }

    return Words(both(rule, row, details), number(left), "0", span=span_of(row["witness"]))


def _filled_words(rule: FilledRule, one: Instance, row: Row) -> Words:
    keys = _filled(one.cells, rule.ways, row)
    first = row["cell_details"][cell_number(keys[0]) - 1]

    def details(language: Language) -> dict[str, object]:
        return {
            "table": one.line,
            "count": len(keys),
            "of": len(one.cells),
            "first": cell_label(row["form"], keys[0], language),
            "text": first["raw_text"],
        }

    return Words(both(rule, row, details), str(len(keys)), "0", cells=keys)


def _rows_words(rule: RowsPresentRule, one: Instance, row: Row) -> Words:
    keys = _filled(one.cells, ("missing",), row)
    rows = list(dict.fromkeys(key.row_key for key in keys))

    def details(language: Language) -> dict[str, object]:
        labels = (row_label(row["form"], int(one.line), key, language) for key in rows)
        return {"table": one.line, "missing": ", ".join(labels), "count": len(rows)}

    return Words(both(rule, row, details), str(len(rows)), "0", cells=keys)


def _filled(cells: Sequence[CellKey], ways: Sequence[str], row: Row) -> tuple[CellKey, ...]:
    """The cells that are filled in one of these ways."""
    letters = {fillings()[way].letter for way in ways}
    return tuple(key for key in cells if row["filled"][cell_number(key) - 1] in letters)


CELL_WRITERS: dict[type[BaseRule], Callable[[Any, Instance, Row], Words]] = {
    LineRule: _line_words,
    EveryCellRule: _cell_words,
    ZeroWhereRule: _zero_where_words,
    ZeroIfMarkedRule: _zero_if_marked_words,
    FilledRule: _filled_words,
    RowsPresentRule: _rows_words,
}
