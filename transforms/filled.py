"""Cells -> how each is filled in, as one text with a letter a cell.

The letters are those of statute/fillings.yaml. A text of one character a cell is searched far
faster than a list, and a rule over a whole table is one search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from transforms.records import Cell
from transforms.statute.loader import FOLDER, all_cell_keys, load_records
from transforms.statute.schema import Key, Record, Text

NOT_IN_FORM = "."


class Filling(Record):
    """One record of fillings.yaml."""

    id: Key
    letter: Text
    statuses: tuple[Text, ...]
    raw_text: Text | None = None
    label: Text
    label_en: Text


@cache
def fillings() -> dict[str, Filling]:
    """The ways to fill a cell in, by id, in the order they are tried."""
    return {one.id: one for one in load_records(FOLDER / "fillings.yaml", Filling)}


def filled(cells: Iterable[Cell]) -> str:
    """One letter for every key of all_cell_keys(), `.` where the report has no such cell."""
    by_key = {cell.key: cell for cell in cells}
    return "".join(
        _letter(by_key[key]) if key in by_key else NOT_IN_FORM for key in all_cell_keys()
    )


def _letter(cell: Cell) -> str:
    if cell.status == "reported" and cell.raw_text.isascii() and cell.raw_text.isdigit():
        return fillings()["reported"].letter
    return next(
        one.letter
        for one in fillings().values()
        if cell.status in one.statuses
        and (one.raw_text is None or re.search(one.raw_text, cell.raw_text))
    )
