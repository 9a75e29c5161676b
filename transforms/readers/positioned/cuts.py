"""Parts of a table on pages that follow one another -> one table.

What a page break does to a table: each part shows only its own columns; the header is printed
again; a merged label is cut in two; so is a row, header or not, in the middle of its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from transforms.readers.positioned.edges import SNAP
from transforms.readers.positioned.tables import Table, TableCell, in_rows
from transforms.readers.positioned.writing import (
    begins_anew,
    is_number,
    join_lines,
    lines_of,
    wraps,
)

_SAME_OUTLINE = 6.0  # points by which the sides of two parts may differ
_SAME_SHARE = 0.04  # of the width that a column may be off where columns are matched by number
_HEADER_SEARCH = 4  # rows from the top among which a repeated header begins


def joined(first: Table, second: Table) -> Table | None:
    """The two parts as one table, or None where they are two tables."""
    places = _common_columns(first, second)
    if places is None or first.ruled != second.ruled:
        return None
    head = _on_columns(first, places[0])
    tail = _on_columns(second, places[1])
    _drop_blank_rows(first, from_end=True)
    _drop_blank_rows(second, from_end=False)
    tail_rows = _without_header(in_rows(head, first.rows), in_rows(tail, second.rows))
    skipped = second.rows - len(tail_rows)
    tail = [cell for row in tail_rows for cell in row]
    shift = first.rows - skipped
    for cell in tail:
        cell.row += shift
    rows = first.rows + len(tail_rows)
    cells, rows = _healed(head, tail, first.rows, rows)
    xs = sorted(set(places[2]))
    return Table(second.page, xs, first.top, second.bottom, cells, rows, first.ruled)


def _common_columns(first: Table, second: Table) -> tuple[list[int], list[int], list[float]] | None:
    """The new column number of each rule of both parts, and the places of all rules."""
    shift = first.xs[0] - second.xs[0]
    width = first.xs[-1] - first.xs[0]
    if abs(second.xs[-1] - second.xs[0] - width) > max(_SAME_OUTLINE, 0.01 * width):
        return None
    moved = [x + shift for x in second.xs]
    if len(first.xs) == len(second.xs) and all(
        abs(a - b) <= _SAME_SHARE * width for a, b in zip(first.xs, moved, strict=True)
    ):
        same = list(range(len(first.xs)))
        return same, same, first.xs
    if abs(shift) > _SAME_OUTLINE:
        return None
    places: list[float] = []
    for x in sorted([*first.xs, *moved]):
        if not places or x - places[-1] > 1.5 * SNAP:
            places.append(x)
    return [_nearest(places, x) for x in first.xs], [_nearest(places, x) for x in moved], places


def _nearest(places: Sequence[float], x: float) -> int:
    return min(range(len(places)), key=lambda index: abs(places[index] - x))


def _on_columns(table: Table, numbers: Sequence[int]) -> list[TableCell]:
    """The cells with columns counted as in the joined table."""
    for cell in table.cells:
        end = numbers[cell.column + cell.column_span]
        cell.column = numbers[cell.column]
        cell.column_span = max(end - cell.column, 1)
    return table.cells


def _drop_blank_rows(table: Table, from_end: bool) -> None:
    """Drop rows at the cut in which nothing is written: the part of a row that had no room."""
    while table.rows > 1:
        row = table.rows - 1 if from_end else 0
        crossing = [cell for cell in table.cells if cell.row <= row <= cell.bottom_row]
        if any(cell.text for cell in crossing if cell.row_span == 1):
            return
        if any(cell.text for cell in crossing) and all(cell.row_span > 1 for cell in crossing):
            return
        gone = {id(cell) for cell in crossing if cell.row_span == 1}
        table.cells[:] = [cell for cell in table.cells if id(cell) not in gone]
        for cell in table.cells:
            cell.row_span -= cell.row <= row <= cell.bottom_row
            cell.row -= cell.row > row
        table.rows -= 1


def _without_header(
    head: Sequence[Sequence[TableCell]], tail: list[list[TableCell]]
) -> list[list[TableCell]]:
    """The rows of the second part without those that print the top rows of the first again."""
    for start in range(min(_HEADER_SEARCH, len(head))):
        same = 0
        for above, below in zip(head[start:], tail[:-1], strict=False):
            if _wording(above) != _wording(below):
                break
            same += 1
        while same and not _is_whole(tail[:same]):
            same -= 1
        if same and any(text for row in tail[:same] for _, text in _wording(row)):
            return tail[same:]
    return tail


def _wording(row: Sequence[TableCell]) -> list[tuple[int, str]]:
    return [(cell.column, cell.text) for cell in row]


def _is_whole(rows: Sequence[Sequence[TableCell]]) -> bool:
    """Whether no cell of these rows reaches below them, and they hold words, not numbers alone."""
    last = rows[-1][0].row if rows[-1] else -1
    cells = [cell for row in rows for cell in row]
    worded = any(not _is_number(cell.text) for cell in rows[-1] if cell.text)
    return worded and all(cell.bottom_row <= last for cell in cells)


def _is_number(text: str) -> bool:
    return not any(character.isalpha() for character in text)


def _healed(
    head: list[TableCell], tail: list[TableCell], cut: int, rows: int
) -> tuple[list[TableCell], int]:
    """The cells of both parts with what the page break cut put together again."""
    above = {cell.column: cell for cell in head if cell.bottom_row == cut - 1}
    below = [cell for cell in tail if cell.row == cut]
    pairs = [
        (above[cell.column], cell)
        for cell in below
        if cell.column in above and above[cell.column].column_span == cell.column_span
    ]
    if _one_row(pairs, above, below):
        for upper, lower in pairs:
            _put_together(upper, lower)
            upper.row_span += lower.row_span - 1
        gone = {id(lower) for _, lower in pairs}
        for cell in tail:
            cell.row -= cell.row > cut
        return [*head, *(cell for cell in tail if id(cell) not in gone)], rows - 1
    gone = set()
    for upper, lower in pairs:
        if _one_cell(upper, lower, below, uneven=len(pairs) < len(below)):
            _put_together(upper, lower)
            upper.row_span += lower.row_span
            gone.add(id(lower))
    return [*head, *(cell for cell in tail if id(cell) not in gone)], rows


def _one_row(
    pairs: Sequence[tuple[TableCell, TableCell]],
    above: dict[int, TableCell],
    below: Sequence[TableCell],
) -> bool:
    """Whether the last row of the first part and the first of the second are halves of one row."""
    if not len(pairs) == len(above) == len(below):
        return False
    own = [(a, b) for a, b in pairs if a.row_span == 1 or b.row_span == 1]
    if not own or all(not b.text for _, b in own) or all(not a.text for a, _ in own):
        return bool(own)  # half of it is empty
    if not all(not a.text or not b.text or _goes_on(a, b) for a, b in own):
        return False
    numbers = [(a.text, b.text) for a, b in own if is_number(a.text or b.text)]
    if numbers and all(a and b for a, b in numbers):
        return False  # two rows of numbers: not one number in two halves
    return any(a.text and b.text for a, b in own) or not any(a.text and b.text for a, b in pairs)


def _one_cell(upper: TableCell, lower: TableCell, below: Sequence[TableCell], uneven: bool) -> bool:
    """Whether a label beside several rows was cut between two of them.

    `uneven` says that the row below the cut has other columns than the one above, so that cells
    with both are beside two rows.
    """
    if not lower.text:
        labels = any(cell.text and not _is_number(cell.text) for cell in below)
        return (upper.row_span > 1 or lower.row_span > 1 or bool(upper.text)) and (
            not _is_number(upper.text) if upper.text else labels
        ) and labels  # fmt: skip
    if upper.row_span == 1 and lower.row_span == 1:
        return uneven and not _is_number(upper.text) and _goes_on(upper, lower)
    if not upper.text:
        return not _is_number(lower.text)
    return _goes_on(upper, lower)


def _goes_on(upper: TableCell, lower: TableCell) -> bool:
    """Whether text was cut in the middle: its line is full, and what follows begins nothing new."""
    if _is_number(upper.text) != _is_number(lower.text) or begins_anew(lower.text):
        return False
    last, first = lines_of(upper.runs)[-1], lines_of(lower.runs)[0]
    return wraps(last, first.runs[0], upper.width)


def _put_together(upper: TableCell, lower: TableCell) -> None:
    if upper.runs and lower.runs:
        lines = [*lines_of(upper.runs), *lines_of(lower.runs)]
        upper.text = join_lines(lines, upper.width)
    else:
        upper.text = upper.text or lower.text
    upper.runs = [*upper.runs, *lower.runs]


def all_joined(tables: Sequence[Table]) -> list[Table]:
    """Tables with nothing between them, page after page, joined where they are parts of one."""
    found = [tables[0]]
    for before, table in pairwise(tables):
        whole = joined(found[-1], table) if table.page == before.page + 1 else None
        if whole:
            found[-1] = whole
        else:
            found.append(table)
    return found
