"""Violated rules over the report as a whole -> their words, one function a kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from expectations.words import Row, Words, both, filled, span_of
from transforms.messages import Language
from transforms.statute.loader import forms
from transforms.statute.mark_kinds import mark_kinds
from transforms.statute.rule_schema import (
    BaseRule,
    DeadlineRule,
    FormYearRule,
    LengthRule,
    MarkedRule,
    PeriodRule,
    PublishedRule,
    SectionsRule,
    StatedRule,
    UnmarkedRule,
)
from transforms.statute.rules import Instance


def _section_words(rule: SectionsRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    found = set(row["section_numbers"])
    form = forms()[row["form"]] if row["form"] in forms() else [*forms().values()][-1]
    headings = {heading.number: heading.label for heading in form.sections}
    missing = [headings[section] for section in rule.sections if section not in found]
    return Words(
        filled(rule, row, missing=", ".join(missing)),
        " ".join(map(str, sorted(found))),
        " ".join(map(str, sorted(rule.sections))),
    )


def _length_words(rule: LengthRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    length = row["section_lengths"][rule.section - 1]
    message = filled(rule, row, section=rule.section, length=length, most=rule.most)
    return Words(message, str(length), f"<= {rule.most}")


def _stated_words(rule: StatedRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    return Words(filled(rule, row), None, None)


def _period_words(rule: PeriodRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    year = row["report_year"]
    start, end = row["period_start"].isoformat(), row["period_end"].isoformat()
    first, last = f"{year}-{rule.start}", f"{year}-{rule.end}"
    message = filled(
        rule,
        row,
        stated=row["period_text"],
        start=start,
        end=end,
        expected_start=first,
        expected_end=last,
    )
    span = (row["period_char_start"], row["period_char_end"])
    place = None if span[0] is None else span
    return Words(message, f"{start}/{end}", f"{first}/{last}", span=place)


def _form_words(rule: FormYearRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    right = next(name for name, form in forms().items() if row["report_year"] in form.report_years)
    message = filled(rule, row, form=row["form"], expected_form=right)
    return Words(message, row["form"], right)


def _published_words(rule: PublishedRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    limit = f"{row['report_year'] + 1}-{rule.earliest or rule.latest}"
    printed = row["witness"] if rule.mark else None  # the day that was not taken for it
    published: str = printed["text"] if printed else row["published_on"].isoformat()
    return Words(
        filled(rule, row, published=published, limit=limit),
        published,
        f"{'>=' if rule.earliest else '<='} {limit}",
        span=span_of(printed) if printed else None,
    )


def _deadline_words(rule: DeadlineRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    published: date = row["published_on"]
    limit: date = row["witness"]
    days = (published - limit).days
    message = filled(rule, row, published=published, limit=limit, days=days)
    return Words(message, published.isoformat(), f"<= {limit}")


def _marked_words(rule: MarkedRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    missing = [mark for mark in rule.marks if mark not in row["witness"]]

    def details(language: Language) -> dict[str, object]:
        return {"missing": ("、" if language == "zh" else ", ").join(_labels(missing, language))}

    return Words(both(rule, row, details), None, None)


def _unmarked_words(rule: UnmarkedRule, one: Instance, row: Row) -> Words:
    text = row["witness"]["text"]

    def details(language: Language) -> dict[str, object]:
        return {"text": text, "what": _labels([one.line], language)[0]}

    return Words(both(rule, row, details), text, None, span=span_of(row["witness"]))


def _labels(marks: list[str], language: Language) -> list[str]:
    kinds = [mark_kinds()[mark] for mark in marks]
    return [kind.label if language == "zh" else kind.label_en for kind in kinds]


REPORT_WRITERS: dict[type[BaseRule], Callable[[Any, Instance, Row], Words]] = {
    SectionsRule: _section_words,
    LengthRule: _length_words,
    StatedRule: _stated_words,
    PeriodRule: _period_words,
    FormYearRule: _form_words,
    PublishedRule: _published_words,
    DeadlineRule: _deadline_words,
    MarkedRule: _marked_words,
    UnmarkedRule: _unmarked_words,
}
