"""An image file is read like any other: its ruled table becomes a grid, cells with confidence."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from tests.transforms.readers.scans.drawing import grid, paper, turned, write
from transforms.document import Grid, UnreadableFileError
from transforms.readers import read_document
from transforms.readers.image import recognises

NUMBERS = [["12", "305", ""], ["7", "0", "48"], ["1", "96", "2041"]]


def table():
    page = grid(paper(), [150, 450, 750, 1050], [200, 260, 320, 380])
    for row, numbers in enumerate(NUMBERS):
        for column, number in enumerate(numbers):
            write(page, number, 250 + 300 * column, 240 + 60 * row)
    return page


def saved(page, kind="PNG"):
    out = BytesIO()
    Image.fromarray(page).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("degrees", [0.0, -1.7])
def test_a_ruled_table_is_read_cell_by_cell(degrees):
    document = read_document(saved(turned(table(), degrees)), "scan.png")
    (found,) = (block for block in document.blocks if isinstance(block, Grid))
    assert [[cell.text for cell in row] for row in found.rows()] == NUMBERS
    assert sum(cell.confidence > 0.9 for cell in found.cells if cell.text) >= 6
    assert document.recognised_pages == (1,)


def test_a_page_without_writing_has_no_text():
    with pytest.raises(UnreadableFileError) as caught:
        read_document(saved(paper()), "empty.png")
    assert caught.value.reason == "no_text"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP"])
def test_formats_are_known_by_their_bytes(kind):
    assert recognises(saved(np.zeros((9, 9), np.uint8), kind))


@pytest.mark.parametrize(
    "data", [b"BM is short for benchmark, is it not?", b"%PDF-1.7", b"PK\x03\x04"]
)
def test_other_bytes_are_no_image(data):
    assert not recognises(data)
