"""Kinds of rule that compare a report with the same body's report of the year before.

They look at the last filing of each year. Without a report of the year before nothing can be said.
"""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from transforms.records import CellKey
from transforms.statute.cell_rules import CellsRule, LineRule
from transforms.statute.loader import all_cell_keys
from transforms.statute.mark_kinds import MarkKey
from transforms.statute.rule_base import Severity, Sides
from transforms.statute.schema import Key, Record, Text

EXPLAINED = "~explained"  # ends the name of the instance for reports that explain themselves


class Explained(Record):
    """Words with which a report explains a difference, and how grave it then is."""

    marks: tuple[MarkKey, ...] = Field(min_length=1)
    severity: Severity


class YearsRule(LineRule):
    """A rule over lines of this report (`now`) and of the one of the year before (`before`)."""

    scope: ClassVar[str] = "years"
    places = frozenset(
        {"table", "line", "now", "now_sum", "before", "before_sum", "previous", "year"}
    )

    now: tuple[Key, ...] = Field(min_length=1)
    before: tuple[Key, ...] = Field(min_length=1)
    explained: Explained | None = None

    @model_validator(mode="after")
    def _cells_before_exist(self) -> Self:
        known = set(all_cell_keys())
        for form in self.forms or ():
            for line in self.lines(form):
                if wrong := [str(key) for key in self.cells_before(line) if key not in known]:
                    raise ValueError(f"before: cells {wrong} are in no form")
        return self

    def lines(self, form: str) -> tuple[str, ...]:
        """The rows or columns; each twice where an explanation softens the rule."""
        plain = super().lines(form)
        return (*plain, *(line + EXPLAINED for line in plain)) if self.explained else plain

    def severity_of(self, line: str) -> Severity:  # noqa: D102
        softened = self.explained is not None and line.endswith(EXPLAINED)
        return self.explained.severity if softened and self.explained else self.severity

    def cells_before(self, line: str) -> tuple[CellKey, ...]:
        """The cells of the report of the year before."""
        return self._cells(line, self.before)

    def terms(self, form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:  # noqa: ARG002, D102
        return self.now, ()

    def _cells(self, line: str, keys: tuple[str, ...]) -> tuple[CellKey, ...]:
        return super()._cells(line.removesuffix(EXPLAINED), keys)


class RollForwardRule(YearsRule):
    """sum(now) against sum(before) + sum(added) - sum(taken), the latter two of this report.

    `equal`, `at_least`, or `at_most` with so many percent more.
    """

    places = YearsRule.places | {"expected", "difference", "changes"}
    kind: Literal["roll_forward"]
    relation: Literal["equal", "at_least", "at_most"] = "equal"
    added: tuple[Key, ...] = ()
    taken: tuple[Key, ...] = ()
    percent_more: int = 0

    def terms(self, form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:  # noqa: ARG002, D102
        return self.now, (*self.added, *self.taken)


class GoesOnRule(YearsRule):
    """Where sum(before) > 0, sum(now) > 0: what was open then has an outcome or is open still."""

    kind: Literal["goes_on"]


class SameUnitRule(YearsRule):
    """Neither of two amounts is 10,000 times the other, give or take so many percent: that is
    one in yuan and the other in units of 10,000 yuan."""

    places = YearsRule.places | {"ratio"}
    kind: Literal["same_unit"]
    percent: int


class ProportionRule(CellsRule):
    """sum(of) <= times * max(sum(whole) of this year and of the year before, least).

    Cells are given by address, in whatever tables they are.
    """

    scope: ClassVar[str] = "years"
    places = frozenset({"left_sum", "now_sum", "before_sum", "times", "previous", "year"})
    kind: Literal["proportion"]
    of: tuple[Text, ...] = Field(min_length=1)
    whole: tuple[Text, ...] = Field(min_length=1)
    times: int
    least: int

    @model_validator(mode="after")
    def _known(self) -> Self:
        if wrong := self.unknown((*self.of, *self.whole)):
            raise ValueError(f"cells {wrong} are in none of the forms")
        return self

    def sides(self, form: str, line: str) -> Sides:  # noqa: ARG002, D102
        return self.addresses(self.of, form), self.addresses(self.whole, form)

    def cells_before(self, line: str) -> tuple[CellKey, ...]:  # noqa: ARG002
        """The cells of the report of the year before."""
        return tuple(key for key in all_cell_keys() if str(key) in self.whole)
