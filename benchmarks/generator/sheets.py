"""A form and the texts of its cells -> printed tables with true spans; row edits on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from benchmarks.generator.model import Sheet, SheetCell
from transforms.records import CellKey
from transforms.statute.schema import Block, Column, Form, Row, Table

LABEL_COLUMNS = 3  # of table 3: two levels of group labels and the label


def build_sheet(table: Table, texts: Mapping[CellKey, str]) -> Sheet:
    """One statutory table as the form prints it."""
    if table.number == 2:
        return _build_disclosures(table, texts)
    if table.number == 3:
        return _build_applications(table, texts)
    return _build_proceedings(table, texts)


def build_sheets(form: Form, texts: Mapping[CellKey, str]) -> dict[int, Sheet]:
    """All tables of a form by number."""
    return {table.number: build_sheet(table, texts) for table in form.tables}


def _spread(columns: Sequence[Column], width: int) -> list[tuple[Column, int, int]]:
    """Each column with its place and span; the last one takes what is left."""
    last = len(columns) - 1
    return [(c, 1 + i, width - 1 - last if i == last else 1) for i, c in enumerate(columns)]


def _build_disclosures(table: Table, texts: Mapping[CellKey, str]) -> Sheet:
    width = 1 + max(len(block.columns) for block in table.blocks)
    cells: list[SheetCell] = []
    row = 0
    for block in table.blocks:
        cells.append(SheetCell(row, 0, block.label or "", "caption", column_span=width))
        cells.append(SheetCell(row + 1, 0, table.notes[0], "note"))
        spread = _spread(block.columns, width)
        cells += [SheetCell(row + 1, at, c.label, "header", 1, span) for c, at, span in spread]
        row += 2
        for line in block.rows:
            cells.append(SheetCell(row, 0, line.label, "label"))
            for column, at, span in spread:
                key = CellKey(2, line.key, column.key)
                cells.append(SheetCell(row, at, texts.get(key, "0"), "value", 1, span, key))
            row += 1
    return Sheet(2, width, cells)


def _build_applications(table: Table, texts: Mapping[CellKey, str]) -> Sheet:
    block = table.blocks[0]
    width = LABEL_COLUMNS + len(block.columns)
    cells = [
        SheetCell(0, 0, table.notes[0], "note", 3, LABEL_COLUMNS),
        SheetCell(0, LABEL_COLUMNS, table.notes[1], "header", 1, len(block.columns)),
    ]
    at = LABEL_COLUMNS
    for group, members in groupby(block.columns, key=lambda column: column.group):
        columns = list(members)
        if group:
            cells.append(SheetCell(1, at, group, "header", 1, len(columns)))
        top, span = (2, 1) if group else (1, 2)
        cells += [SheetCell(top, at + i, c.label, "header", span) for i, c in enumerate(columns)]
        at += len(columns)
    for row, line in enumerate(block.rows, start=3):
        cells += _group_cells(block.rows, row - 3, row)
        depth = len(line.group)
        cells.append(SheetCell(row, depth, line.label, "label", 1, LABEL_COLUMNS - depth))
        cells += _value_cells(3, line, block, (row, LABEL_COLUMNS), texts)
    return Sheet(3, width, cells)


def _group_cells(rows: Sequence[Row], index: int, at: int) -> list[SheetCell]:
    """The merged labels that begin at this row, spanning the rows that share them."""
    cells = []
    for level in range(len(rows[index].group)):
        prefix = rows[index].group[: level + 1]
        if index and rows[index - 1].group[: level + 1] == prefix:
            continue
        span = 1
        while index + span < len(rows) and rows[index + span].group[: level + 1] == prefix:
            span += 1
        cells.append(SheetCell(at, level, prefix[-1], "group", span))
    return cells


def _value_cells(
    table_no: int,
    line: Row,
    block: Block,
    place: tuple[int, int],
    texts: Mapping[CellKey, str],
) -> list[SheetCell]:
    row, start = place
    keys = [CellKey(table_no, line.key, column.key) for column in block.columns]
    return [
        SheetCell(row, start + i, texts.get(key, "0"), "value", key=key)
        for i, key in enumerate(keys)
    ]


def _build_proceedings(table: Table, texts: Mapping[CellKey, str]) -> Sheet:
    block = table.blocks[0]
    size = len(block.columns)
    cells: list[SheetCell] = []
    at = 0
    for group, members in groupby(block.rows, key=lambda row: row.group):
        rows = list(members)
        if group:
            cells.append(SheetCell(0, at, group[0], "header", 1, size * len(rows)))
        for line in rows:
            cells.append(SheetCell(1 if group else 0, at, line.label, "header", 1, size))
            top, span = (2, 1) if group else (1, 2)
            for i, column in enumerate(block.columns):
                cells.append(SheetCell(top, at + i, column.label, "header", span))
            cells += _value_cells(4, line, block, (3, at), texts)
            at += size
    return Sheet(4, at, cells)


def delete_row(sheet: Sheet, row: int) -> None:
    """Take a row out. A group label that began there moves to the next row it spans."""
    kept = []
    for cell in sheet.cells:
        if cell.row <= row < cell.row + cell.row_span:
            cell.row_span -= 1
            if cell.row_span == 0:
                continue
        elif cell.row > row:
            cell.row -= 1
        kept.append(cell)
    sheet.cells = kept


def insert_row(sheet: Sheet, after: int) -> int:
    """Make room for a row below `after`; spans that reach over the gap grow. Its number."""
    for cell in sheet.cells:
        if cell.row > after:
            cell.row += 1
        elif cell.row + cell.row_span - 1 > after:
            cell.row_span += 1
    return after + 1


def swap_rows(sheet: Sheet, one: int, other: int) -> None:
    """Exchange labels and values of two rows; group labels stay."""
    for cell in sheet.cells:
        if cell.role in ("label", "value") and cell.row in (one, other):
            cell.row = other if cell.row == one else one


def header_row_count(sheet: Sheet) -> int:
    """How many rows stand above the first row with values."""
    return next(iter(sheet.data_rows()), 0)


def cut_sheet(sheet: Sheet, at: int, repeat_header: bool) -> tuple[Sheet, Sheet]:
    """Two parts, the second beginning at row `at`; a label cut in two stays in the first part."""
    first: list[SheetCell] = []
    second: list[SheetCell] = []
    head = header_row_count(sheet) if repeat_header else 0
    shift = head - at
    for cell in sheet.cells:
        end = cell.row + cell.row_span
        if cell.row < at:
            span = min(end, at) - cell.row
            first.append(_copy(cell, cell.row, cell.text, span))
            if end > at:
                second.append(_copy(cell, head, "", end - at))
        else:
            second.append(_copy(cell, cell.row + shift, cell.text, cell.row_span))
        if cell.row < head:
            second.append(_copy(cell, cell.row, cell.text, cell.row_span))
    return Sheet(sheet.table_no, sheet.width, first), Sheet(sheet.table_no, sheet.width, second)


def _copy(cell: SheetCell, row: int, text: str, row_span: int) -> SheetCell:
    return SheetCell(row, cell.column, text, cell.role, row_span, cell.column_span, cell.key)
