"""The filled cells of one sheet and its merged ranges -> lines and ruled tables in a Layout.

A row with one cell is a line where it stands above or below a table, runs over its width, or reads
as a sentence; within a table it is a row whose other cells are empty. An empty row ends a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from transforms.document import UnreadableFileError
from transforms.readers.joining import join
from transforms.readers.layout import Layout, SpanCell

LARGEST_COUNT = 200_000  # cells of a workbook; a report has under 2,000
_LONGEST_LABEL = 60  # characters; longer than the longest printed one is running text
_FEWEST_DRAWN = 2  # empty cells that make a row of a table
_MOST_DRAWN = 2  # rows
_WIDE = 0.5  # of its table's columns, from which on a merged cell is a line across it

Place = tuple[int, int]  # row, column; 0-based
Range = tuple[Place, Place]  # first and last place


@dataclass(slots=True)
class Sheet:
    """The texts of a sheet by place, none of them empty, and the ranges that are one cell."""

    texts: Mapping[Place, str]
    merged: Iterable[Range] = ()
    drawn: Iterable[Place] = ()  # empty cells with a border, where the format tells


@dataclass(slots=True)
class _Row:
    number: int
    cells: list[SpanCell] = field(default_factory=list)  # filled, in column order
    covered: bool = False  # by a filled cell that began further up
    drawn: tuple[int, ...] = ()  # columns of its empty cells of a table
    line: bool = False

    @property
    def end(self) -> int:
        return max((cell.column + cell.column_span for cell in self.cells), default=0)


@dataclass(slots=True)
class _Merged:
    """Merged cells: height and width by first place, and the places that they cover."""

    spans: dict[Place, Place] = field(default_factory=dict)
    covered: set[Place] = field(default_factory=set)

    def add(self, area: Range, last: Place) -> None:
        """Add a range, cut to what is filled; one that overlaps another counts for nothing."""
        (top, left), (bottom, right) = area
        height, width = min(bottom, last[0]) - top + 1, min(right, last[1]) - left + 1
        if height < 1 or width < 1 or height * width == 1:
            return
        if len(self.covered) + height * width > LARGEST_COUNT:
            raise UnreadableFileError("too_complex", limit=LARGEST_COUNT)
        places = {(top + down, left + along) for down in range(height) for along in range(width)}
        if places.isdisjoint(self.covered) and places.isdisjoint(self.spans):
            self.spans[top, left] = height, width
            self.covered |= places - {(top, left)}

    def cell(self, text: str, row: int, column: int) -> SpanCell:
        height, width = self.spans.get((row, column), (1, 1))
        return SpanCell(width, height, text, row, column)


def add_sheet(layout: Layout, sheet: Sheet) -> None:
    """Append a sheet. Raises UnreadableFileError(`too_complex`)."""
    if not sheet.texts:
        return
    last = max(row for row, _ in sheet.texts), max(column for _, column in sheet.texts)
    merged = _Merged()
    for area in sheet.merged:
        merged.add(area, (last[0], last[1] + _LONGEST_LABEL))
    rows: dict[int, _Row] = {}
    for (row, column), text in sorted(sheet.texts.items()):
        if (row, column) in merged.covered:
            continue
        cell = merged.cell(text, row, column)
        rows.setdefault(row, _Row(row)).cells.append(cell)
        for below in range(row + 1, row + cell.row_span):
            rows.setdefault(below, _Row(below)).covered = True
    _add_drawn(rows, sheet.drawn, merged)
    ordered = sorted(rows.values(), key=lambda row: row.number)
    for _, run in groupby(enumerate(ordered), key=lambda item: item[1].number - item[0]):
        _add_run(layout, [row for _, row in run], merged)


def _add_drawn(rows: dict[int, _Row], drawn: Iterable[Place], merged: _Merged) -> None:
    """Mark rows with empty cells of a table; one or two below a filled row are rows too.

    More are not: whole pages are drawn with borders below what is filled in.
    """
    columns: dict[int, list[int]] = {}
    for row, column in drawn:
        if (row, column) not in merged.covered:
            columns.setdefault(row, []).append(column)
    widest = max((row.end for row in rows.values()), default=0)
    for number, found in sorted(columns.items()):
        if number not in rows and len(found) < _FEWEST_DRAWN:
            continue
        above = [rows.get(number - back) for back in range(1, _MOST_DRAWN + 1)]
        if number not in rows and above[0] is not None and any(r and r.cells for r in above):
            rows[number] = _Row(number)
        if number in rows:
            rows[number].drawn = tuple(column for column in found if column < widest)


def _add_run(layout: Layout, rows: list[_Row], merged: _Merged) -> None:
    """Append rows between which no row is empty."""
    _mark_lines(rows)
    for line, members in groupby(rows, key=lambda row: row.line):
        if line:
            for row in members:
                for text in (part for cell in row.cells for part in lines_of(cell.text)):
                    layout.add_paragraph(text)
        else:
            table = list(members)
            if grid := list(_grid(table, merged)):
                layout.add_grid(grid)


def _mark_lines(rows: list[_Row]) -> None:
    """Which rows are lines: those of one cell around the tables, and some between."""
    within = [row for row in rows if len(row.cells) > 1 or (row.covered and row.cells) or row.drawn]
    if not any(row.cells for row in within):
        for row in rows:
            row.line = True
        return
    first, last = within[0].number, within[-1].number
    left = min(cell.column for row in within for cell in row.cells)
    width = max(row.end for row in within) - left
    for row in rows:
        if len(row.cells) == 1 and not row.covered and not row.drawn:
            cell = row.cells[0]
            row.line = (
                not first < row.number < last
                or cell.column_span > max(_WIDE * width, 1)
                or len(cell.text) > _LONGEST_LABEL
                or "。" in cell.text
            )
        elif not row.cells:  # the lower part of a cell above
            row.line = not first <= row.number <= last


def _grid(rows: list[_Row], merged: _Merged) -> Iterator[list[SpanCell]]:
    """The cells of a table with the empty ones, row by row."""
    filled = [cell for row in rows for cell in row.cells]
    if not filled:
        return
    top, bottom = rows[0].number, rows[-1].number
    columns = [cell.column for cell in filled]
    columns += [column for row in rows for column in row.drawn]
    left, right = min(columns), max(max(columns) + 1, *(row.end for row in rows))
    if (right - left) * len(rows) > LARGEST_COUNT:
        raise UnreadableFileError("too_complex", limit=LARGEST_COUNT)
    for row in rows:
        texts = {cell.column: cell.text for cell in row.cells}
        cells = []
        for column in range(left, right):
            if (row.number, column) in merged.covered:
                continue
            cell = merged.cell("", row.number, column)
            cell.text = join(lines_of(texts.get(column, "")))
            cell.row, cell.column = row.number - top, column - left
            cell.row_span = min(cell.row_span, bottom + 1 - row.number)
            cell.column_span = min(cell.column_span, right - column)
            cells.append(cell)
        if cells:
            yield cells


def lines_of(text: str) -> list[str]:
    """The lines in a cell that hold something, white space tidied."""
    return [tidied for line in text.splitlines() if (tidied := " ".join(line.split()))]
