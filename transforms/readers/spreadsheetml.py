"""XML Spreadsheet 2003, often named .xls, -> Document with a ruled grid for each table."""

from __future__ import annotations

from transforms.document import Document, UnreadableFileError
from transforms.readers.decode import decode
from transforms.readers.layout import Layout
from transforms.readers.reader import Reader
from transforms.readers.sheets.rows import LARGEST_COUNT, Range, Sheet, add_sheet
from transforms.readers.sheets.values import text_of
from transforms.readers.xml import Element, by_local_name, parse_xml

_NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_HEAD = 4096  # bytes


def recognises(data: bytes) -> bool:
    """Whether the bytes are XML whose first element is a workbook of this kind."""
    head = data[:_HEAD].replace(b"\0", b"")
    return b"<?xml" in head[:64] and _NAMESPACE.encode() in head and b"Workbook" in head


def read_spreadsheetml(data: bytes, document_id: str) -> Document:
    """Read a workbook. Raises UnreadableFileError: `damaged`, `too_complex`."""
    layout = Layout()
    root = parse_xml(data, "Workbook")
    for number, sheet in enumerate(by_local_name(root, "Worksheet"), 1):
        states = [element.text for element in by_local_name(sheet, "Visible")]
        if not states or states == ["SheetVisible"]:
            layout.page = number
            add_sheet(layout, _sheet(sheet))
    return layout.document(document_id, READER.media_type, decode(data)[1])


def _sheet(sheet: Element) -> Sheet:
    texts, merged = {}, []
    row = -1
    for row_element in by_local_name(sheet, "Row"):
        row = _index(row_element, row)
        column = -1
        for cell in by_local_name(row_element, "Cell"):
            column = _index(cell, column)
            if text := _text(cell):
                texts[row, column] = text
            area = _area(cell, row, column)
            merged.append(area)
            column = area[1][1]
        if len(texts) > LARGEST_COUNT or len(merged) > LARGEST_COUNT:
            raise UnreadableFileError("too_complex", limit=LARGEST_COUNT)
    return Sheet(texts, merged)


def _index(element: Element, before: int) -> int:
    """The place of a row or cell: stated from 1, else behind the one before."""
    stated = _attribute(element, "Index")
    return stated - 1 if stated else before + 1


def _area(cell: Element, row: int, column: int) -> Range:
    down, across = _attribute(cell, "MergeDown"), _attribute(cell, "MergeAcross")
    return (row, column), (row + down, column + across)


def _attribute(element: Element, name: str) -> int:
    stated = element.get(f"{{{_NAMESPACE}}}{name}") or "0"
    return int(stated) if stated.isdecimal() and len(stated) <= 7 else 0


def _text(cell: Element) -> str:
    """A number as people read it; a formula that has no value as it stands."""
    for data in by_local_name(cell, "Data"):
        text = "".join(data.itertext())
        if data.get(f"{{{_NAMESPACE}}}Type") == "Number":
            try:
                return text_of(float(text))
            except ValueError:
                return text
        return text_of(text)
    return cell.get(f"{{{_NAMESPACE}}}Formula") or ""


READER = Reader(
    name="XLS (XML 2003)",
    media_type="application/vnd.ms-excel",
    recognises=recognises,
    read=read_spreadsheetml,
    isolated=True,
    libraries=("lxml",),
)
