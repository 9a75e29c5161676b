"""A row is missing only where its label is nowhere in the text."""

from __future__ import annotations

from transforms.records import Cell, CellKey, CellStatus
from transforms.unread_rows import unread_row

LABEL = "3.危及“三安全一稳定”"
ROW = "refused_three_securities_one_stability"


def cells(status: CellStatus) -> list[Cell]:
    return [Cell(CellKey(3, ROW, "total"), None, status)]


def test_a_label_in_the_text_tells_that_its_row_was_not_read():
    assert unread_row(f"某某\n{LABEL} 0 0", cells(CellStatus.MISSING)) is not None
    assert unread_row("危及“三安\n全一稳 定”", cells(CellStatus.MISSING)) is not None


def test_a_row_without_label_is_missing():
    assert unread_row("2.其他法律行政法规禁止公开 0", cells(CellStatus.MISSING)) is None


def test_rows_that_were_read_are_not_looked_for():
    assert unread_row(LABEL, cells(CellStatus.AMBIGUOUS)) is None
