"""HTML, also Word's saved under any name -> Document laid out as text.

`Document.text` is built here: each paragraph a line, each table row a line with its cells joined by
tabs. Every block's `text` is `document.text[start:end]`; an empty cell has its place and no length.
"""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.document import Document, UnreadableFileError
from transforms.readers.decode import looks_like_text
from transforms.readers.layout import Layout
from transforms.readers.markup.page import add_page
from transforms.readers.reader import Reader

_HEAD = 4096  # bytes in which a page shows itself
_OTHER_XML = b"<?mso-application"  # a workbook or text in XML, whose tags are no page's
_BODY = 64 * 1024
_PAGE_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|frameset)[\s/>]", re.I)
_ANY_TAG = re.compile(rb"<(?:p|div|td|tr|li|ul|h[1-6]|section|article|center)[\s/>]", re.I)
_BREAK = re.compile(rb"<br[\s/>]", re.I)
_MARKDOWN_ROW = re.compile(rb"^[ \t]*\|.*\|[ \t\r]*$", re.M)  # may hold <br>, which Markdown lacks
_SHOWN_FRAMES = 3
_FEW_TAGS = 3  # stray tags in plain text are fewer


def recognises(data: bytes) -> bool:
    """Whether the bytes are a web page or a piece of one, in any encoding."""
    if not looks_like_text(data) or _OTHER_XML in data[:_HEAD].replace(b"\0", b""):
        return False
    body = data[:_BODY].replace(b"\0", b"")  # UTF-16 reads as ASCII then
    if _PAGE_TAG.search(body, 0, _HEAD):
        return True
    tags = len(_ANY_TAG.findall(body))
    if tags < _FEW_TAGS and len(_MARKDOWN_ROW.findall(body)) < _FEW_TAGS:
        tags += len(_BREAK.findall(body))
    return tags >= _FEW_TAGS


def read_html(data: bytes, document_id: str) -> Document:
    """Read a page. Raises UnreadableFileError: `undecodable`, `too_complex`, `text_in_frames`."""
    layout = Layout()
    stated = add_page(layout, data)
    if not layout.blocks and stated.frames:
        raise UnreadableFileError("text_in_frames", frames=", ".join(stated.frames[:_SHOWN_FRAMES]))
    return replace(
        layout.document(document_id, READER.media_type, stated.encoding),
        metadata=stated.metadata,
        attachments=stated.attachments,
        truncated=stated.truncated,
    )


READER = Reader(
    name="HTML",
    media_type="text/html",
    recognises=recognises,
    read=read_html,
    libraries=("selectolax",),
)
