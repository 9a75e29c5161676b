"""Pieces of SQL that the compilers of all kinds share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from transforms.records import CellKey
from transforms.statute.loader import all_cell_keys
from transforms.statute.rules import Instance
from warehouse import sql

quoted = sql.text

# A report in which no heading at all was found tells nothing of what it leaves out.
HEADINGS_READ = "len(section_numbers) > 0"


@dataclass(frozen=True, slots=True)
class Predicate:
    """An instance as SQL.

    `broken` is true, false or null. `witness` gives what breaks it, where that is one of many:
    the findings show it. `concerns` is a further condition for the rule to concern a report.
    """

    broken: str
    witness: str | None = None
    concerns: str | None = None


def sum_of(cells: Sequence[CellKey]) -> str:
    """The sum of cells; null when one is null, 0 when there is none."""
    if len(cells) == 1:
        return cells[0].column_name
    return "(" + " + ".join(key.column_name for key in cells) + ")" if cells else "0"


def if_known(one: Instance, broken: str) -> str:
    """Null unless every cell has a value. Sums and comparisons are so by themselves, `and` not."""
    return f"case when {sum_of(one.cells)} is not null then {broken} end"


def any_of(predicates: Sequence[str]) -> str:
    """True if one is, else null if one is, else false."""
    return "(" + " or ".join(predicates) + ")"


def listed(values: Sequence[str]) -> str:
    """Texts as the inside of SQL's `in (...)`."""
    return ", ".join(map(quoted, values))


def day(year: str, month_day: str) -> str:
    """A day `MM-DD` of a year that SQL gives."""
    month, of_month = month_day.split("-")
    return f"make_date({year}, {int(month)}, {int(of_month)})"


@cache
def cell_number(key: CellKey) -> int:
    """The place of a cell in `cell_details`, from 1 as SQL counts."""
    return all_cell_keys().index(key) + 1


def letters_of(cells: Sequence[CellKey]) -> str:
    """The stretch of `filled` that these cells, which stand side by side, have there."""
    first, last = cell_number(cells[0]), cell_number(cells[-1])
    return f"substr(filled, {first}, {last - first + 1})"


def has_mark(mark: str) -> str:
    """Whether a mark was found; never null."""
    return f"marks[{quoted(mark)}] is not null"
