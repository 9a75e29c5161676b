"""OFD (GB/T 33190) -> Document, from the places of characters and lines, as for PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from transforms.document import Document, UnreadableFileError
from transforms.readers.containers import part_names
from transforms.readers.gbt33190.drawing import POINTS, Drawing
from transforms.readers.gbt33190.package import ENTRY, OfdDocument, Package
from transforms.readers.positioned.build import lay_out
from transforms.readers.positioned.legible import FEW_GLYPHS, is_picture, is_unmapped
from transforms.readers.positioned.page import Page
from transforms.readers.reader import Reader

LARGEST_PAGES = 500  # an annual report has 3 to 60
LARGEST_GLYPHS = 500_000  # a report has 2,000 to 30,000


def read_ofd(data: bytes, document_id: str) -> Document:
    """Read an OFD file.

    Raises UnreadableFileError: `damaged`, `encrypted`, `too_complex`, `too_large_inside`,
    `scanned_ofd`, `unmapped_font`.
    """
    package = Package(data)
    pages: list[Page] = []
    unread: list[tuple[int, str]] = []
    glyphs = 0
    for number, (page, reason) in enumerate(_pages(package), 1):
        if number > LARGEST_PAGES:
            raise UnreadableFileError("too_complex", limit=LARGEST_PAGES)
        if page is None or reason:
            unread.append((number, reason or "damaged"))
            continue
        pages.append(page)
        glyphs += len(page.runs)
        if glyphs > LARGEST_GLYPHS:
            raise UnreadableFileError("too_complex", limit=LARGEST_GLYPHS)
    if unread and not any(len(page.runs) >= FEW_GLYPHS for page in pages):
        listed = ", ".join(str(number) for number, _ in unread)
        raise UnreadableFileError(unread[0][1], pages=listed, error=f"page {listed}")
    layout = lay_out(pages)
    return replace(
        layout.document(document_id, READER.media_type),
        placed=True,
        unread_pages=tuple(number for number, _ in unread),
    )


def _pages(package: Package) -> Iterator[tuple[Page | None, str | None]]:
    """Each page, with the reason why it cannot be read where there is one."""
    number = 0
    for root in package.roots:
        document = OfdDocument(package, root)
        for name in document.pages:
            number += 1
            yield _page(document, name, number)


def _page(document: OfdDocument, name: str | None, number: int) -> tuple[Page | None, str | None]:
    found = document.page(name) if name else None
    if found is None:
        return None, "damaged"
    (left, top, width, height), contents = found
    place = (POINTS, 0.0, 0.0, POINTS, -left * POINTS, -top * POINTS)
    drawing = Drawing(contents, place, document.shared)
    page = Page(number, width * POINTS, height * POINTS, drawing.runs, drawing.rules)
    if is_picture(page, drawing.pictured, drawing.hidden_text > drawing.shown_text):
        return page, "scanned_ofd"
    return page, "unmapped_font" if is_unmapped(page.runs) else None


READER = Reader(
    name="OFD",
    media_type="application/ofd",
    recognises=lambda data: ENTRY.lower() in part_names(data),
    read=read_ofd,
    isolated=True,
    libraries=("lxml",),
)
