"""PDF with a text layer -> Document, from the places of glyphs and ruling lines.

A page that is a picture, or whose fonts do not say which characters they show, is handed to
pdfium/unread.py; what cannot be read there is said of the Document, never left out in silence.
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.document import Document, UnreadableFileError
from transforms.readers.pdfium import Handle
from transforms.readers.pdfium.unread import recognised
from transforms.readers.positioned.build import lay_out
from transforms.readers.positioned.page import Page, Run
from transforms.readers.reader import Reader

LARGEST_PAGES = 500  # an annual report has 3 to 60
LARGEST_GLYPHS = 500_000  # a report has 2,000 to 30,000

_HEAD = 1024  # bytes among which the mark stands
_FEW_GLYPHS = 20  # a page number, a stamp: less is no page of text
_PICTURED = 0.3  # of a page that a picture covers where the page may be one
_WHOLE = 0.6  # of a page that a scan covers; text hidden over it was recognised, none knows how
_BAD_GLYPHS = 3
_BAD_SHARE = 0.02  # of a page's glyphs without a usable character
_BULLETS = range(0xF000, 0xF100)  # where Word's symbol fonts keep theirs
_PRIVATE = range(0xE000, 0xF900)
_LATIN_1 = range(0xC0, 0x100)  # letters; × and ÷ among them are few


@dataclass(frozen=True, slots=True)
class _Unread:
    number: int
    reason: str


def read_pdf(data: bytes, document_id: str) -> Document:
    """Read a PDF.

    Raises UnreadableFileError: `encrypted`, `damaged`, `too_complex`, `scanned_pdf`,
    `unmapped_font`.
    """
    pdf = _opened(data)
    try:
        pages, unread = _pages(pdf)
        pages, missing = _completed(pdf, pages, unread)
    finally:
        pdf.close()
    layout = lay_out(sorted(pages, key=lambda page: page.number))
    return Document(
        document_id=document_id,
        media_type=READER.media_type,
        encoding=None,
        text=layout.text(),
        blocks=tuple(layout.blocks),
        unread_pages=missing,
    )


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
        page, reason = _page(pdf, number)
        if reason:
            unread.append(_Unread(number, reason))
        else:
            pages.append(page)
            glyphs += len(page.runs)
            if glyphs > LARGEST_GLYPHS:
                raise UnreadableFileError("too_complex", limit=LARGEST_GLYPHS)
    return pages, unread


def _page(pdf: Handle, number: int) -> tuple[Page, str | None]:
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    from transforms.readers.pdfium.glyphs import runs_of  # noqa: PLC0415
    from transforms.readers.pdfium.paths import Drawing  # noqa: PLC0415

    source = pdf[number - 1]
    box = source.get_bbox()
    left, bottom, right, top = box
    drawing = Drawing(source, box)
    text_page = source.get_textpage()
    count = pdfium.FPDFText_CountChars(text_page)
    if count > LARGEST_GLYPHS:
        raise UnreadableFileError("too_complex", limit=LARGEST_GLYPHS)
    runs = runs_of(text_page, count, box)
    text_page.close()
    source.close()
    pictured = drawing.pictured / ((right - left) * (top - bottom) or 1.0)
    hidden = drawing.hidden_text > drawing.shown_text and pictured > _WHOLE
    page = Page(number, right - left, top - bottom, runs, drawing.rules)
    if hidden or (len(runs) < _FEW_GLYPHS and pictured > _PICTURED):
        return page, "scanned_pdf"
    return page, "unmapped_font" if _is_unmapped(runs) else None


def _is_unmapped(runs: list[Run]) -> bool:
    """Whether fonts did not say which characters they show: private or Latin-1 ones among Chinese,
    or none."""
    bad = sum(_is_bad(ord(run.text[0])) for run in runs)
    return bad >= _BAD_GLYPHS and bad >= _BAD_SHARE * len(runs)


def _is_bad(code: int) -> bool:
    return (
        code in (0xFFFD, 0xFFFF)
        or (code in _PRIVATE and code not in _BULLETS)
        or code in _LATIN_1
        or code >= 0xF0000
    )


def _completed(
    pdf: Handle, pages: list[Page], unread: list[_Unread]
) -> tuple[list[Page], tuple[int, ...]]:
    """All pages, with the unread ones recognised; and the numbers of those that could not be."""
    missing: list[int] = []
    some_text = any(len(page.runs) >= _FEW_GLYPHS for page in pages)
    for reason in sorted({page.reason for page in unread}):
        numbers = [page.number for page in unread if page.reason == reason]
        try:
            pages = [*pages, *recognised(pdf, numbers, reason)]
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
    libraries=("pypdfium2",),
)
