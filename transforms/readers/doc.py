"""DOC and WPS (Word 97 and later, binary) -> Document laid out as text.

Headers, footers, notes and comments are left out. What Word counts by itself is written out;
tracked changes are read as if accepted; hidden and struck-out text is not read.
"""

from __future__ import annotations

from transforms.document import Document, UnreadableFileError
from transforms.readers.containers import stream_names
from transforms.readers.office.flow import lay_out
from transforms.readers.reader import Reader


def recognises(data: bytes) -> bool:
    """Whether the bytes are an OLE file with a document, or with one behind a password."""
    return bool(stream_names(data) & {"worddocument", "encryptedpackage"})


def read_doc(data: bytes, document_id: str) -> Document:
    """Read a document. Raises UnreadableFileError: `damaged`, `encrypted`, `old_word`,
    `too_complex`."""
    if "encryptedpackage" in stream_names(data):  # of DOCX, XLSX or PPTX
        raise UnreadableFileError("encrypted")
    from transforms.readers.office.doc_body import DocBody  # noqa: PLC0415 - olefile only if needed
    from transforms.readers.office.doc_file import DocFile  # noqa: PLC0415

    layout = lay_out(DocBody(DocFile(data)).read())
    return layout.document(document_id, READER.media_type)


READER = Reader(
    name="DOC/WPS",
    media_type="application/msword",
    recognises=recognises,
    read=read_doc,
    isolated=True,
    libraries=("olefile",),
)
