"""Kinds of rule over the report as a whole: sections, dates, form, and marks of its text."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from transforms.statute.mark_kinds import MarkKey
from transforms.statute.rule_base import BaseRule, MonthDay, Severity
from transforms.statute.schema import Record, Years

AFTER_LOCAL = "after_local"  # published in time by law, and after the office's own day


class ReportRule(BaseRule):
    """A rule on the report as a whole; it may hold whatever the form."""

    over_cells = False


class SectionsRule(ReportRule):
    """These sections are there, each with its heading."""

    places = frozenset({"missing", "year"})
    kind: Literal["sections_present"]
    sections: tuple[int, ...] = Field(min_length=1)


class StatedRule(ReportRule):
    """The report states this, or says it in the words of a mark."""

    places = frozenset({"year"})
    kind: Literal["stated"]
    field: Literal["period_text"]
    or_marked: MarkKey | None = None


class PeriodRule(ReportRule):
    """The period runs from one day of the report year to another (`MM-DD`)."""

    places = frozenset({"stated", "start", "end", "expected_start", "expected_end", "year"})
    kind: Literal["period"]
    start: MonthDay
    end: MonthDay


class LengthRule(ReportRule):
    """A section has at most so many characters, blanks not counted."""

    places = frozenset({"section", "length", "most", "year"})
    kind: Literal["length"]
    section: int
    most: int


class WrongForm(Record):
    """A form that is wrong in these report years, and how grave that is."""

    form: str
    years: Years
    severity: Severity


class FormYearRule(ReportRule):
    """The form is the one of the report year; an instance for each way it can be wrong."""

    places = frozenset({"form", "expected_form", "year"})
    kind: Literal["form_year"]
    wrong: tuple[WrongForm, ...] = Field(min_length=1)

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: ARG002, D102
        return tuple(case.form for case in self.wrong)

    def severity_of(self, line: str) -> Severity:  # noqa: D102
        return next(case.severity for case in self.wrong if case.form == line)


class PublishedRule(ReportRule):
    """Published from `earliest` on, or until `latest`, of the year after (`MM-DD`).

    A page may print a day that is taken for no day of publication because it breaks the rule: then
    `mark` says where it stands.
    """

    places = frozenset({"published", "limit", "year"})
    kind: Literal["published"]
    earliest: MonthDay | None = None
    latest: MonthDay | None = None
    mark: MarkKey | None = None

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if (self.earliest is None) == (self.latest is None):
            raise ValueError("give either earliest or latest")
        return self


class LateSeverity(Record):
    """How grave it is to publish after the day due, after the last day, after the next year."""

    after_due: Severity
    after_latest: Severity
    after_year: Severity


class DeadlineRule(ReportRule):
    """Published by the day that bodies.yaml gives for the kind of body; three grades of lateness.

    A report that says it is a correction is not judged: what it corrects may have been in time.
    """

    places = frozenset({"published", "limit", "days", "year"})
    kind: Literal["deadline"]
    late: LateSeverity
    local: dict[str, MonthDay] = Field(default_factory=dict)  # of a profile, by kind of body

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: ARG002, D102
        return (*LateSeverity.model_fields, *((AFTER_LOCAL,) if self.local else ()))

    def severity_of(self, line: str) -> Severity:  # noqa: D102
        if line == AFTER_LOCAL:
            return "info"  # an office's own day is no law
        severity: Severity = getattr(self.late, line)
        return severity


class MarkedRule(ReportRule):
    """The words of these marks are there: all of them, or any. `reads` says in which sections
    they are looked for; without those sections nothing can be said."""

    places = frozenset({"missing", "year"})
    kind: Literal["marked"]
    marks: tuple[MarkKey, ...] = Field(min_length=1)
    needed: Literal["all", "any"] = "all"
    reads: tuple[int, ...] = Field(min_length=1)


class UnmarkedRule(ReportRule):
    """None of these marks is there: an instance a mark.

    Where nothing is found, the rule holds only if one of the marks `given` is there: without it
    nothing could be found.
    """

    places = frozenset({"text", "what", "year"})
    kind: Literal["unmarked"]
    marks: tuple[MarkKey, ...] = Field(min_length=1)
    reads: tuple[int, ...] = Field(min_length=1)
    given: tuple[MarkKey, ...] = ()

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: ARG002, D102
        return self.marks
