from __future__ import annotations

import pytest

from tests.transforms.readers.checks import check_places, grids, lines
from transforms.document import UnreadableFileError
from transforms.readers import read_document

BOOK = (
    '<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">{sheets}</Workbook>'
)
ROWS = (
    '<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">年度报告</Data></Cell></Row>'
    '<Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="String">许可</Data></Cell>'
    '<Cell><Data ss:Type="String">甲</Data></Cell><Cell><Data ss:Type="Number">12.0</Data></Cell>'
    '</Row><Row><Cell ss:Index="2"><Data ss:Type="String">乙</Data></Cell>'
    '<Cell ss:Formula="=1+1"/></Row>'
)


def sheet(rows, options="") -> str:
    return f'<Worksheet ss:Name="a"><Table>{rows}</Table>{options}</Worksheet>'


def read(sheets, encoding="utf-8"):
    data = BOOK.format(encoding=encoding, sheets=sheets).encode(encoding)
    document = read_document(data, "年报.xls")
    check_places(document)
    return document


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_workbook_in_xml_is_read_like_any_other(encoding):
    document = read(sheet(ROWS), encoding)
    assert lines(document) == ["年度报告"]
    assert grids(document) == [[["许可", "甲", "12"], ["乙", "=1+1"]]]


def test_hidden_sheets_are_left_out():
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    assert len(grids(read(sheet(ROWS, hidden) + sheet(ROWS)))) == 1


def test_a_broken_one_is_damaged():
    with pytest.raises(UnreadableFileError, match="damaged"):
        read(sheet(ROWS)[:-30])


def test_other_office_xml_is_no_page():
    data = b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:p><body>1</body>'
    with pytest.raises(UnreadableFileError, match="unknown_format"):
        read_document(data, "x.doc")
