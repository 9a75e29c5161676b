"""ODS -> Document with a ruled grid for each table of each sheet; merged cells have no spans."""

from __future__ import annotations

from transforms.document import Document, UnreadableFileError
from transforms.readers.containers import part_names
from transforms.readers.reader import Reader
from transforms.readers.sheets.workbook import LIBRARY, read_workbook
from transforms.readers.zipped import ZippedParts, is_zip

_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
# Office programs put the kind first, uncompressed; a file packed anew may have it anywhere.
_HEAD = 256


def recognises(data: bytes) -> bool:
    """Whether the bytes are a zip that says it is an OpenDocument spreadsheet."""
    if not is_zip(data):
        return False
    if b"mimetype" + _KIND in data[:_HEAD]:
        return True
    if "mimetype" not in part_names(data):
        return False
    try:
        return ZippedParts(data).read("mimetype") == _KIND
    except UnreadableFileError:
        return False


def read_ods(data: bytes, document_id: str) -> Document:
    """Read a workbook. Raises UnreadableFileError as `read_workbook` does."""
    return read_workbook(data, document_id, READER.media_type)


READER = Reader(
    name="ODS",
    media_type=_KIND.decode(),
    recognises=recognises,
    read=read_ods,
    isolated=True,
    libraries=(LIBRARY,),
)
