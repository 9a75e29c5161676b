"""Pages come out level, evenly lit and without coloured ink, at a known scale."""

from __future__ import annotations

import numpy as np
import pytest

from tests.transforms.readers.scans.drawing import grid, paper, turned
from transforms.readers.scans.straighten import grey_of, px_per_inch, straighten


@pytest.mark.parametrize("degrees", [-2.6, -0.4, 0.0, 1.3, 3.0])
def test_a_page_askew_is_set_straight(degrees):
    page = turned(grid(paper(), range(150, 1101, 190), range(200, 1401, 60)), degrees)
    _, angle = straighten(grey_of(page))
    assert angle == pytest.approx(-degrees, abs=0.06)


def test_a_shadow_becomes_paper():
    page = paper() - np.linspace(0, 60, 1240, dtype=np.uint8)[None, :]
    assert grey_of(page).min() > 230


def test_red_ink_is_taken_out_and_black_stays():
    page = np.dstack([paper()] * 3)
    page[300:340, 300:900] = (215, 40, 40)
    page[600:610, 300:900] = 0
    grey = grey_of(page)
    assert grey[320, 500] > 200
    assert grey[605, 500] < 60


@pytest.mark.parametrize(
    ("shape", "inches"), [((3508, 2480), 8.27), ((2480, 3508), 11.69), ((9000, 1240), 8.27)]
)
def test_scale_is_that_of_a_sheet_upright_across_or_of_a_strip(shape, inches):
    assert px_per_inch(np.zeros(shape, np.uint8)) == pytest.approx(shape[1] / inches, rel=0.01)


def test_a_coarse_and_a_very_fine_picture_are_brought_to_scale():
    assert grey_of(paper()[::2, ::2]).shape == (1755, 1240)
    assert min(grey_of(np.full((7016, 4960), 255, np.uint8)).shape) == 2481
