"""DOCX, also as one XML file (Flat OPC, Word 2003) -> Document laid out as text.

Headers, footers, notes and comments are left out. What Word counts by itself (一、, （二）, 1.) is
written out; tracked changes are read as if accepted; hidden and struck-out text is not read.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from transforms.document import Document, UnreadableFileError
from transforms.readers.containers import part_names
from transforms.readers.office.flow import Flow, flow_of, lay_out
from transforms.readers.office.names import w
from transforms.readers.office.parts import MAIN_PART, FlatPackage, Package, WordParts, ZipPackage
from transforms.readers.office.word_body import BodyReader
from transforms.readers.office.word_styles import Lists, Styles
from transforms.readers.reader import Reader
from transforms.readers.zipped import ZippedParts, is_zip

_HEAD = 4096  # bytes in which an XML file names its dialect
_DIALECTS = (
    b"http://schemas.microsoft.com/office/2006/xmlPackage",
    b"http://schemas.microsoft.com/office/word/2003/wordml",
)
_TYPES_PART = "[content_types].xml"
_MAIN_TYPES = (b"wordprocessingml.document.main", b"wordprocessingml.template.main",
               b"ms-word.document.macroEnabled", b"ms-word.template.macroEnabled")  # fmt: skip
_RUN_MARKS = tuple(w(name) for name in ("vanish", "strike", "dstrike", "vertAlign", "rStyle"))
# Formats of an embedded file that hold no file themselves, so that none is read within itself.
_EMBEDDABLE = frozenset({"HTML", "MHTML", "RTF", "TXT"})


def recognises(data: bytes) -> bool:
    """Whether the bytes are a Word document in XML, whatever its parts are called."""
    if not is_zip(data):
        head = data[:_HEAD].replace(b"\0", b"")
        return head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<?xml") and any(
            dialect in head for dialect in _DIALECTS
        )
    names = part_names(data)
    return MAIN_PART in names or (_TYPES_PART in names and _is_main_type(data))


def _is_main_type(data: bytes) -> bool:
    try:
        types = ZippedParts(data).read(_TYPES_PART) or b""
    except UnreadableFileError:
        return False
    return any(kind in types for kind in _MAIN_TYPES)


def read_docx(data: bytes, document_id: str) -> Document:
    """Read a document. Raises UnreadableFileError: `damaged`, `encrypted`, `embedded_file`,
    `too_complex`, `too_large_inside`."""
    package: Package = ZipPackage(data) if is_zip(data) else FlatPackage(data)
    parts = WordParts(package)
    styles = Styles(parts)

    def embedded(relation: str) -> Flow:
        return _read_embedded(parts.related(relation))

    marked = next(parts.document.iter(*_RUN_MARKS), None) is not None
    body = BodyReader(styles, Lists(parts, styles), embedded, marked)
    layout = lay_out(body.read(parts.document))
    return replace(
        layout.document(document_id, READER.media_type),
        metadata=parts.properties(),
    )


def _read_embedded(data: bytes | None) -> Flow:
    """What an altChunk leads to, which converters of pages make of a whole report."""
    from transforms.readers import readers  # noqa: PLC0415  (this module is one of them)

    for reader in readers():
        if data and reader.name in _EMBEDDABLE and reader.recognises(data):
            return flow_of(reader.read(data, hashlib.sha256(data).hexdigest()))
    raise UnreadableFileError("embedded_file")


READER = Reader(
    name="DOCX",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    recognises=recognises,
    read=read_docx,
    isolated=True,
    libraries=("lxml",),
)
