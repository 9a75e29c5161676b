"""A manuscript -> XLSX and CSV: one sheet or several, merged or not, typed numbers or text."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime
from functools import partial
from io import BytesIO, StringIO
from random import Random
from typing import Any

import xlsxwriter

from benchmarks.generator.html_layouts import split_disclosures
from benchmarks.generator.model import Layout, Line, Manuscript, Sheet, SheetCell
from benchmarks.generator.text_layouts import cut_applications

Put = Callable[[Any, SheetCell, int, Any], None]

_WRITTEN = datetime(2024, 1, 10)  # so that the same report gives the same bytes
_LINE_WIDTH = 10  # columns a line is merged over


def _number(text: str) -> float | None:
    """The number a spreadsheet makes of what is typed into a cell; None where it stays text."""
    plain = text.isascii() and text.replace(".", "", 1).isdigit()
    stays = len(text) > 15 or (text.startswith("0") and text != "0" and not text.startswith("0."))
    return float(text) if plain and not stays else None


def typed(page: Any, cell: SheetCell, top: int, style: Any) -> None:  # noqa: ANN401
    number = _number(cell.text)
    if number is None:
        as_text(page, cell, top, style)
    else:
        page.write_number(top + cell.row, cell.column, number, style)


def as_text(page: Any, cell: SheetCell, top: int, style: Any) -> None:  # noqa: ANN401
    if cell.text:
        page.write_string(top + cell.row, cell.column, cell.text, style)
    else:
        page.write_blank(top + cell.row, cell.column, None, style)


def _add_sheet(page: Any, sheet: Sheet, place: tuple[int, Any], put: Put, merged: bool) -> int:  # noqa: ANN401
    top, style = place
    for cell in sheet.cells:
        bottom, right = top + cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
        if merged and cell.row_span * cell.column_span > 1:
            page.merge_range(top + cell.row, cell.column, bottom, right, "", style)
        put(page, cell, top, style)
    return top + sheet.row_count


def _add_line(page: Any, line: Line, row: int, merged: bool) -> int:  # noqa: ANN401
    for column, text in enumerate(line.cells or (line.text,)):
        page.write_string(row, column, text)
    if merged and not line.cells:
        page.merge_range(row, 0, row, _LINE_WIDTH - 1, "")
        page.write_string(row, 0, line.text)
    return row + 1


def _workbook(
    manuscript: Manuscript,
    rng: Random,  # noqa: ARG001  (part of the layout signature)
    *,
    put: Put = typed,
    merged: bool = True,
    spaced: bool = True,
    bordered: bool = True,
    sheet_a_table: bool = False,
) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": _WRITTEN})
        style = book.add_format({"border": 1} if bordered else {})
        page, row = book.add_worksheet(), 0
        for block in manuscript.blocks:
            if isinstance(block, Line):
                row = _add_line(page, block, row, merged)
            else:
                row = _add_sheet(page, block, (row + spaced, style), put, merged) + spaced
                if sheet_a_table:
                    page, row = book.add_worksheet(), 0
    return buffer.getvalue()


def _csv(
    manuscript: Manuscript,
    rng: Random,  # noqa: ARG001
    *,
    encoding: str,
    quoting: int = csv.QUOTE_MINIMAL,
) -> bytes:
    """As a spreadsheet saves it: every record as wide as the widest."""
    rows: list[list[str]] = []
    for block in manuscript.blocks:
        if isinstance(block, Line):
            rows.append([*block.cells] or [block.text])
        else:
            rows += [block.places(row) for row in range(block.row_count)]
    width = max(map(len, rows))
    text = StringIO()
    writer = csv.writer(text, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    return text.getvalue().encode(encoding)


_RULED = frozenset({"html", "ruled"})
_FLAT = frozenset({"html"})


def _layout(name: str, render: partial[bytes], prepare: Any = None) -> Layout:  # noqa: ANN401
    suffix = name.partition("_")[0]
    return Layout(name, render, _FLAT if suffix == "csv" else _RULED, prepare, suffix)


WORKBOOK_LAYOUTS = (
    _layout("xlsx", partial(_workbook)),
    _layout("xlsx_as_text", partial(_workbook, put=as_text)),
    _layout("xlsx_dense", partial(_workbook, spaced=False)),
    _layout("xlsx_unmerged", partial(_workbook, merged=False, bordered=False)),
    _layout("xlsx_sheet_a_table", partial(_workbook, sheet_a_table=True)),
    _layout("xlsx_five_tables", partial(_workbook), split_disclosures),
    _layout("xlsx_two_pages", partial(_workbook), cut_applications),
    _layout("csv", partial(_csv, encoding="utf-8-sig")),
    _layout("csv_gb18030", partial(_csv, encoding="gb18030")),
    _layout("csv_quoted", partial(_csv, encoding="utf-8", quoting=csv.QUOTE_ALL)),
)
