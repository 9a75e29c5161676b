"""A number is beyond doubt only where three models and the pieces of ink tell the same."""

from __future__ import annotations

import numpy as np
import pytest

from tests.transforms.readers.scans.drawing import INCH, paper, write
from transforms.readers.scans.ink import writing_in
from transforms.readers.scans.lattice import Box
from transforms.readers.scans.reading import agreed, may_be_number, read_cells
from transforms.readers.scans.recogniser import Recognised

CELL = Box(100, 100, 400, 200)


def line(page):
    (found,) = writing_in(page, np.zeros_like(page), CELL, INCH, 0.0).lines
    return found


def written(text):
    return line(write(paper(), text, 200, 150))


def read(*texts, sure=0.99):
    return [Recognised(text, (sure,) * len(text)) for text in texts]


@pytest.mark.parametrize("text", ["0", "7", "11", "1204", "38.5", "1,204", "-6"])
def test_a_number_that_all_read_and_the_ink_fits_is_sure(text):
    assert agreed(read(text, text, text), written(text)) == (text, pytest.approx(0.99))


@pytest.mark.parametrize(
    ("ink", "texts"),
    [
        ("12", ("12", "12", "17")),  # one model differs
        ("112", ("12", "12", "12")),  # a digit was lost
        ("12", ("112", "112", "112")),  # or doubled
        ("12", ("1.2", "1.2", "1.2")),  # a point that is not there
        ("1.2", ("12", "12", "12")),  # or was not read
        ("0", ("O", "O", "O")),  # no number
    ],
)
def test_anything_else_is_in_doubt(ink, texts):
    assert agreed(read(*texts), written(ink)).confidence == 0.0


def test_an_unsure_model_is_a_doubt():
    assert agreed([*read("5", "5"), *read("5", sure=0.4)], written("5")).confidence == 0.0


def test_a_slash_is_never_the_number_one():
    page = paper()
    for step in range(24):
        page[150 - step, 200 + step // 2 : 203 + step // 2] = 0
    assert agreed(read("1", "1", "1"), line(page)).confidence == 0.0
    assert agreed(read("1", "/", "/"), line(page)) == ("/", 1.0)


def test_a_flat_stroke_is_a_dash_and_not_the_numeral_one():
    page = paper()
    page[140:143, 200:224] = 0
    assert agreed(read("1", "一", "-"), line(page)) == ("—", 1.0)


def test_numbers_far_apart_are_not_one():
    page = write(write(paper(), "3", 160, 150), "5", 300, 150)
    assert agreed(read("35", "35", "35"), line(page)).confidence == 0.0


@pytest.mark.parametrize(("text", "expected"), [("12", True), ("0", True), ("行政许可", False)])
def test_words_are_told_from_numbers(text, expected):
    assert may_be_number(text) is expected


def test_drawn_numbers_are_read():
    lines = [written(text) for text in ("204", "7", "36.5")]
    assert [(one.text, one.confidence > 0.9) for one in read_cells(lines)] == [
        ("204", True),
        ("7", True),
        ("36.5", True),
    ]
