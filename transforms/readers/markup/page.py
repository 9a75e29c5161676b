"""Bytes of a web page -> its lines and tables in a Layout, and what the page says of itself."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.readers.decode import decode
from transforms.readers.layout import Layout
from transforms.readers.markup.bounds import check_work
from transforms.readers.markup.flow import Table, read_flow
from transforms.readers.markup.tree import Page

_HEAD = 4096  # bytes in which a page says how it is encoded
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_OPENED = re.compile(r"<html[\s>]", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_FRAME = re.compile(r"""<i?frame\b[^>]*?\bsrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_ATTACHMENT = re.compile(
    r"""\b(?:href|src|data)\s*=\s*["']?([^"'\s>]{1,500}?"""
    r"""\.(?:pdf|docx?|wps|rtf|odt|xlsx?|et|ofd|zip|rar|7z))(?=["'\s>?&#])""",
    re.IGNORECASE,
)
_MOST_LINKS = 50
# Characters outside white space; a page with fewer whose frames have more is only their holder.
_HOLDER = 300


class Stated(NamedTuple):
    """What is known of a page besides its text."""

    encoding: str
    metadata: dict[str, str]
    truncated: bool
    attachments: tuple[str, ...]  # addresses of documents that it links or embeds
    frames: tuple[str, ...]  # addresses of pages that hold its text; none where it has its own


def add_page(layout: Layout, data: bytes, label: str | None = None) -> Stated:
    """Append a page. `label` is the encoding its container states.

    Raises UnreadableFileError: `undecodable`, `too_complex`.
    """
    charset = _CHARSET.search(data[:_HEAD])
    text, encoding = decode(data, charset[1].decode("ascii", "replace") if charset else label)
    check_work(text)
    page = Page(text)
    metadata = page.metadata()
    shown = 0
    for item in read_flow(page):
        if isinstance(item, Table):
            layout.add_grid(item.rows)
            shown += sum(len(cell.text) for row in item.rows for cell in row)
        else:
            layout.add_paragraph(*item)
            shown += len(item[0])
    truncated = _OPENED.search(text) is not None and _CLOSED.search(text) is None
    holds_text = shown >= _HOLDER
    attachments = tuple(_ATTACHMENT.findall(text)[:_MOST_LINKS]) if not holds_text else ()
    return Stated(encoding, metadata, truncated, attachments, () if holds_text else _frames(text))


def _frames(text: str) -> tuple[str, ...]:
    return tuple(_FRAME.findall(text)[:_MOST_LINKS])
