"""Shapes of the rule records: what each kind of rule may say, checked against the forms on load.

A rule speaks of cells by their keys. Every kind over cells has two sides, left and right, each a
list of cells; what must hold between them is the kind. It may give an instance a line of the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from string import Formatter
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from transforms.records import CellKey
from transforms.statute.loader import cell_keys, forms, instruments
from transforms.statute.schema import Block, Column, Key, Record, Row, Text, Years

Severity = Literal["critical", "warning", "info"]
MonthDay = Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$")]
Sides = tuple[tuple[CellKey, ...], tuple[CellKey, ...]]
NO_SIDES: Sides = ((), ())


class Bilingual(Record):
    """One text in both languages."""

    zh: Text
    en: Text


class Basis(Record):
    """Where the rule comes from. `quote` is allowed only where the instrument's wording is sure."""

    instrument: Text
    pin: Text
    pin_en: Text
    quote: Text | None = None

    @model_validator(mode="after")
    def _known_and_sure(self) -> Self:
        known = instruments()
        if self.instrument not in known:
            raise ValueError(
                f"instrument {self.instrument!r} is not in instruments.yaml; it has {sorted(known)}"
            )
        if self.quote and not known[self.instrument].sure:
            raise ValueError(
                f"{self.instrument} is not sure: its wording was not seen in full; leave out quote"
            )
        return self


class Example(Record):
    """A report by what is not normal in it.

    Normal: the rule's first form, that form's first year, the whole year as period, published on
    31 January after it, six sections, every cell 0. What is written here replaces that; null too.
    """

    form: str | None = None
    report_year: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    period_text: str | None = None
    published_on: date | None = None
    body_level: str | None = None
    section_numbers: tuple[int, ...] | None = None
    cells: dict[str, int | float | None] = Field(default_factory=dict)


class Examples(Record):
    """A report that passes, one that fails, one that cannot be assessed."""

    passing: Example = Field(alias="pass")
    failing: Example = Field(alias="fail")
    unknown: Example


