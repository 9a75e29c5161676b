"""Image files become pixels within bounds that are checked before anything is decoded."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from transforms.document import UnreadableFileError
from transforms.readers.scans.pictures import MOST_PAGES, pictures_of


def saved(image, kind, **options):
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def refusal(data):
    with pytest.raises(UnreadableFileError) as caught:
        list(pictures_of(data))
    return caught.value.reason


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP"])
@pytest.mark.parametrize("mode", ["L", "RGB", "1"])
def test_every_format_gives_its_pixels(kind, mode):
    (pixels,) = pictures_of(saved(Image.new(mode, (30, 20), "white"), kind))
    assert pixels.shape[:2] == (20, 30)
    assert pixels.min() > 250


def test_a_tiff_has_pages():
    pages = [Image.new("L", (30, 20 + n)) for n in range(3)]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert [p.shape[0] for p in pictures_of(data)] == [20, 21, 22]


def test_what_is_transparent_is_paper():
    (pixels,) = pictures_of(saved(Image.new("RGBA", (5, 5), (0, 0, 0, 0)), "PNG"))
    assert pixels.min() == 255


def test_deep_grey_is_scaled():
    deep = Image.fromarray(np.full((4, 4), 60_000, np.uint16))
    (pixels,) = pictures_of(saved(deep, "PNG"))
    assert pixels.dtype == np.uint8
    assert pixels.min() == 255


def test_a_turned_photograph_is_turned_back():
    exif = Image.Exif()
    exif[0x0112] = 6
    (pixels,) = pictures_of(saved(Image.new("L", (30, 20)), "JPEG", exif=exif))
    assert pixels.shape == (30, 20)


def header(width, height):
    """A PNG that says how large it is and holds nothing."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    first = b"\0\0\0\r" + chunk + struct.pack(">I", zlib.crc32(chunk))
    return (
        b"\x89PNG\r\n\x1a\n" + first + bytes(4) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    )


@pytest.mark.parametrize("side", [9_400, 40_000])
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_bomb_is_refused_by_its_header(side):
    assert refusal(header(side, side)) == "picture_too_large"


def test_too_many_pages_are_refused():
    pages = [Image.new("1", (8, 8))] * (MOST_PAGES + 1)
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert refusal(data) == "too_many_pages"


def test_a_file_that_breaks_off_is_damaged():
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (200, 200), np.uint8))
    assert refusal(saved(noise, "PNG")[:5000]) == "damaged"
    assert refusal(b"\xff\xd8\xff" + bytes(50)) == "damaged"
