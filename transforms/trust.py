"""Cells read from pictures of pages -> the cells that can be presented.

A recogniser may be wrong where everything looks right. A recognised number is presented if the
reader is beyond doubt about it, or if a sum of the form makes it out of numbers that are. Else the
cell is ambiguous, with what was read as its candidate. The same holds for numbers that stand on a
page outside of ruled tables: which row and column they belong to is a guess.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from transforms.document import Document, Grid, GridCell
from transforms.records import Cell, CellKey, CellStatus
from transforms.statute.loader import forms
from transforms.statute.rules import sum_constraints
from transforms.statute.schema import Column

BEYOND_DOUBT = 0.9  # confidence from which on a recognised text is taken as read
_PLAIN = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+|\d+\.\d+)")
_STATED = (CellStatus.REPORTED, CellStatus.RECOVERED, CellStatus.BLANK, CellStatus.INVALID)


def only_trusted(cells: Sequence[Cell], document: Document, form: str) -> tuple[Cell, ...]:
    """The cells, those ambiguous that nothing but an unsure recogniser vouches for."""
    doubtful: set[CellKey] = set()
    if document.recognised_pages:
        sure = _sure_places(document)
        doubtful |= {
            cell.key
            for cell in cells
            if cell.status in _STATED and not _is_beyond_doubt(cell, document, sure, form)
        }
    if document.placed:
        proven = _proven_tables(cells, form)
        doubtful |= {k for k in _outside_rules(cells, document) if k.table_no not in proven}
    if not doubtful:
        return tuple(cells)
    doubtful -= _borne_out(cells, doubtful, form)
    return tuple(_ambiguous(cell) if cell.key in doubtful else cell for cell in cells)


def _outside_rules(cells: Sequence[Cell], document: Document) -> set[CellKey]:
    """The cells read where no ruling line says which row and column a number stands in."""
    starts, ends = [], []
    for block in document.blocks:
        if isinstance(block, Grid) and block.ruled:
            starts.append(block.start)
            ends.append(block.end)
    outside = set()
    for cell in cells:
        if cell.status in _STATED and cell.char_start is not None:
            at = bisect_right(starts, cell.char_start) - 1
            if at < 0 or cell.char_start > ends[at]:
                outside.add(cell.key)
    return outside


def _proven_tables(cells: Sequence[Cell], form: str) -> set[int]:
    """The tables read to the last cell in which every sum holds, and each number is in a sum."""
    values = {cell.key: cell.value for cell in cells if cell.value is not None}
    summed: dict[int, set[CellKey]] = {}
    failed: set[int] = set()
    for constraint in sum_constraints(form):
        keys = {*constraint.left, *constraint.right}
        table_no = next(iter(keys)).table_no
        if keys <= values.keys() and constraint.holds(values):
            summed.setdefault(table_no, set()).update(keys)
        else:
            failed.add(table_no)
    own: dict[int, set[CellKey]] = {}
    for cell in cells:
        own.setdefault(cell.key.table_no, set()).add(cell.key)
    return {number for number, keys in own.items() if keys <= summed.get(number, set())} - failed


def _sure_places(document: Document) -> dict[int, int]:
    """Start -> end of every cell of a ruled grid whose text is beyond doubt, on whatever page."""
    return {
        cell.start: cell.end
        for block in document.blocks
        if isinstance(block, Grid) and block.ruled
        for cell in block.cells
        if _is_sure(cell)
    }


def _is_sure(cell: GridCell) -> bool:
    return cell.confidence is None or cell.confidence >= BEYOND_DOUBT


def _is_beyond_doubt(cell: Cell, document: Document, sure: dict[int, int], form: str) -> bool:
    if cell.page is not None and cell.page not in document.recognised_pages:
        return True
    if cell.char_start is None or sure.get(cell.char_start) != cell.char_end:
        return False
    if cell.value is None:
        return cell.status is CellStatus.BLANK or _PLAIN.fullmatch(cell.raw_text) is None
    # a speck makes a decimal of a count, a dash may be read as the numeral one
    whole = cell.value == cell.value.to_integral_value() and "." not in cell.raw_text
    return _PLAIN.fullmatch(cell.raw_text) is not None and (whole or not _counts(cell.key, form))


def _counts(key: CellKey, form: str) -> bool:
    """Whether a cell holds a count, which has no decimals."""
    column = _columns(form).get(key)
    return column is None or column.unit != "万元"


def _columns(form: str) -> dict[CellKey, Column]:
    return {
        CellKey(table.number, row.key, column.key): column
        for table in forms()[form].tables
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    }


def _borne_out(cells: Sequence[Cell], doubtful: set[CellKey], form: str) -> set[CellKey]:
    """The doubtful numbers that a sum makes out of sure ones, while no sum contradicts them."""
    values = {cell.key: cell.value for cell in cells if cell.value is not None}
    sums = [c for c in sum_constraints(form) if {*c.left, *c.right} <= values.keys()]
    failed = {key for c in sums if not c.holds(values) for key in (*c.left, *c.right)}
    proven: set[CellKey] = set()
    found = True
    while found:
        found = False
        for constraint in sums:
            open_ones = ({*constraint.left, *constraint.right} & doubtful) - proven
            if len(open_ones) == 1 and not open_ones & failed:
                proven |= open_ones
                found = True
    return proven


def _ambiguous(cell: Cell) -> Cell:
    candidates = () if cell.value is None else (cell.value,)
    return cell._replace(value=None, status=CellStatus.AMBIGUOUS, candidates=candidates)
