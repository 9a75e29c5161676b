"""HTML, also Word's saved under any name -> Document laid out as text.

`Document.text` is built here: each paragraph a line, each table row a line with its cells joined by
tabs. Every block's `text` is `document.text[start:end]`; an empty cell has its place and no length.
"""

from __future__ import annotations

import re

from transforms.document import Document
from transforms.readers.decode import decode, looks_like_text
from transforms.readers.markup.bounds import check_work
from transforms.readers.markup.flow import Table, read_flow
from transforms.readers.markup.layout import Layout
from transforms.readers.markup.tree import Page
from transforms.readers.reader import Reader

_HEAD = 4096  # bytes in which a page shows itself
_BODY = 64 * 1024
_PAGE_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|frameset)[\s/>]", re.I)
_ANY_TAG = re.compile(rb"<(?:p|div|td|tr|li|ul|h[1-6]|section|article|center)[\s/>]", re.I)
_BREAK = re.compile(rb"<br[\s/>]", re.I)
_MARKDOWN_ROW = re.compile(rb"^[ \t]*\|.*\|[ \t\r]*$", re.M)  # may hold <br>, which Markdown lacks
_FEW_TAGS = 3  # stray tags in plain text are fewer
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)

_OPENED = re.compile(r"<html[\s>]", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)


def recognises(data: bytes) -> bool:
    """Whether the bytes are a web page or a piece of one, in any encoding."""
    if not looks_like_text(data):
        return False
    body = data[:_BODY].replace(b"\0", b"")  # UTF-16 reads as ASCII then
    if _PAGE_TAG.search(body, 0, _HEAD):
        return True
    tags = len(_ANY_TAG.findall(body))
    if tags < _FEW_TAGS and len(_MARKDOWN_ROW.findall(body)) < _FEW_TAGS:
        tags += len(_BREAK.findall(body))
    return tags >= _FEW_TAGS


def read_html(data: bytes, document_id: str) -> Document:
    """Read a page. Raises UnreadableFileError: `undecodable`, `too_complex`."""
    charset = _CHARSET.search(data[:_HEAD])
    text, encoding = decode(data, charset[1].decode("ascii", "replace") if charset else None)
    check_work(text)
    page = Page(text)
    metadata = page.metadata()
    layout = Layout()
    for item in read_flow(page):
        if isinstance(item, Table):
            layout.add_grid(item.rows)
        else:
            layout.add_paragraph(*item)
    return Document(
        document_id=document_id,
        media_type=READER.media_type,
        encoding=encoding,
        text=layout.text(),
        blocks=tuple(layout.blocks),
        metadata=metadata,
        truncated=_OPENED.search(text) is not None and _CLOSED.search(text) is None,
    )


READER = Reader(
    name="HTML",
    media_type="text/html",
    recognises=recognises,
    read=read_html,
    libraries=("selectolax",),
)
