"""Kinds of rule over the cells of the tables: sums, bounds, single cells, how cells are filled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from transforms.filled import fillings
from transforms.records import CellKey
from transforms.statute.loader import cell_keys, cells_by_name, forms
from transforms.statute.rule_base import BaseRule, Sides
from transforms.statute.schema import Block, Column, Key, Row, Text


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


class ZeroRule(LineRule):
    """Every cell of a line must be 0; `form_cells` are its cells by form."""

    kind: Literal["zero"]
    form_cells: dict[str, tuple[Key, ...]]

    def terms(self, form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:  # noqa: D102
        return self.form_cells[form], ()


class AmountLimitRule(LineRule):
    """amount <= limit * count by kind of body; without `count`, amount <= limit.

    `whole` looks only at amounts without a fraction: an amount in yuan has none in most cases.
    """

    places = LineRule.places | {"limit"}
    kind: Literal["amount_limit"]
    amount: Key
    count: Key | None = None
    limits: dict[str, int]
    whole: bool = False

    @model_validator(mode="after")
    def _limits_of_bodies(self) -> Self:
        if set(self.limits) != set(self.bodies):
            raise ValueError(f"limits names {sorted(self.limits)}, bodies {sorted(self.bodies)}")
        return self

    def terms(self, form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:  # noqa: ARG002, D102
        return (self.amount,), (self.count,) if self.count else ()


class CellsRule(BaseRule):
    """A rule that names its cells by address, in whatever tables they are."""

    @staticmethod
    def addresses(texts: tuple[Text, ...], form: str) -> tuple[CellKey, ...]:
        """The cells that the form has."""
        known = cells_by_name(form)
        return tuple(known[text] for text in texts if text in known)

    def unknown(self, texts: tuple[Text, ...]) -> list[str]:
        """Addresses that none of the rule's forms has."""
        known = {name for form in self.forms or () for name in cells_by_name(form)}
        return sorted(set(texts) - known)


class ZeroWhereRule(CellsRule):
    """`results` are 0 where the parts are more than so many percent of the whole."""

    places = frozenset({"left", "left_sum", "part_sum", "whole_sum", "percent", "year"})
    kind: Literal["zero_where"]
    results: tuple[Text, ...] = Field(min_length=1)
    parts: tuple[Text, ...] = Field(min_length=1)
    whole: Text
    percent: int

    @model_validator(mode="after")
    def _known(self) -> Self:
        if wrong := self.unknown((*self.results, *self.parts, self.whole)):
            raise ValueError(f"cells {wrong} are in none of the forms")
        return self

    def sides(self, form: str, line: str) -> Sides:  # noqa: ARG002, D102
        right = (*self.addresses(self.parts, form), *self.addresses((self.whole,), form))
        return self.addresses(self.results, form), right


class ZeroIfMarkedRule(CellsRule):
    """These cells are 0 where the report says so in words: an instance a mark."""

    places = frozenset({"text", "line", "left", "left_sum", "year"})
    kind: Literal["zero_if_marked"]
    cells: dict[Key, tuple[Text, ...]]

    @model_validator(mode="after")
    def _known(self) -> Self:
        if wrong := self.unknown(tuple(text for texts in self.cells.values() for text in texts)):
            raise ValueError(f"cells {wrong} are in none of the forms")
        return self

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: ARG002, D102
        return tuple(self.cells)

    def sides(self, form: str, line: str) -> Sides:  # noqa: D102
        return self.addresses(self.cells[line], form), ()


class FilledRule(BaseRule):
    """How cells are filled in: none of a table is filled in one of these ways (fillings.yaml).

    An instance a table: one finding names all its cells, however many they are.
    """

    places = frozenset({"table", "count", "of", "first", "text", "year"})
    kind: Literal["filled"]
    tables: tuple[Literal[2, 3, 4], ...] = (2, 3, 4)
    ways: tuple[Key, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ways_exist(self) -> Self:
        if unknown := sorted(set(self.ways) - set(fillings())):
            raise ValueError(f"ways {unknown} are not in fillings.yaml; it has {[*fillings()]}")
        return self

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: ARG002, D102
        return tuple(map(str, self.tables))

    def sides(self, form: str, line: str) -> Sides:  # noqa: D102
        return tuple(key for key in cell_keys(form) if key.table_no == int(line)), ()


class RowsPresentRule(BaseRule):
    """Every row of a table is printed. Looked at only where all that is printed was read."""

    places = frozenset({"table", "missing", "count", "year"})
    kind: Literal["rows_present"]
    tables: tuple[Literal[2, 3, 4], ...] = (2, 3, 4)

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: ARG002, D102
        return tuple(map(str, self.tables))

    def sides(self, form: str, line: str) -> Sides:  # noqa: D102
        return tuple(key for key in cell_keys(form) if key.table_no == int(line)), ()


def _cells_of(rows: Iterator[tuple[Block, Row]]) -> Iterator[tuple[Block, Row, Column]]:
    for block, row in rows:
        for column in block.columns:
            yield block, row, column
