"""MHTML, a web page saved in one file (.mht, .mhtml), -> Document laid out as text.

The page is the part the file says it begins with, else its first page. Where its text sits in
frames, their pages follow in the order of the frames.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message
from html import unescape

from transforms.document import Document, UnreadableFileError
from transforms.readers.decode import is_mime
from transforms.readers.layout import Layout
from transforms.readers.markup.page import Stated, add_page
from transforms.readers.reader import Reader

_PAGES = ("text/html", "application/xhtml+xml")
_CUT_OFF = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)
_MOST_PARTS = 5_000


def read_mhtml(data: bytes, document_id: str) -> Document:
    """Read a saved page. Raises UnreadableFileError: `no_text`, `undecodable`, `too_complex`."""
    # The parser of today's policy decodes what has no charset as ASCII; this one leaves it alone.
    message = message_from_bytes(data)
    pages = [part for part in _parts(message) if part.get_content_type() in _PAGES]
    if not pages:
        raise UnreadableFileError("no_text")
    start = _bare(message.get_param("start"))
    first = next((page for page in pages if start and start in _names(page)), pages[0])
    layout = Layout()
    stated = _add(layout, first)
    if stated.frames:
        for page in _framed(stated.frames, [page for page in pages if page is not first]):
            _add(layout, page)
    return replace(
        layout.document(document_id, READER.media_type, stated.encoding),
        metadata=stated.metadata,
        attachments=stated.attachments,
        truncated=stated.truncated or any(isinstance(d, _CUT_OFF) for d in message.defects),
    )


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            raise UnreadableFileError("too_complex", limit=_MOST_PARTS)
        if not part.is_multipart():
            yield part


def _add(layout: Layout, page: Message) -> Stated:
    content = page.get_payload(decode=True)
    return add_page(
        layout, content if isinstance(content, bytes) else b"", page.get_content_charset()
    )


def _framed(frames: tuple[str, ...], pages: list[Message]) -> list[Message]:
    """The pages that the frames show; all, where the addresses lead to none."""
    named = {name: page for page in pages for name in _names(page)}
    found = [named.get(_bare(unescape(address))) for address in frames]
    return [page for page in dict.fromkeys(found) if page is not None] or pages


def _names(page: Message) -> set[str]:
    """By what other parts call a part: its address, the end of it, its id."""
    location = _bare(page["Content-Location"])
    names = {location, location.rpartition("/")[2], _bare(page["Content-ID"])}
    return names - {""}


def _bare(name: object) -> str:
    """An id or address without what is put around it."""
    text = str(name).strip() if isinstance(name, str) else ""
    return text.strip("<>").removeprefix("cid:").removeprefix("./")


READER = Reader(
    name="MHTML",
    media_type="multipart/related",
    recognises=is_mime,
    read=read_mhtml,
    isolated=True,
    libraries=("selectolax",),
)
