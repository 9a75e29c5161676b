"""XLS and ET -> Document with a ruled grid for each table of each sheet."""

from __future__ import annotations

from transforms.document import Document
from transforms.readers.containers import stream_names
from transforms.readers.reader import Reader
from transforms.readers.sheets.workbook import LIBRARY, read_workbook

_BOOKS = frozenset({"workbook", "book"})


def read_xls(data: bytes, document_id: str) -> Document:
    """Read a workbook. Raises UnreadableFileError as `read_workbook` does."""
    return read_workbook(data, document_id, READER.media_type)


READER = Reader(
    name="XLS/ET",
    media_type="application/vnd.ms-excel",
    recognises=lambda data: not _BOOKS.isdisjoint(stream_names(data)),
    read=read_xls,
    isolated=True,
    libraries=(LIBRARY,),
)
