"""A manuscript -> the page of another layout inside MHTML, as browsers and Word save it."""

from __future__ import annotations

import base64
import quopri
from functools import partial
from random import Random

from benchmarks.generator.html_layouts import HTML_LAYOUTS
from benchmarks.generator.model import Layout, Manuscript

_PAGES = {layout.name: layout for layout in HTML_LAYOUTS}
_BOUNDARY = "----MultipartBoundary--x----"


def _mhtml(manuscript: Manuscript, rng: Random, *, page: str, coding: str) -> bytes:
    content = _PAGES[page].render(manuscript, rng)
    packed = base64.encodebytes(content) if coding == "base64" else quopri.encodestring(content)
    parts = [("text/html", packed), ("text/css", b"p =7B margin: 0 =7D")]
    head = (
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        f'\ttype="text/html";\r\n\tboundary="{_BOUNDARY}"\r\n\r\n'
    )
    body = b"".join(
        f"--{_BOUNDARY}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n"
        f"Content-Location: http://a.example/{number}\r\n\r\n".encode()
        + packed
        + b"\r\n"
        for number, (kind, packed) in enumerate(parts)
    )
    return head.encode() + body + f"--{_BOUNDARY}--\r\n".encode()


def _layout(name: str, page: str, coding: str) -> Layout:
    render = partial(_mhtml, page=page, coding=coding)
    return Layout(name, render, _PAGES[page].traits, suffix="mht")


CONTAINER_LAYOUTS = (
    _layout("mhtml_chromium", "html_site", "quoted-printable"),
    _layout("mhtml_word", "html_word_gb18030", "base64"),
)
