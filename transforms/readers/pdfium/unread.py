"""Pages whose text cannot be read as text -> pages of recognised text, or why there are none."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.document import UnreadableFileError
from transforms.readers.pdfium import Handle
from transforms.readers.positioned.page import Page


def recognised(pdf: Handle, numbers: Sequence[int], reason: str) -> list[Page]:
    """The pages of these numbers (1-based), read from their pictures.

    `pdf` is a pypdfium2.PdfDocument. Raises UnreadableFileError with `reason`: `scanned_pdf` for
    pages that are pictures, `unmapped_font` for pages whose fonts do not say what is written.
    """
    del pdf
    raise UnreadableFileError(reason, pages=_listed(numbers))


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
