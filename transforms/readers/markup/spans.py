"""Rows of cells with spans as a page states them -> each cell's place in the grid.

The table model of HTML: a cell takes the first free column of its row and covers `colspan` columns
and `rowspan` rows; a row span ends with its row group. Word, CSS units and hostile numbers are
read as browsers read them (`rowspan="2px"`, `colspan=" 03 "`, at most 1000 and 65534).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from transforms.readers.layout import SpanCell

_LEADING_DIGITS = re.compile(r"\s*\+?([0-9]{1,9})")
_LARGEST_COLUMN_SPAN = 1000
_LARGEST_ROW_SPAN = 65534
# Steps to place all cells; table 3 needs about 300. More is no table of a report.
_LARGEST_WORK = 1_000_000


Rows = Sequence[Sequence[SpanCell]]


@lru_cache
def column_span(stated: str | None) -> int:
    """The `colspan` attribute as a browser reads it."""
    digits = _LEADING_DIGITS.match(stated) if stated else None
    return min(int(digits[1]), _LARGEST_COLUMN_SPAN) or 1 if digits else 1


@lru_cache
def row_span(stated: str | None) -> int:
    """The `rowspan` attribute as a browser reads it; 0 means to the end of the row group."""
    digits = _LEADING_DIGITS.match(stated) if stated else None
    return min(int(digits[1]), _LARGEST_ROW_SPAN) if digits else 1


def place(groups: Iterable[Rows]) -> int | None:
    """Set row and column of every cell in these row groups, and cut spans to what exists.

    Returns the number of columns in which a cell begins, or None where the spans are too large
    to be a table.
    """
    first_row = work = 0
    for rows in groups:
        work += _place_group(rows, first_row, _LARGEST_WORK - work)
        if work > _LARGEST_WORK:
            return None
        first_row += len(rows)
    filled = [row for rows in groups for row in rows if row]
    columns = max((row[-1].column + 1 for row in filled), default=0)
    for row in filled:
        for cell in row:
            if cell.column_span > 1:
                cell.column_span = min(cell.column_span, columns - cell.column)
    return columns


def _place_group(rows: Rows, first_row: int, allowed: int) -> int:
    """Place one row group; returns the steps it took, more than `allowed` when it gave up."""
    work = 0
    free_from: dict[int, int] = {}  # column -> first row not covered from above
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while free_from and free_from.get(column, 0) > row:
                column += 1
                work += 1
            cell.row, cell.column = first_row + row, column
            if cell.row_span != 1:
                work += _cover(cell, row, len(rows) - row, free_from)
            column += cell.column_span
            if work > allowed:
                return work
    return work


def _cover(cell: SpanCell, row: int, rows_left: int, free_from: dict[int, int]) -> int:
    """Cut a row span to its row group and note what it covers; returns the steps it took."""
    cell.row_span = min(cell.row_span or rows_left, rows_left)
    if cell.row_span == 1:
        return 0
    below = row + cell.row_span
    for covered in range(cell.column, cell.column + cell.column_span):
        free_from[covered] = max(free_from.get(covered, 0), below)
    return cell.column_span
