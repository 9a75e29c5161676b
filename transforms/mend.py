"""Lines -> lines without index columns, in which labels that go on below their numbers are whole.

Where a cell's text wraps, many tools give the rest of it as a row of its own: `1.属于 | 0 | 0`,
then `国家秘密`. They are put together where that makes a row's label and the first part makes none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from transforms.fold import clean, fold
from transforms.lexicon import Role, by_text
from transforms.pieces import Line, Piece

_FEWEST = 4  # lines that a column must count to be an index


def mend_labels(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same lines, as many and numbered alike; a line that was the rest of a label is empty."""
    mended = list(lines)
    filled = [line for line in lines if any(piece.text for piece in line.pieces)]
    for line, rest in pairwise(filled):
        head = _last_label(line)
        if head is None or rest.has_value or len(rest.labels) != 1:
            continue
        whole = head.text + rest.labels[0].text
        if _is_row(whole) and not _is_row(head.text):
            pieces = tuple(p._replace(text=whole) if p is head else p for p in line.pieces)
            mended[line.number] = replace(line, pieces=pieces)
            mended[rest.number] = replace(rest, pieces=())
    return tuple(mended)


def without_index(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same lines without a first column that only counts the lines of its grid."""
    counted: set[int | None] = set()
    for grid, rows in groupby(lines, key=lambda line: line.grid):
        firsts = [clean(line.pieces[0].text) for line in rows if line.pieces]
        numbers = [int(text) for text in firsts if text.isdecimal()]
        in_steps = all(after == before + 1 for before, after in pairwise(numbers))
        if grid is not None and in_steps and len(numbers) >= max(_FEWEST, len(firsts) - 2):
            counted.add(grid)
    return tuple(
        replace(line, pieces=line.pieces[1:]) if line.grid in counted else line for line in lines
    )


def _last_label(line: Line) -> Piece | None:
    """The label that stands before the numbers of a line; null where words follow them."""
    words = line.labels
    if not words or not line.has_value or line.pieces[-1] is words[-1]:
        return None
    return words[-1]


def _is_row(text: str) -> bool:
    return any(label.role is Role.ROW for label in by_text().get(fold(text), ()))
