"""PDF with a text layer -> Document, from the places of glyphs and ruling lines.

A page that is a picture, or whose fonts do not say which characters they show, is handed to
pdfium/unread.py; what cannot be read there is said of the Document, never left out in silence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from transforms.document import Document, UnreadableFileError
from transforms.readers.pdfium import Handle
from transforms.readers.pdfium.unread import recognised
from transforms.readers.positioned.build import lay_out
from transforms.readers.positioned.legible import FEW_GLYPHS, is_picture, is_unmapped
from transforms.readers.positioned.page import Page
from transforms.readers.reader import Reader

LARGEST_PAGES = 500  # an annual report has 3 to 60
LARGEST_GLYPHS = 500_000  # a report has 2,000 to 30,000

_HEAD = 1024  # bytes among which the mark stands


@dataclass(frozen=True, slots=True)
class _Unread:
    number: int
    reason: str


def read_pdf(data: bytes, document_id: str) -> Document:
    """Read a PDF.

    Raises UnreadableFileError: `encrypted`, `damaged`, `too_complex`, `scanned_pdf`,
    `unmapped_font`, `recogniser_missing`.
    """
    pdf = _opened(data)
    try:
        pages, unread = _pages(pdf)
        pages, missing = _completed(pdf, pages, unread)
        seen = {page.number for page in unread} - {*missing}
    finally:
        pdf.close()
    layout = lay_out(sorted(pages, key=lambda page: page.number))
    return replace(
        layout.document(document_id, READER.media_type),
        placed=True,
        recognised_pages=tuple(sorted(seen)),
        unread_pages=missing,
    )


def pages_of(data: bytes) -> list[Page]:
    """The pages whose text can be read, before they are laid out. Raises as `read_pdf` does."""
    pdf = _opened(data)
    try:
        return _pages(pdf)[0]
    finally:
        pdf.close()


def _opened(data: bytes) -> Handle:
    import pypdfium2  # noqa: PLC0415  (takes long to load)
    import pypdfium2.raw  # noqa: PLC0415

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY)
        reason = "encrypted" if error.err_code in locked else "damaged"
        raise UnreadableFileError(reason, error=error) from error
    if len(pdf) > LARGEST_PAGES:
        pdf.close()
        raise UnreadableFileError("too_complex", limit=LARGEST_PAGES)
    return pdf


def _pages(pdf: Handle) -> tuple[list[Page], list[_Unread]]:
    """The pages with text that can be read, and the numbers of those without."""
    pages: list[Page] = []
    unread: list[_Unread] = []
    glyphs = 0
    for number in range(1, len(pdf) + 1):
        page, reason = _page_or_damage(pdf, number)
        if page is None or reason:
            unread.append(_Unread(number, reason or "damaged"))
        else:
            pages.append(page)
            glyphs += len(page.runs)
            if glyphs > LARGEST_GLYPHS:
                raise UnreadableFileError("too_complex", limit=LARGEST_GLYPHS)
    return pages, unread


def _page_or_damage(pdf: Handle, number: int) -> tuple[Page | None, str | None]:
    """The page, and why it cannot be read where it cannot; no page where pdfium opens none."""
    import pypdfium2  # noqa: PLC0415

    try:
        return _page(pdf, number)
    except pypdfium2.PdfiumError:
        return None, "damaged"


def _page(pdf: Handle, number: int) -> tuple[Page, str | None]:
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    from transforms.readers.pdfium.glyphs import runs_of  # noqa: PLC0415
    from transforms.readers.pdfium.paths import Drawing  # noqa: PLC0415

    source = pdf[number - 1]
    box = source.get_bbox()
    left, bottom, right, top = box
    drawing = Drawing(source.raw, box)
    text_page = source.get_textpage()
    count = pdfium.FPDFText_CountChars(text_page.raw)
    if count > LARGEST_GLYPHS:
        raise UnreadableFileError("too_complex", limit=LARGEST_GLYPHS)
    runs = runs_of(text_page.raw, count, box)
    text_page.close()
    source.close()
    page = Page(number, right - left, top - bottom, runs, drawing.rules)
    if is_picture(page, drawing.pictured, drawing.hidden_text > drawing.shown_text):
        return page, "scanned_pdf"
    return page, "unmapped_font" if is_unmapped(runs) else None


def _completed(
    pdf: Handle, pages: list[Page], unread: list[_Unread]
) -> tuple[list[Page], tuple[int, ...]]:
    """All pages, with the unread ones recognised; and the numbers of those that could not be."""
    missing: list[int] = []
    some_text = any(len(page.runs) >= FEW_GLYPHS for page in pages)
    for reason in sorted({page.reason for page in unread}):
        numbers = [page.number for page in unread if page.reason == reason]
        try:
            if reason == "damaged":
                raise UnreadableFileError(reason, error=f"page {numbers}")
            found = recognised(pdf, numbers, reason)
            pages = [*pages, *found]
            missing += {*numbers} - {page.number for page in found}
        except UnreadableFileError:
            if not some_text:
                raise
            missing += numbers
    return pages, tuple(sorted(missing))


READER = Reader(
    name="PDF",
    media_type="application/pdf",
    recognises=lambda data: b"%PDF-" in data[:_HEAD],
    read=read_pdf,
    isolated=True,
    seconds=240,  # where 40 of its pages are pictures
    memory=4 << 30,
    libraries=("pypdfium2",),
)
