"""Kinds of rule that compare what the narrative states with the tables and with itself."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from transforms.claim_words import ClaimKey, claim_kinds
from transforms.records import CellKey
from transforms.statute.loader import cells_by_name
from transforms.statute.rule_base import BaseRule, Sides
from transforms.statute.schema import Key, Text

Reading = tuple[tuple[CellKey, int], ...]  # cells with their sign, added up


class ClaimRule(BaseRule):
    """A rule over exact numbers that the narrative states of the report year; an instance a kind
    of claim. It concerns only reports that state such a number."""

    claims: tuple[ClaimKey, ...] = Field(min_length=1)

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: ARG002, D102
        return self.claims


class ReadingsRule(ClaimRule):
    """A claim rule that knows the lawful readings of a number: those of claims.yaml and what
    `also` adds; with `strict` only the first. A reading is a sum of cells; a cell with `-` before
    it is taken off."""

    also: dict[Key, tuple[tuple[Text, ...], ...]] = Field(default_factory=dict)
    strict: bool = False

    @model_validator(mode="after")
    def _cells_known(self) -> Self:
        known = {name for form in self.forms or () for name in cells_by_name(form)}
        named = {
            text.lstrip("-") for sums in self.also.values() for cells in sums for text in cells
        }
        if wrong := sorted(named - known):
            raise ValueError(f"also: cells {wrong} are in none of the forms")
        return self

    def sides(self, form: str, line: str) -> Sides:  # noqa: D102
        return (), tuple(dict.fromkeys(key for one in self.readings(form, line) for key, _ in one))

    def readings(self, form: str, line: str) -> tuple[Reading, ...]:
        """The readings whose cells the form has."""
        known = cells_by_name(form)
        sums = (*claim_kinds()[line].cells, *self.also.get(line, ()))
        found = tuple(
            tuple((known[text.lstrip("-")], -1 if text.startswith("-") else 1) for text in cells)
            for cells in sums
            if all(text.lstrip("-") in known for text in cells)
        )
        return found[:1] if self.strict else found


class ClaimCellsRule(ReadingsRule):
    """A stated number is one of its lawful readings; with `at_most`, or below the largest.

    `stated` says which numbers are looked at. It may fall short of a reading by no more than the
    cell `fewer_by`: of those carried in nothing says among which results they are.
    """

    places = frozenset({"what", "stated", "unit", "readings", "year"})
    kind: Literal["claim_cells"]
    stated: Literal["zero", "above_zero", "any"]
    at_most: bool = False
    tolerance: str = "0"
    fewer_by: Text | None = None

    def sides(self, form: str, line: str) -> Sides:  # noqa: D102
        given, taken = super().sides(form, line)
        left_out = [cells_by_name(form)[self.fewer_by]] if self.fewer_by else []
        return given, tuple(dict.fromkeys((*taken, *left_out)))

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: D102
        return tuple(claim for claim in self.claims if self.readings(form, claim))


class ClaimAgreeRule(ReadingsRule):
    """Numbers of one kind stated in several places agree, or each is another lawful reading.

    Where no number is a lawful reading, the rules of kind `claim_cells` say so, and this does not.
    """

    places = frozenset({"what", "stated", "other", "unit", "year"})
    kind: Literal["claim_agree"]


class ClaimChangeRule(ReadingsRule):
    """A stated change against the year before is the difference of two readings, the one of this
    report and the other of the one before; in percent where its kind counts in percent.

    A whole percentage may be off by less than 1, another by up to `loose` points.
    """

    scope: ClassVar[str] = "years"
    places = frozenset({"what", "stated", "unit", "changes", "previous", "year"})
    kind: Literal["claim_change"]
    loose: str

    def cells_before(self, line: str) -> tuple[CellKey, ...]:
        """The cells of the report of the year before."""
        return self.sides((self.forms or ())[0], line)[1]


class ClaimYearRule(ClaimRule):
    """No number of an earlier year stands where the report year's should."""

    places = frozenset({"what", "stated", "unit", "stated_year", "year"})
    over_cells = False
    kind: Literal["claim_year"]
    back: int  # years before the report year that count

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: ARG002, D102
        return ("report",)


class PartsRule(BaseRule):
    """A whole and the sum of its parts, by `relation`: `equal` where the parts are said to be all,
    `at_most` where they are not, `differs` whatever is said, `not_myriad` never 10,000 times apart,
    `not_near` equal or more than so many percent apart.

    `splits` says which divisions are meant, `wholes` of what.
    """

    places = frozenset({"what", "whole", "parts", "parts_sum", "year"})
    over_cells = False
    kind: Literal["parts"]
    relation: Literal["equal", "at_most", "differs", "not_myriad", "not_near"]
    splits: tuple[Key, ...] = Field(min_length=1)
    wholes: tuple[Key, ...] = Field(min_length=1)
    percent: int = 0  # of `not_near`


class MultipleRule(ClaimRule):
    """A stated amount of money is a multiple of so many yuan."""

    places = frozenset({"what", "stated", "unit", "multiple", "year"})
    over_cells = False
    kind: Literal["multiple"]
    of_yuan: int
