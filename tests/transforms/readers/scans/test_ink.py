"""What stands in a cell is found line by line; a cell is only empty when nothing could be there."""

from __future__ import annotations

import cv2
import numpy as np

from tests.transforms.readers.scans.drawing import INCH, paper, write
from transforms.readers.scans.ink import writing_in
from transforms.readers.scans.lattice import Box

CELL = Box(100, 100, 400, 200)


def writing(drawn, *, page=False):
    return writing_in(drawn, np.zeros_like(drawn), CELL, INCH, 0.0, page=page)


def test_paper_is_empty():
    found = writing(paper())
    assert (found.lines, found.faint) == ((), False)


def test_dust_alone_is_empty():
    page = paper()
    page[140:142, 200:202] = 0
    found = writing(page)
    assert (found.lines, found.faint) == ((), False)


def test_a_pale_mark_is_no_blank():
    page = paper()
    cv2.putText(page, "7", (200, 150), cv2.FONT_HERSHEY_DUPLEX, 0.8, 215, 2)
    assert writing(page).faint


def test_dust_beside_a_number_is_wiped_and_a_point_stays():
    page = write(paper(), "1.5", 200, 150)
    page[180:182, 120:122] = 0
    (line,) = writing(page).lines
    assert len(line.blots) == 3
    assert line.box.left > 190


def test_lines_one_under_the_other_are_parted():
    page = write(write(paper(), "12", 200, 140), "34", 200, 175)
    assert len(writing(page).lines) == 2


def test_ink_that_runs_into_the_edge_is_clipped():
    (line,) = writing(write(paper(), "888", 380, 150)).lines
    assert line.clipped


def test_columns_without_rules_are_parted_on_a_page():
    drawn = write(write(paper(), "12", 120, 150), "34", 330, 150)
    assert len(writing(drawn).lines) == 1
    assert len(writing(drawn, page=True).lines) == 2
