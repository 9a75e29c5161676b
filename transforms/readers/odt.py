"""ODT, also as one XML file (FODT) -> Document laid out as text.

Headers, footers, notes and comments are left out; automatic numbers are written out; what is hidden
or struck out is not read.
"""

from __future__ import annotations

from transforms.document import Document, UnreadableFileError
from transforms.readers.containers import part_names
from transforms.readers.office.flow import lay_out
from transforms.readers.office.odf_body import OdfBody
from transforms.readers.office.odf_names import q
from transforms.readers.office.odf_styles import OdfStyles
from transforms.readers.reader import Reader
from transforms.readers.xml import Element, parse_xml
from transforms.readers.zipped import ZippedParts, is_zip

_HEAD = 4096  # bytes in which an XML file names its dialect
_CONTENT = "content.xml"
_KIND = b"application/vnd.oasis.opendocument.text"
_ENCRYPTED = b"encryption-data"


def recognises(data: bytes) -> bool:
    """Whether the bytes are a text document of OpenDocument."""
    if not is_zip(data):
        head = data[:_HEAD].replace(b"\0", b"")
        return b"<office:document" in head and _KIND in head
    return _CONTENT in part_names(data) and _is_text(data)


def _is_text(data: bytes) -> bool:
    try:
        kind = ZippedParts(data).read("mimetype")
    except UnreadableFileError:
        kind = None
    # Stored first and without compression, it can be seen in a damaged file too.
    return _KIND in (data[:_HEAD] if kind is None else kind)


def read_odt(data: bytes, document_id: str) -> Document:
    """Read a document. Raises UnreadableFileError: `damaged`, `encrypted`, `too_complex`,
    `too_large_inside`."""
    parts = ZippedParts(data) if is_zip(data) else None
    if parts is not None and _ENCRYPTED in (parts.read("META-INF/manifest.xml") or b""):
        raise UnreadableFileError("encrypted")

    def read(name: str) -> Element | None:
        part = parts.read(name) if parts is not None else None
        return None if part is None else parse_xml(part, name)

    content = read(_CONTENT) if parts is not None else parse_xml(data, "XML")
    body = None if content is None else content.find(f"{q('office:body')}/{q('office:text')}")
    if body is None:
        raise UnreadableFileError("damaged", error=f"{_CONTENT}: office:text")
    styles = OdfStyles(lambda: read("styles.xml"), content)
    layout = lay_out(OdfBody(styles).read_body(body))
    return layout.document(document_id, READER.media_type)


READER = Reader(
    name="ODT",
    media_type=_KIND.decode(),
    recognises=recognises,
    read=read_odt,
    isolated=True,
    libraries=("lxml",),
)
