"""Kind of rule that compares a government's report with those of its departments and townships.

It looks only at reports that say that they sum up (mark `sums_up`), of governments on a roster.
"""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from transforms.records import CellKey
from transforms.statute.loader import cell_keys
from transforms.statute.rule_base import BaseRule, Bilingual, Severity, Sides
from transforms.statute.schema import Key, Record

COMPLETE = "~complete"  # ends the name of the instance for governments whose members all filed
SUMS_UP = "sums_up"  # the mark of a report that says that it sums up


class Part(Record):
    """Cells of a table that are judged together.

    `shared`: what several bodies did together may be counted by each of them and once in the whole.
    `rounded`: by how much each body may have rounded its number.
    """

    id: Key
    label: Bilingual
    table: Literal[2, 3, 4]
    rows: tuple[Key, ...] = ()  # empty: all
    columns: tuple[Key, ...] = ()  # empty: all
    shared: bool = False
    rounded: float = 0.0

    def cells(self, form: str) -> tuple[CellKey, ...]:
        """Its cells in a form, in printed order."""
        return tuple(
            key
            for key in cell_keys(form)
            if key.table_no == self.table
            and (not self.rows or key.row_key in self.rows)
            and (not self.columns or key.column_key in self.columns)
        )


class RollUpRule(BaseRule):
    """Each cell equals the sum of the members' (`equal`), or is at least what is known of it.

    With or without the government's own office, whose report may be part of the government's.
    `complete` is how grave it is where every member on the roster has filed, `shared` how grave
    where what several bodies did together may have been counted once.
    """

    scope: ClassVar[str] = "bodies"
    places = frozenset({"part", "count", "cells", "bodies", "year"})
    kind: Literal["roll_up"]
    relation: Literal["equal", "at_least"]
    parts: tuple[Part, ...] = Field(min_length=1)
    complete: Severity | None = None
    shared: Severity | None = None

    @model_validator(mode="after")
    def _parts_have_cells(self) -> Self:
        for part in self.parts:
            if not any(part.cells(form) for form in self.forms or ()):
                raise ValueError(f"part {part.id} has no cells in forms {self.forms}")
        return self

    def part(self, line: str) -> Part:
        """The part that an instance is about."""
        return next(part for part in self.parts if part.id == line.removesuffix(COMPLETE))

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: D102
        plain = tuple(part.id for part in self.parts if part.cells(form))
        return (*plain, *(line + COMPLETE for line in plain)) if self.complete else plain

    def severity_of(self, line: str) -> Severity:  # noqa: D102
        if self.shared is not None and self.part(line).shared:
            return self.shared
        return self.complete if self.complete and line.endswith(COMPLETE) else self.severity

    def sides(self, form: str, line: str) -> Sides:  # noqa: D102
        return self.part(line).cells(form), ()
