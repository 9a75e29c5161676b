"""Text of a table -> lines of pieces, for tests of the steps between reading and solving."""

from __future__ import annotations

from transforms.pieces import Line, lines_of
from transforms.readers import read_document
from transforms.records import Cell
from transforms.tables import read_tables


def lines(text: str) -> tuple[Line, ...]:
    return lines_of(read_document(text.encode(), "report.txt"))


def cells(text: str) -> dict[str, Cell]:
    """Every cell by its printed key (`3|new_received|total`)."""
    return {
        str(cell.key): cell
        for cell in read_tables(read_document(text.encode(), "r.txt"), report_year=2021).cells
    }


def row(found: dict[str, Cell], prefix: str) -> list[str]:
    """The cells of one row as `value` or `status`."""
    return [
        str(cell.value) if cell.value is not None else str(cell.status)
        for key, cell in found.items()
        if key.startswith(prefix + "|")
    ]
