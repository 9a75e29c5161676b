"""Bytes of an image file -> its pictures, each a page, within bounds that the header must keep."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from transforms.document import UnreadableFileError

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 80_000_000  # of one picture; A3 at 600 dpi has 70,000,000
MOST_PAGES = 40
_FORMATS = ("JPEG", "PNG", "TIFF", "BMP")


def pictures_of(data: bytes) -> Iterator[NDArray[np.uint8]]:
    """The pictures, grey or RGB, turned as the camera says.

    Raises UnreadableFileError: `damaged`, `picture_too_large`, `too_many_pages`.
    """
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            count = getattr(image, "n_frames", 1)
            if count > MOST_PAGES:
                raise UnreadableFileError("too_many_pages", pages=count, limit=MOST_PAGES)
            for number in range(count):
                image.seek(number)
                check_size(*image.size)
                yield _pixels(image)
    except Image.DecompressionBombError as error:
        raise UnreadableFileError("picture_too_large", size="?", limit=MOST_PIXELS) from error
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError) as error:
        raise UnreadableFileError("damaged", error=error) from error


def check_size(width: int, height: int) -> None:
    """Refuse a picture that is too large to be decoded. Raises UnreadableFileError."""
    if width * height > MOST_PIXELS:
        raise UnreadableFileError(
            "picture_too_large", size=f"{width} × {height}", limit=MOST_PIXELS
        )


def _pixels(image: Image) -> NDArray[np.uint8]:
    from PIL import Image, ImageOps  # noqa: PLC0415

    turned = ImageOps.exif_transpose(image)
    if turned.mode in ("LA", "PA", "RGBA") or "transparency" in turned.info:
        paper = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(paper, turned.convert("RGBA"))
    if turned.mode.startswith("I;16") or turned.mode in ("I", "F"):
        deep = np.asarray(turned, dtype=np.float64)
        return np.asarray(deep / max(deep.max(), 1) * 255, dtype=np.uint8)
    grey = turned.mode in ("1", "L")
    return np.asarray(turned.convert("L" if grey else "RGB"), dtype=np.uint8)
