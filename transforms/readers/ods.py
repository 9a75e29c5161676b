"""ODS -> Document with a ruled grid for each table of each sheet; merged cells have no spans."""

from __future__ import annotations

from transforms.document import Document
from transforms.readers.reader import Reader
from transforms.readers.sheets.workbook import LIBRARY, read_workbook
from transforms.readers.zipped import is_zip

# OpenDocument puts its kind first, uncompressed, where it can be seen without unpacking.
_KIND = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_HEAD = 256


def read_ods(data: bytes, document_id: str) -> Document:
    """Read a workbook. Raises UnreadableFileError as `read_workbook` does."""
    return read_workbook(data, document_id, READER.media_type)


READER = Reader(
    name="ODS",
    media_type="application/vnd.oasis.opendocument.spreadsheet",
    recognises=lambda data: is_zip(data) and _KIND in data[:_HEAD],
    read=read_ods,
    isolated=True,
    libraries=(LIBRARY,),
)
