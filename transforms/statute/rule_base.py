"""Shapes that every rule record has, checked against forms, bodies and marks on load.

A rule speaks of cells by their keys. Every kind over cells has two sides, left and right, each a
list of cells; what must hold between them is the kind. It may give an instance a line of the table.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from transforms.bodies import bodies
from transforms.claim_words import ClaimKey
from transforms.messages import fields_of
from transforms.records import CellKey
from transforms.statute.loader import cell_keys, cells_by_name, forms, instruments
from transforms.statute.mark_kinds import MarkKey
from transforms.statute.schema import Key, Record, Text, Years

Severity = Literal["critical", "warning", "info"]
MonthDay = Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$")]
Sides = tuple[tuple[CellKey, ...], tuple[CellKey, ...]]
NO_SIDES: Sides = ((), ())


class Bilingual(Record):
    """One text in both languages."""

    zh: Text
    en: Text


class NotRule(Record):
    """What could be taken for a rule and deliberately is none, and why."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]\d\d[a-z]?$")]
    title: Bilingual
    why: Bilingual


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


class ExampleClaim(Record):
    """A number that the narrative of an example states."""

    claim: ClaimKey
    value: int | float
    unit: str | None = None  # null: the unit of its kind
    year: int | None = None  # null: the report year
    qualifier: str = "exact"
    part_of: Key | None = None
    part_complete: bool = False
    part_open: bool = False
    label: str | None = None


CellStatusName = Literal["reported", "recovered", "blank", "ambiguous", "missing", "invalid"]


class ExampleCell(Record):
    """How a cell of an example was read, where that is not simply as a number."""

    status: CellStatusName
    raw_text: str = ""


class ExampleBefore(Record):
    """The same body's report of the year before; normal as an example is, but for these."""

    form: str | None = None  # null: the form of its year
    cells: dict[str, int | float | None] = Field(default_factory=dict)
    claims: tuple[ExampleClaim, ...] = ()


class ExampleAlike(Record):
    """A report that was found to be like the example's; `similarity` in percent."""

    what: Literal["text", "numbers"]
    other_kind: Literal["body", "year", "elsewhere"] = Field(alias="with")
    section: int | None = None
    other: str
    year: int
    similarity: int | float


class ExampleSlip(Record):
    """A slip that bodies of the county have alike."""

    mark: MarkKey
    text: str
    bodies: tuple[str, ...]


class ExampleChange(Record):
    """A cell that the filing before had otherwise."""

    cell: str
    was: int | float
    now: int | float


class ExampleMember(Record):
    """A body on the example's roster, beside the example's own; its report has these cells."""

    kind: Key
    cells: dict[str, int | float | None] = Field(default_factory=dict)
    filed: bool = True


class ExampleFiling(Record):
    """A body on a roster and the year of the example, on the day that a run is for."""

    filed: bool = True
    before: bool = True  # for the year before
    after: bool = True
    day: date | None = date(2099, 1, 1)  # null: the run is for no day


class Example(Record):
    """A report by what is not normal in it.

    Normal: the rule's first form, that form's first year, the whole year as period, published on
    31 January after it, six sections, every cell 0, every mark that a rule asks for and no other,
    no claim; of the year before there is a report in which every cell is 0. What is written here
    replaces that; null too. A mark given as null is not there.
    """

    form: str | None = None
    report_year: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    period_text: str | None = None
    published_on: date | None = None
    body_level: str | None = None
    section_numbers: tuple[int, ...] | None = None
    section_lengths: tuple[int | None, ...] | None = None
    cells: dict[str, int | float | None] = Field(default_factory=dict)
    cells_read: dict[str, ExampleCell] = Field(default_factory=dict)
    claims: tuple[ExampleClaim, ...] = ()
    marks: dict[MarkKey, str | None] = Field(default_factory=dict)
    before: ExampleBefore | None = ExampleBefore()  # null: there is none
    alike: tuple[ExampleAlike, ...] = ()
    members: tuple[ExampleMember, ...] = ()  # empty: the body is on no roster
    slips: tuple[ExampleSlip, ...] = ()
    changes: tuple[ExampleChange, ...] = ()
    filing: ExampleFiling | None = None  # of rules on filing, which look at nothing else


class Examples(Record):
    """A report that passes, one that fails, one that cannot be assessed.

    `unknown` is null only where the rule compares the narrative with itself: what was read of it
    is always known, and what was not is no claim.
    """

    passing: Example = Field(alias="pass")
    failing: Example = Field(alias="fail")
    unknown: Example | None

    def by_name(self) -> dict[str, Example]:
        """The examples that there are."""
        named = {"passing": self.passing, "failing": self.failing, "unknown": self.unknown}
        return {name: example for name, example in named.items() if example is not None}


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
    optional: bool = False  # applies only where a profile switches it on
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

    @field_validator("bodies")
    @classmethod
    def _bodies_exist(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := sorted(set(value) - set(bodies())):
            raise ValueError(f"bodies {unknown} are not in bodies.yaml; it has {sorted(bodies())}")
        return value

    @field_validator("message")
    @classmethod
    def _message_places(cls, value: Bilingual) -> Bilingual:
        named = {language: fields_of(getattr(value, language)) for language in ("zh", "en")}
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
        for name, example in self.examples.by_name().items():
            form = example.form or (self.forms or tuple(forms()))[0]
            named = {*example.cells, *example.cells_read}
            if unknown := sorted(named - cells_by_name(form).keys()):
                raise ValueError(f"example {name}: cells {unknown} are not in form {form}")

    def severity_of(self, line: str) -> Severity:  # noqa: ARG002
        """How grave one instance is."""
        return self.severity

    def cells_before(self, line: str) -> tuple[CellKey, ...]:  # noqa: ARG002
        """The cells of the report of the year before that one instance looks at."""
        return ()

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
