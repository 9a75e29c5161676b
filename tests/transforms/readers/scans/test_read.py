"""Pages come out upright, whichever way they were scanned."""

from __future__ import annotations

import numpy as np
import pytest

from tests.transforms.readers.scans.drawing import grid, paper, write
from transforms.readers.scans.read import read_pages


def page():
    drawn = grid(paper(), [150, 450, 1050], range(200, 801, 60))
    for row in range(10):
        write(drawn, "Report of the year", 470, 240 + 60 * row)
        write(drawn, str(37 * row), 250, 240 + 60 * row)
    return drawn


@pytest.mark.parametrize("turns", [0, 1, 2])
def test_a_turned_page_is_turned_back(turns):
    (read,) = read_pages([(1, np.rot90(page(), turns))])
    assert [run.text for run in read.runs if run.text.isdigit()] == [
        str(37 * row) for row in range(10)
    ]
    assert read.height > read.width


def test_specks_and_scraps_hold_no_page():
    assert list(read_pages([(1, np.full((90, 90), 255, np.uint8)), (2, paper())])) == []
