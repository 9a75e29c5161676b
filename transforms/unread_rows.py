"""Cells and the text of their report -> a row that was not read although its label stands there.

What is missing in what we read need not be missing in the report: before a body is told that a row
is not there, its label must not be there either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from transforms.fold import fold
from transforms.records import Cell, CellStatus
from transforms.statute.loader import forms

_LONG = 6  # folded characters from which on a label can be told although it is damaged
_ALIKE = 75  # of 100


def unread_row(text: str, cells: Sequence[Cell]) -> str | None:
    """The printed label of such a row; None where every missing row is nowhere in the text."""
    missing = dict.fromkeys(cell.key[:2] for cell in cells if cell.status is CellStatus.MISSING)
    if not missing:
        return None
    folded = fold(text)
    return next(
        (label for row in missing for label in _labels(row) if _stands(label, folded)), None
    )


def _labels(row: tuple[int, str]) -> Iterator[str]:
    """Every label that a row has in a form; the table number and the row's key name it."""
    for form in forms().values():
        for _, line in form.table[row[0]].rows():
            if line.key == row[1]:
                yield from (line.label, *line.variants)


def _stands(label: str, folded: str) -> bool:
    core = fold(label)
    if core in folded:
        return True
    return len(core) >= _LONG and fuzz.partial_ratio(core, folded) >= _ALIKE
