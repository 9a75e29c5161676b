"""A violated instance and the report's row of `report_facts` -> message, observed, expected.

The words come from the rule's templates and from the labels of the form; here only numbers, dates
and the order of things are written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from expectations.labels import cell_label, column_label, row_label
from transforms.messages import LANGUAGES, Language
from transforms.records import CellKey
from transforms.statute.loader import forms
from transforms.statute.rule_schema import (
    BaseRule,
    EveryCellRule,
    FormYearRule,
    LineRule,
    PeriodRule,
    PublishedRule,
    SectionsRule,
    ShareRule,
    StatedRule,
)
from transforms.statute.rules import Instance

Row = Mapping[str, Any]
FEW = 4  # a side with more cells than this is printed without its zeros


class Words(NamedTuple):
    """What a finding says. `observed` and `expected` read the same in both languages."""

    message: dict[Language, str]
    observed: str | None
    expected: str | None


def describe(rule: BaseRule, one: Instance, row: Row) -> Words:
    """The words of one finding. `row` is a row of report_facts in which `one` is violated."""
    for kind, write in WRITERS.items():
        if isinstance(rule, kind):
            return write(rule, one, row)
    raise TypeError(f"{rule.id}: no words for {type(rule).__name__}")


def number(value: Decimal) -> str:
    """A number without trailing zeros or exponent."""
    return f"{value.normalize():f}"


def _fill(rule: BaseRule, language: Language, row: Row, **details: object) -> str:
    template: str = getattr(rule.message, language)
    return template.format(year=row["report_year"], **details)


def _total(cells: Sequence[CellKey], row: Row) -> Decimal:
    return sum((row[key.column_name] for key in cells), Decimal(0))


def _line_words(rule: LineRule, one: Instance, row: Row) -> Words:
    left, right = _total(one.left, row), _total(one.right, row)
    details: dict[str, str | int] = {
        "table": rule.table,
        "left_sum": number(left),
        "right_sum": number(right),
        "difference": number(abs(left - right)),
    }
    if isinstance(rule, ShareRule):
        details["percent"] = rule.percent
    message = {}
    for language in LANGUAGES:
        words = row_label if rule.each == "row" else column_label
        message[language] = _fill(
            rule,
            language,
            row,
            line=words(row["form"], rule.table, one.line, language),
            left=_terms(rule, one.left, row, language),
            right=_terms(rule, one.right, row, language),
            **details,
        )
    return Words(message, number(left), _expected(rule, left, right))


def _expected(rule: LineRule, left: Decimal, right: Decimal) -> str:
    match getattr(rule, "kind"):  # noqa: B009
        case "balance" | "sum":
            return number(right)
        case "bound":
            return f">= {number(right)}"
        case "share" if isinstance(rule, ShareRule):
            return f"<= {number(right * rule.percent / 100)}"
        case "zero_if":
            return "0"
        case "zero_together":
            return "0" if left else "> 0"
        case kind:
            raise TypeError(f"{rule.id}: nothing is expected of kind {kind}")


def _terms(rule: LineRule, cells: Sequence[CellKey], row: Row, language: Language) -> str:
    shown = [key for key in cells if len(cells) <= FEW or row[key.column_name]]
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
        message[language] = _fill(
            rule,
            language,
            row,
            table=key.table_no,
            line=label,
            left=f"{label} {value}",
            left_sum=value,
        )
    expected = ">= 0" if getattr(rule, "kind") == "nonnegative" else "integer"  # noqa: B009
    return Words(message, value, expected)


def _section_words(rule: SectionsRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    found = set(row["section_numbers"])
    form = forms()[row["form"]] if row["form"] in forms() else [*forms().values()][-1]
    headings = {heading.number: heading.label for heading in form.sections}
    missing = [headings[section] for section in rule.sections if section not in found]
    message = {
        language: _fill(rule, language, row, missing=", ".join(missing)) for language in LANGUAGES
    }
    return Words(
        message, " ".join(map(str, sorted(found))), " ".join(map(str, sorted(rule.sections)))
    )


def _stated_words(rule: StatedRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    return Words({language: _fill(rule, language, row) for language in LANGUAGES}, None, None)


def _period_words(rule: PeriodRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    year = row["report_year"]
    start, end = row["period_start"].isoformat(), row["period_end"].isoformat()
    first, last = f"{year}-{rule.start}", f"{year}-{rule.end}"
    message = {
        language: _fill(
            rule,
            language,
            row,
            stated=row["period_text"],
            start=start,
            end=end,
            expected_start=first,
            expected_end=last,
        )
        for language in LANGUAGES
    }
    return Words(message, f"{start}/{end}", f"{first}/{last}")


def _form_words(rule: FormYearRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    right = next(name for name, form in forms().items() if row["report_year"] in form.report_years)
    message = {
        language: _fill(rule, language, row, form=row["form"], expected_form=right)
        for language in LANGUAGES
    }
    return Words(message, row["form"], right)


def _published_words(rule: PublishedRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    limit = f"{row['report_year'] + 1}-{rule.earliest or rule.latest}"
    published: date = row["published_on"]
    message = {
        language: _fill(rule, language, row, published=published.isoformat(), limit=limit)
        for language in LANGUAGES
    }
    return Words(message, published.isoformat(), f"{'>=' if rule.earliest else '<='} {limit}")


WRITERS: dict[type[BaseRule], Callable[[Any, Instance, Row], Words]] = {
    LineRule: _line_words,
    EveryCellRule: _cell_words,
    SectionsRule: _section_words,
    StatedRule: _stated_words,
    PeriodRule: _period_words,
    FormYearRule: _form_words,
    PublishedRule: _published_words,
}