class BaseRule(Record):
    """What every rule says, whatever its kind."""

    places: ClassVar[frozenset[str]]  # names its message may use
    over_cells: ClassVar[bool] = True
    scope: ClassVar[str] = "report"  # what one evaluation looks at

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]\d\d[a-z]?$")]
    title: Bilingual
    statement: Bilingual
    basis: tuple[Basis, ...] = Field(min_length=1)
    level: Literal["statutory", "arithmetic", "consistency", "plausibility"]
    forms: tuple[str, ...] | None = None  # null: whatever form, also when none was recognised
    years: Years = Years()
    bodies: tuple[str, ...] = ()  # keys of bodies.yaml; empty: all
    severity: Severity
    message: Bilingual
    likely_fix: Bilingual
    examples: Examples

    @field_validator("forms")
    @classmethod
    def _forms_exist(cls, value: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for form in value or ():
            if form not in forms():
                raise ValueError(f"form {form!r} is not there; there are {sorted(forms())}")
        return value

    @field_validator("message")
    @classmethod
    def _message_places(cls, value: Bilingual) -> Bilingual:
        named = {language: _names(getattr(value, language)) for language in ("zh", "en")}
        if named["zh"] != named["en"]:
            raise ValueError(f"zh and en name different details: {named}")
        if unknown := named["zh"] - cls.places:
            raise ValueError(
                f"{sorted(unknown)} cannot be filled in; this kind has {sorted(cls.places)}"
            )
        return value

    @model_validator(mode="after")
    def _cells_exist(self) -> Self:
        if self.over_cells and not self.forms:
            raise ValueError("forms: a rule over cells must name its forms")
        for form in self.forms or ():
            known = set(cell_keys(form))
            for line in self.lines(form):
                for key in (cell for side in self.sides(form, line) for cell in side):
                    if key not in known:
                        raise ValueError(f"cell {key} is not in form {form}")
        self._check_examples()
        return self

    def _check_examples(self) -> None:
        for name in ("passing", "failing", "unknown"):
            example: Example = getattr(self.examples, name)
            form = example.form or (self.forms or tuple(forms()))[0]
            known = {str(key) for key in cell_keys(form)}
            if unknown := sorted(set(example.cells) - known):
                raise ValueError(f"example {name}: cells {unknown} are not in form {form}")

    @property
    def family(self) -> str:
        """The letter of its id."""
        return self.id[0]

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: ARG002
        """One name an instance. A rule over the report as a whole has one instance."""
        return ("report",)

    def sides(self, form: str, line: str) -> Sides:  # noqa: ARG002
        """The cells of the left and of the right side of one instance."""
        return NO_SIDES


class LineRule(BaseRule):
    """A rule that is the same in several rows (`each: row`) or columns (`each: column`).

    `lines` names those rows or columns, or says `all`; the sides then name columns or rows.
    """

    places = frozenset(
        {"table", "line", "left", "left_sum", "right", "right_sum", "difference", "year"}
    )

    table: Literal[2, 3, 4]
    each: Literal["row", "column"]
    of: tuple[Key, ...] | Literal["all"]

    def lines(self, form: str) -> tuple[str, ...]:
        """The rows or columns, in printed order when all are meant."""
        if self.of != "all":
            return self.of
        which = 1 if self.each == "row" else 2
        cells = [key for key in cell_keys(form) if key.table_no == self.table]
        return tuple(dict.fromkeys(str(key[which]) for key in cells))

    def sides(self, form: str, line: str) -> Sides:
        """Both sides as cells of that line."""
        left, right = self.terms(form)
        return self._cells(line, left), self._cells(line, right)

    def terms(self, form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The keys on the left and on the right, columns of a row or rows of a column."""
        raise NotImplementedError

    def _cells(self, line: str, keys: tuple[str, ...]) -> tuple[CellKey, ...]:
        if self.each == "row":
            return tuple(CellKey(self.table, line, key) for key in keys)
        return tuple(CellKey(self.table, key, line) for key in keys)


class BalanceRule(LineRule):
    """sum(left) = sum(right)."""

    kind: Literal["balance"]
    left: tuple[Key, ...] = Field(min_length=1)
    right: tuple[Key, ...] = Field(min_length=1)

    def terms(self, form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:  # noqa: ARG002, D102
        return self.left, self.right


class SumRule(LineRule):
    """total = sum(parts); `form_parts` are further parts that only one form has."""

    kind: Literal["sum"]
    total: Key
    parts: tuple[Key, ...] = Field(min_length=1)
    form_parts: dict[str, tuple[Key, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _parts_of_own_forms(self) -> Self:
        if foreign := sorted(set(self.form_parts) - set(self.forms or ())):
            raise ValueError(f"form_parts names {foreign}; the rule is for {self.forms}")
        return self

    def terms(self, form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:  # noqa: D102
        return (self.total,), (*self.parts, *self.form_parts.get(form, ()))


class BoundRule(LineRule):
    """sum(larger) >= sum(smaller); with no smaller, sum(larger) >= 0."""

    kind: Literal["bound"]
    larger: tuple[Key, ...] = Field(min_length=1)
    smaller: tuple[Key, ...] = ()

    def terms(self, form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:  # noqa: ARG002, D102
        return self.larger, self.smaller


class ShareRule(LineRule):
    """part <= percent / 100 * whole, looked at only where whole >= whole_from."""

    places = LineRule.places | {"percent"}
    kind: Literal["share"]
    part: Key
    whole: Key
    percent: int
    whole_from: int

    def terms(self, form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:  # noqa: ARG002, D102
        return (self.part,), (self.whole,)


class ZeroIfRule(LineRule):
    """Where every cell of `reasons` is 0, every cell of `results` must be 0."""

    kind: Literal["zero_if"]
    results: tuple[Key, ...] = Field(min_length=1)
    reasons: tuple[Key, ...] = Field(min_length=1)

    def terms(self, form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:  # noqa: ARG002, D102
        return self.results, self.reasons


class ZeroTogetherRule(LineRule):
    """Left is 0 exactly when right is 0."""

    kind: Literal["zero_together"]
    left: Key
    right: Key

    def terms(self, form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:  # noqa: ARG002, D102
        return (self.left,), (self.right,)


class EveryCellRule(BaseRule):
    """A rule on each cell of a form by itself; an instance a cell."""

    places = frozenset({"table", "line", "left", "left_sum", "year"})

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: D102
        return tuple(
            str(CellKey(table.number, row.key, column.key))
            for table in forms()[form].tables
            for block, row, column in _cells_of(table.rows())
            if self.reaches(column)
        )

    def sides(self, form: str, line: str) -> Sides:  # noqa: ARG002, D102
        table, row, column = line.split("|")
        return (CellKey(int(table), row, column),), ()

    def reaches(self, column: Column) -> bool:
        """Whether the rule holds in the cells of this column."""
        raise NotImplementedError


class NonNegativeRule(EveryCellRule):
    """Every cell >= 0, but for the columns the form calls signed."""

    kind: Literal["nonnegative"]

    def reaches(self, column: Column) -> bool:  # noqa: D102
        return not column.signed


class IntegerRule(EveryCellRule):
    """Every cell is a whole number, but for the columns the form calls decimal."""

    kind: Literal["integer"]

    def reaches(self, column: Column) -> bool:  # noqa: D102
        return not column.decimal


class ReportRule(BaseRule):
    """A rule on the report as a whole; it may hold whatever the form."""

    over_cells = False


class SectionsRule(ReportRule):
    """These sections are there, each with its heading."""

    places = frozenset({"missing", "year"})
    kind: Literal["sections_present"]
    sections: tuple[int, ...] = Field(min_length=1)


class StatedRule(ReportRule):
    """The report states this."""

    places = frozenset({"year"})
    kind: Literal["stated"]
    field: Literal["period_text"]


class PeriodRule(ReportRule):
    """The period runs from one day of the report year to another (`MM-DD`)."""

    places = frozenset({"stated", "start", "end", "expected_start", "expected_end", "year"})
    kind: Literal["period"]
    start: MonthDay
    end: MonthDay


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


class PublishedRule(ReportRule):
    """Published from `earliest` on, or until `latest`, of the year after (`MM-DD`)."""

    places = frozenset({"published", "limit", "year"})
    kind: Literal["published"]
    earliest: MonthDay | None = None
    latest: MonthDay | None = None

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if (self.earliest is None) == (self.latest is None):
            raise ValueError("give either earliest or latest")
        return self


Rule = Annotated[
    BalanceRule
    | SumRule
    | BoundRule
    | ShareRule
    | ZeroIfRule
    | ZeroTogetherRule
    | NonNegativeRule
    | IntegerRule
    | SectionsRule
    | StatedRule
    | PeriodRule
    | FormYearRule
    | PublishedRule,
    Field(discriminator="kind"),
]


def _names(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def _cells_of(rows: Iterator[tuple[Block, Row]]) -> Iterator[tuple[Block, Row, Column]]:
    for block, row in rows:
        for column in block.columns:
            yield block, row, column
