"""XLSX, XLS and ODS through the front door, each in its own process."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from tests.transforms.readers.checks import check_places, grids, lines, places
from transforms.document import Document, Grid, UnreadableFileError
from transforms.readers import read_document

FIXTURES = Path(__file__).parent / "fixtures"


def workbook(fill) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        fill(book, book.add_worksheet("表二"))
    return buffer.getvalue()


def read(data: bytes) -> Document:
    document = read_document(data, "表.pdf")
    check_places(document)
    return document


def repacked(data: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with some text of a part replaced."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(
                name, content.replace(old.encode(), new.encode()) if name == part else content
            )
    return buffer.getvalue()


def fill_table(book, sheet):
    sheet.merge_range(0, 0, 0, 2, "标题")
    sheet.merge_range(1, 0, 2, 0, "许可")
    sheet.write_row(1, 1, ["甲", 12])
    sheet.write_row(2, 1, ["乙", 0.1 + 0.2])
    sheet.write_datetime(3, 1, date(2024, 1, 5), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_string(3, 2, "0012")


def test_a_sheet_becomes_lines_and_a_ruled_grid():
    document = read(workbook(fill_table))
    assert document.media_type.endswith("spreadsheetml.sheet")
    assert lines(document) == ["标题"]
    assert grids(document) == [[["许可", "甲", "12"], ["乙", "0.3"], ["", "2024-01-05", "0012"]]]
    assert places(document)["许可"] == (0, 0, 2, 1)


def test_sheets_come_in_order_without_the_hidden_ones():
    def fill(book, first):
        first.write_row(0, 0, ["一", 1])
        hidden = book.add_worksheet("旧")
        hidden.write_row(0, 0, ["旧", 9])
        hidden.hide()
        book.add_worksheet("表三").write_row(0, 0, ["三", 3])

    document = read(workbook(fill))
    assert grids(document) == [[["一", "1"]], [["三", "3"]]]
    found = [block.cells[0].page for block in document.blocks if isinstance(block, Grid)]
    assert found == [1, 3]


def formulas(*values):
    def fill(book, sheet):
        for row, value in enumerate(values):
            sheet.write_string(row, 0, "总计")
            sheet.write_formula(row, 1, "=1+1", None, value)

    return workbook(fill)


def test_a_formula_has_its_stored_value():
    assert grids(read(formulas(7, 0))) == [[["总计", "7"], ["总计", "0"]]]


def test_zeros_of_a_program_that_computes_nothing_are_no_values():
    assert grids(read(formulas(0, 0))) == [[["总计", "=1+1"], ["总计", "=1+1"]]]


def test_a_formula_without_a_value_is_neither_zero_nor_blank():
    data = repacked(formulas(7, 8), "xl/worksheets/sheet1.xml", "<v>8</v>", "")
    assert grids(read(data)) == [[["总计", "7"], ["总计", "=1+1"]]]


def test_an_error_is_not_blank():
    assert grids(read(formulas("#DIV/0!", 3))) == [[["总计", "#DIV/0!"], ["总计", "3"]]]


def test_a_row_of_empty_cells_with_borders_is_a_row_of_its_table():
    def fill(book, sheet):
        style = book.add_format({"border": 1})
        sheet.write_row(0, 0, ["结果维持", "结果纠正", "总计"], style)
        sheet.write_row(1, 0, ["许可"], style)
        for row, columns in ((1, (1, 2)), (2, (0, 1, 2)), *((n, (0, 1)) for n in range(4, 40))):
            for column in columns:
                sheet.write_blank(row, column, None, style)

    table = [["结果维持", "结果纠正", "总计"], ["许可", "", ""], ["", "", ""]]
    assert grids(read(workbook(fill))) == [table]


@pytest.mark.parametrize("name", ["table.xls", "table.ods"])
def test_workbooks_of_other_programs_read_alike(name):
    document = read((FIXTURES / name).read_bytes())
    assert lines(document) == ["标题"]
    cells = [cell for row in grids(document)[0] for cell in row if cell]
    assert cells == ["许可", "甲", "12", "乙", "0.3", "2024-01-05", "0012"]


def test_an_ods_that_was_packed_anew_is_known():
    buffer = BytesIO()
    packed = zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED)
    with packed as target, zipfile.ZipFile(FIXTURES / "table.ods") as source:
        for name in reversed(source.namelist()):
            target.writestr(name, source.read(name))
    assert read(buffer.getvalue()).media_type.endswith("spreadsheet")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("name", ["table.xls", "table.ods", "xlsx"])
def test_a_workbook_that_breaks_off_is_one_problem(name, share):
    data = workbook(fill_table) if name == "xlsx" else (FIXTURES / name).read_bytes()
    with pytest.raises(UnreadableFileError) as refused:
        read_document(data[: int(share * len(data))], name)
    assert refused.value.reason in ("damaged", "no_text", "reader_failed")


def test_a_sheet_that_spans_everything_is_refused():
    def fill(book, sheet):
        sheet.write(0, 0, 1)
        sheet.write(1_048_575, 16_383, 1)

    with pytest.raises(UnreadableFileError) as refused:
        read_document(workbook(fill), "x")
    assert refused.value.reason in ("too_complex", "reader_memory", "reader_crashed")
