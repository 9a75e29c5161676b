"""CSV, and TSV with quoted cells -> Document with a ruled grid for each table.

Plain text may hold commas too. A file is CSV where nearly every record has the same number of
fields, as spreadsheets write them, and many fields are empty or numbers; TSV without quotes is read
as plain text, which has columns too.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence

from transforms.document import Document, UnreadableFileError
from transforms.readers.decode import decode, looks_like_text
from transforms.readers.layout import Layout
from transforms.readers.reader import Reader
from transforms.readers.sheets.rows import LARGEST_COUNT, Sheet, add_sheet

_HEAD = 64 * 1024  # bytes that tell
_LEAST_RECORDS = 3
_SAME_WIDTH = 0.9  # of the records
_WORDLESS = 0.2  # of the fields
_CUT_CHARACTER = 4  # bytes at the end of the head that may be half of one
_LARGEST_PLACES = 1_000_000


def recognises(data: bytes) -> bool:
    """Whether the bytes are records of fields, in any encoding."""
    if not looks_like_text(data) or data.lstrip()[:1] == b"<":
        return False
    try:
        text, _ = decode(data if len(data) <= _HEAD else data[: _HEAD - _CUT_CHARACTER])
    except UnreadableFileError:
        return False
    if len(data) > _HEAD:
        text = text[: text.rfind("\n") + 1]
    return _delimiter(text) is not None


def read_csv(data: bytes, document_id: str) -> Document:
    """Read a CSV file. Raises UnreadableFileError: `undecodable`, `damaged`, `too_complex`."""
    text, encoding = decode(data)
    records = _records(text, _delimiter(text) or ",")
    if sum(map(len, records)) > _LARGEST_PLACES:
        raise UnreadableFileError("too_complex", limit=_LARGEST_PLACES)
    texts = {
        (row, column): field.strip()
        for row, record in enumerate(records)
        for column, field in enumerate(record)
        if field.strip()
    }
    if len(texts) > LARGEST_COUNT:
        raise UnreadableFileError("too_complex", limit=LARGEST_COUNT)
    layout = Layout()
    add_sheet(layout, Sheet(texts))
    return layout.document(document_id, READER.media_type, encoding)


def _delimiter(text: str) -> str | None:
    """What parts the fields; None for text that is no table."""
    marks = [mark for mark in (",", ";") if mark in text]
    if '\t"' in text or '"\t' in text:
        marks.append("\t")
    for mark in marks:
        try:
            records = [record for record in _records(text, mark) if any(record)]
        except UnreadableFileError:
            continue
        widths = Counter(map(len, records))
        width, count = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        even = width > 1 and count >= max(_LEAST_RECORDS, _SAME_WIDTH * len(records))
        if even and _hold_cells(records):
            return mark
    return None


def _hold_cells(records: Sequence[Sequence[str]]) -> bool:
    """Whether many fields are empty or numbers, as in a table; the clauses of sentences are not."""
    fields = [field for record in records for field in record]
    wordless = sum(not any(map(str.isalpha, field)) for field in fields)
    return wordless >= _WORDLESS * len(fields)


def _records(text: str, delimiter: str) -> Sequence[Sequence[str]]:
    """Records of fields; a quoted field may have line ends inside."""
    lines = text.replace("\0", "").splitlines(keepends=True)
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableFileError("damaged", error=error) from error


READER = Reader(name="CSV", media_type="text/csv", recognises=recognises, read=read_csv)
