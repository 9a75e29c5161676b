"""The ruled areas of a page and its runs -> tables with text, and the runs outside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from transforms.readers.positioned.areas import Area, areas_of
from transforms.readers.positioned.edges import edges_of
from transforms.readers.positioned.open_areas import open_areas
from transforms.readers.positioned.page import Page, Run
from transforms.readers.positioned.writing import TextLine, cell_text, is_number, lines_of

_OVER_RULE = 0.2  # of a glyph's width on the far side of a rule: its number runs over the rule
_NEXT = 0.3  # of the font size; a wider gap ends a number
_PADDING = 5.5  # points inside a cell's rules, as Word has
_OFF_CENTRE = 2.0  # points by which the gaps left and right of a centred number may differ
_NEXT_LINE = 2.6  # of the font size between baselines of one cell, at most
_NUMBER = frozenset("0123456789.,")

_Place = tuple[int, int]  # area, cell


@dataclass(slots=True)
class TableCell:
    """A cell with its text. `runs` are kept until tables are joined over pages."""

    row: int
    column: int
    row_span: int
    column_span: int
    page: int
    text: str = ""
    runs: list[Run] = field(default_factory=list)
    left: float = 0.0  # where its lines can begin and end
    right: float = 0.0

    @property
    def width(self) -> float:
        """Of its lines at most, in points."""
        return self.right - self.left

    @property
    def bottom_row(self) -> int:
        """The last row it covers."""
        return self.row + self.row_span - 1


@dataclass(slots=True)
class Table:
    """A table, or its part on one page. Cells stand in row and column order."""

    page: int
    xs: list[float]
    top: float
    bottom: float
    cells: list[TableCell]
    rows: int
    ruled: bool = True


def tables_of(page: Page) -> tuple[list[Table], list[Run]]:
    """The tables of an upright page from top to bottom, and the runs in none of them."""
    areas, open_edges = areas_of(*edges_of(page.rules))
    if open_edges:
        places = _places(areas, page.runs)
        free = [run for run, place in zip(page.runs, places, strict=True) if place is None]
        areas += open_areas(open_edges, free)
    held: list[dict[int, list[Run]]] = [{} for _ in areas]
    outside: list[Run] = []
    for run, place in zip(page.runs, _places(areas, page.runs), strict=True):
        if place is None:
            outside.append(run)
        else:
            held[place[0]].setdefault(place[1], []).append(run)
    tables = []
    for area, runs in zip(areas, held, strict=True):
        if runs:
            tables.append(_table(page.number, area, runs))
    return sorted(tables, key=lambda table: table.top), outside


def _places(areas: Sequence[Area], runs: Sequence[Run]) -> list[_Place | None]:
    """The area and cell of each run; a number wider than its cell stays whole."""
    places = [_place(areas, *run.middle) for run in runs]
    first = 0
    for index in range(1, len(runs) + 1):
        if index < len(runs) and _one_number(runs[index - 1], runs[index]):
            continue
        if len(set(places[first:index])) > 1 and _on_rule(areas, runs[first:index]):
            left, right = runs[first], runs[index - 1]
            middle = (left.x + right.x + right.width) / 2, left.middle[1]
            places[first:index] = [_place(areas, *middle)] * (index - first)
        first = index
    return places


def _place(areas: Sequence[Area], x: float, y: float) -> _Place | None:
    for index, area in enumerate(areas):
        cell = area.cell_at(x, y)
        if cell is not None:
            return index, cell
    return None


def _one_number(before: Run, run: Run) -> bool:
    """Whether two runs are neighbouring digits of a line."""
    return (
        run.text[:1] in _NUMBER
        and before.text[-1:] in _NUMBER
        and run.turn == before.turn == 0
        and abs(run.y - before.y) < 0.1 * run.size
        and abs(run.x - before.x - before.width) < _NEXT * run.size
    )


def _on_rule(areas: Sequence[Area], number: Sequence[Run]) -> bool:
    """Whether a rule goes through a digit."""
    xs = [x for area in areas for x in area.xs]
    return any(
        any(run.x + spill < x < run.x + run.width - spill for x in xs)
        for run in number
        for spill in (_OVER_RULE * run.width,)
    )


def _table(page: int, area: Area, runs: dict[int, list[Run]]) -> Table:
    padding = _padding(area, runs)
    cells = []
    for index, cell in enumerate(area.cells):
        left = area.xs[cell.column] + padding
        right = area.xs[cell.column + cell.column_span] - padding
        inside = runs.get(index, [])
        text = cell_text(inside, right - left)
        place = (cell.row, cell.column, cell.row_span, cell.column_span)
        cells.append(TableCell(*place, page, text, inside, left, right))
    _part_stacked(cells)
    return Table(page, area.xs, area.ys[0], area.ys[-1], cells, len(area.ys) - 1, not area.open)


def _part_stacked(cells: Sequence[TableCell]) -> None:
    """Part numbers on several lines where every number of the row is: rows without rules between,
    not numbers that a narrow cell wrapped."""
    rows: dict[int, list[TableCell]] = {}
    for cell in cells:
        if is_number(cell.text):
            rows.setdefault(cell.row, []).append(cell)
    for numbers in rows.values():
        if len(numbers) < 2 or any(len(cell.runs) < 2 for cell in numbers):
            continue
        lines = [lines_of(cell.runs) for cell in numbers]
        if all(len(of_cell) > 1 for of_cell in lines):
            for cell, of_cell in zip(numbers, lines, strict=True):
                cell.text = " ".join(line.text.strip() for line in of_cell)


def _padding(area: Area, runs: dict[int, list[Run]]) -> float:
    """Points between rules and text, as numbers show: words may be wider than their cell.

    Centred numbers only bound it, so that what is usual is taken; three that stand at one side
    show it.
    """
    least = _PADDING
    at_side: list[float] = []
    for index, inside in runs.items():
        if inside[0].text[:1] not in _NUMBER:
            continue
        cell = area.cells[index]
        before = min(run.x for run in inside) - area.xs[cell.column]
        after = area.xs[cell.column + cell.column_span] - max(run.x + run.width for run in inside)
        least = min(least, max(before, 0.0), max(after, 0.0))
        if abs(before - after) > _OFF_CENTRE:
            at_side.append(min(before, after))
    at_side.sort()
    if len(at_side) >= 3 and 0 <= at_side[2] - at_side[0] < 1.0 and least >= _PADDING:
        return max(at_side[0], least)
    return least


def take_overflow(table: Table, lines: Sequence[TextLine]) -> bool:
    """Put lines right below a table into the cell above them, if they all stand below one."""
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    for cell in table.cells:
        if cell.bottom_row != table.rows - 1 or not cell.runs:
            continue
        last = lines_of(cell.runs)[-1]
        near = lines[0].baseline - last.baseline <= _NEXT_LINE * last.size
        if near and cell.left - _PADDING <= left and right <= cell.right + _PADDING:
            cell.runs = [*cell.runs, *(run for line in lines for run in line.runs)]
            cell.text = cell_text(cell.runs, cell.width)
            return True
    return False


def in_rows(cells: Iterable[TableCell], rows: int) -> list[list[TableCell]]:
    """Cells by the row they begin in."""
    found: list[list[TableCell]] = [[] for _ in range(rows)]
    for cell in cells:
        found[cell.row].append(cell)
    return [sorted(row, key=lambda cell: cell.column) for row in found]
