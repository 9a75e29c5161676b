"""One file's Extraction -> how each table was read, row by row, with the source beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from expectations.labels import column_label, row_label
from expectations.report.excerpt import Line, Piece, source_lines
from flows.files import PLAIN_TEXT, problem_json, problem_text
from flows.plain import plain
from transforms.records import Cell, CellKey, Extraction, Report
from transforms.statute.loader import forms
from transforms.statute.schema import Block, Row, Table

TABLES = (2, 3, 4)
_MOST_SOURCE_LINES = 8  # of a row: a layout with one cell a line has seven
_LONGEST_LABEL = 60  # characters of the line above that holds the label of a row


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row of the form as it was read: its cells in column order, the source lines they are on."""

    row: Row
    cells: tuple[Cell, ...]
    source: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class BlockReading:
    """The rows under one header."""

    block: Block
    rows: tuple[RowReading, ...]

    @property
    def cells(self) -> list[Cell]:
        """Every cell of the block."""
        return [cell for row in self.rows for cell in row.cells]


@dataclass(frozen=True, slots=True)
class TableReading:
    """A statutory table of the report's form as it was read."""

    table: Table
    blocks: tuple[BlockReading, ...]

    @property
    def cells(self) -> list[Cell]:
        """Every cell of the table."""
        return [cell for block in self.blocks for cell in block.cells]


def table_readings(extraction: Extraction, numbers: Collection[int]) -> list[TableReading]:
    """The tables of these numbers; none for a file that is no report or follows no form."""
    report = extraction.report
    if report is None or report.form is None:
        return []
    cells = {cell.key: cell for cell in report.cells}

    def read(table: Table, block: Block, row: Row) -> RowReading:
        found = tuple(cells[CellKey(table.number, row.key, column.key)] for column in block.columns)
        return RowReading(row, found, _source(extraction.text, found))

    return [
        TableReading(
            table,
            tuple(
                BlockReading(block, tuple(read(table, block, row) for row in block.rows))
                for block in table.blocks
            ),
        )
        for table in forms()[report.form].tables
        if table.number in numbers
    ]


def line_number(extraction: Extraction, offset: int) -> int | None:
    """The line of the file; null where the text is not the file's own."""
    if extraction.media_type != PLAIN_TEXT:
        return None
    return extraction.text.count("\n", 0, offset) + 1


def as_json(path: Path, extraction: Extraction, numbers: Collection[int]) -> dict[str, Any]:
    """Everything that was read; `char_start` and `char_end` point into `text`."""
    reason = extraction.reason
    return {
        "path": str(path),
        "document_id": extraction.document_id,
        "media_type": extraction.media_type,
        "encoding": extraction.encoding,
        "bytes": extraction.bytes,
        "status": str(extraction.status),
        "reason": problem_text(reason, "zh") if reason else None,
        "reason_en": problem_text(reason, "en") if reason else None,
        "report": _report_json(extraction, extraction.report, numbers)
        if extraction.report
        else None,
        "text": extraction.text,
    }


def _report_json(
    extraction: Extraction, report: Report, numbers: Collection[int]
) -> dict[str, Any]:
    return {
        "report_id": report.report_id,
        "form": report.form,
        "truncated": report.truncated,
        "identity": plain(asdict(report.identity)),
        "sections": [
            {
                "section_no": section.section_no,
                "heading": section.heading,
                "char_start": section.char_start,
                "char_end": section.char_end,
                "line": line_number(extraction, section.char_start),
            }
            for section in report.sections
        ],
        "cells": [
            _cell_json(report.form, cell) for cell in report.cells if cell.key.table_no in numbers
        ],
        "claims": [
            {**plain(asdict(claim)), "line": line_number(extraction, claim.char_start)}
            for claim in report.claims
        ],
        "problems": [problem_json(problem) for problem in report.problems],
    }


def _cell_json(form: str | None, cell: Cell) -> dict[str, Any]:
    table_no, row_key, column_key = cell.key
    labels = {
        f"{what}_label{suffix}": label(form, table_no, key, language) if form else None
        for what, label, key in (("row", row_label, row_key), ("column", column_label, column_key))
        for suffix, language in (("", "zh"), ("_en", "en"))
    }
    read = {name: value for name, value in plain(cell._asdict()).items() if name != "key"}
    return {"cell": str(cell.key), **cell.key._asdict(), **labels, **read}


def _source(text: str, cells: Iterable[Cell]) -> tuple[Line, ...]:
    """The lines the cells are on, after the line before them where they stand without words."""
    spans = sorted(
        (cell.char_start, cell.char_end)
        for cell in cells
        if cell.char_start is not None and cell.char_end is not None
    )
    if not spans:
        return ()
    first = spans[0][0]
    lines = source_lines(text, spans, most=_MOST_SOURCE_LINES) or _line_at(text, first)
    if lines and not any(_has_words(piece.text) for piece in lines[0].pieces if not piece.marked):
        before = text[:first].rfind("\n")
        while before > 0 and not text[text.rfind("\n", 0, before) + 1 : before].strip():
            before = text.rfind("\n", 0, before)
        above = _line_at(text, before) if before > 0 else ()
        if above and _has_words(above[0].text):
            return (*above, *lines)
    return lines


def _line_at(text: str, offset: int) -> tuple[Line, ...]:
    """The line at an offset, cut to its end; none where it is empty."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)].strip()
    shown = line if len(line) <= _LONGEST_LABEL else "…" + line[-_LONGEST_LABEL:]
    return (Line(text.count("\n", 0, start) + 1, (Piece(shown, False),)),) if line else ()


def _has_words(text: str) -> bool:
    return any(char.isalpha() for char in text)
