"""Cells -> how each is filled in, as one text with a letter a cell.

The letters are those of statute/fillings.yaml. A text of one character a cell is searched far
faster than a list, and a rule over a whole table is one search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from transforms.records import Cell, CellKey, CellStatus
from transforms.statute.loader import FOLDER, all_cell_keys, forms, load_records
from transforms.statute.schema import Key, Record, Text

NOT_IN_FORM = "."
_FRACTION, _NO_NUMBER = "fraction", "invalid"


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
        _letter(by_key[key], by_key) if key in by_key else NOT_IN_FORM for key in all_cell_keys()
    )


def _letter(cell: Cell, by_key: Mapping[CellKey, Cell]) -> str:
    if cell.status is CellStatus.REPORTED and cell.raw_text.isascii() and cell.raw_text.isdigit():
        return fillings()["reported"].letter
    way = next(
        one
        for one in fillings().values()
        if cell.status in one.statuses
        and (one.raw_text is None or re.search(one.raw_text, cell.raw_text))
    )
    if way.id == _FRACTION and _may_be_money(cell, by_key):
        return fillings()[_NO_NUMBER].letter
    return way.letter


def _may_be_money(cell: Cell, by_key: Mapping[CellKey, Cell]) -> bool:
    """Whether an amount of the same table was not read: the fraction may be that, misplaced."""
    return any(
        amount in by_key and by_key[amount].value is None
        for amount in _amounts()
        if amount.table_no == cell.key.table_no
    )


@cache
def _amounts() -> frozenset[CellKey]:
    """The cells of all forms that may hold fractions."""
    return frozenset(
        CellKey(table.number, row.key, column.key)
        for form in forms().values()
        for table in form.tables
        for block, row in table.rows()
        for column in block.columns
        if column.decimal
    )
