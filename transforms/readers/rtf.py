"""RTF -> Document laid out as text.

Headers, footers, notes and comments are left out; automatic numbers are read as the writer put
them; tracked changes are read as if accepted; hidden and struck-out text is not read.
"""

from __future__ import annotations

from dataclasses import replace

from transforms.document import Document
from transforms.readers.office.flow import lay_out
from transforms.readers.office.rtf_body import RtfBody
from transforms.readers.office.rtf_state import Tables
from transforms.readers.office.rtf_tokens import looks_chinese, tokens
from transforms.readers.reader import Reader

_MAGIC = b"{\\rtf"
_LEADING = b"\xef\xbb\xbf \t\r\n\0"
_HEAD = 64


def recognises(data: bytes) -> bool:
    """Whether the bytes begin as RTF does."""
    return data[:_HEAD].lstrip(_LEADING).startswith(_MAGIC)


def read_rtf(data: bytes, document_id: str) -> Document:
    """Read a document. Raises UnreadableFileError: `too_complex`."""
    tables = Tables("gb18030" if looks_chinese(data) else "cp1252")
    body = RtfBody(tables)
    layout = lay_out(body.read(tokens(data.lstrip(_LEADING))))
    return replace(
        layout.document(document_id, READER.media_type),
        truncated=not body.complete,
    )


READER = Reader(
    name="RTF",
    media_type="application/rtf",
    recognises=recognises,
    read=read_rtf,
    isolated=True,
)
