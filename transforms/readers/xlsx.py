"""XLSX (also XLSM and XLSB) -> Document with a ruled grid for each table of each sheet."""

from __future__ import annotations

from transforms.document import Document
from transforms.readers.containers import part_names
from transforms.readers.reader import Reader
from transforms.readers.sheets.ooxml import untold
from transforms.readers.sheets.workbook import LIBRARY, read_workbook

_BOOKS = frozenset({"xl/workbook.xml", "xl/workbook.bin"})


def read_xlsx(data: bytes, document_id: str) -> Document:
    """Read a workbook. Raises UnreadableFileError as `read_workbook` does."""
    return read_workbook(data, document_id, READER.media_type, untold(data))


READER = Reader(
    name="XLSX",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    recognises=lambda data: not _BOOKS.isdisjoint(part_names(data)),
    read=read_xlsx,
    isolated=True,
    libraries=(LIBRARY, "lxml"),
)
