"""Pages whose text cannot be read as text -> pages of recognised text, or why there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from transforms.document import UnreadableFileError
from transforms.readers import install_command, library_version
from transforms.readers.image import OCR_EXTRA, OCR_LIBRARIES
from transforms.readers.pdfium import Handle
from transforms.readers.positioned.page import Page

MOST_PAGES = 40  # of one file that are recognised; each takes 1 to 2 seconds
_POINTS = 72  # an inch
_FINEST, _COARSEST = 300, 150  # px an inch at which pages are drawn
_FEW_PIXELS = 600  # px of a picture's side; a smaller one is a logo
_LONGEST_SIDE = 8_000  # px of a page however large it says it is


def recognised(pdf: Handle, numbers: Sequence[int], reason: str) -> list[Page]:
    """Those of the pages of these numbers (1-based) that can be read from their pictures.

    `pdf` is a pypdfium2.PdfDocument. Raises UnreadableFileError: `recogniser_missing`, and where
    there is no writing on any page `reason`: `scanned_pdf` for pages that are pictures,
    `unmapped_font` for pages whose fonts do not say what is written.
    """
    listed = ", ".join(map(str, numbers))
    if any(library_version(library) is None for library in OCR_LIBRARIES):
        command = install_command(OCR_EXTRA)
        raise UnreadableFileError("recogniser_missing", pages=listed, command=command)
    from transforms.readers.scans.read import read_pages  # noqa: PLC0415  (an extra)

    pages = list(read_pages(_pictures(pdf, numbers[:MOST_PAGES])))
    if not pages:
        raise UnreadableFileError(reason, pages=listed)
    return pages


def _pictures(pdf: Handle, numbers: Sequence[int]) -> Iterator[tuple[int, Any]]:
    """The pages as pixels, at the resolution of the picture on them."""
    from transforms.readers.scans.pictures import MOST_PIXELS  # noqa: PLC0415  (an extra)

    for number in numbers:
        page = pdf[number - 1]
        width, height = page.get_size()
        sizes = _picture_sizes(page)
        if any(across * down > MOST_PIXELS for across, down in sizes):
            continue
        finest = max(
            (max(size) / max(width, height) * _POINTS for size in sizes if min(size) > _FEW_PIXELS),
            default=_FINEST,
        )
        scale = min(max(finest, _COARSEST), _FINEST) / _POINTS
        scale = min(scale, _LONGEST_SIDE / max(width, height))
        yield number, page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3]
        page.close()


def _picture_sizes(page: Handle) -> list[tuple[int, int]]:
    """The pixels of each picture of a page, from their headers alone."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415

    return [picture.get_px_size() for picture in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE])]
