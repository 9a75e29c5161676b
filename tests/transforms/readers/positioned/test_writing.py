from __future__ import annotations

import pytest

from tests.transforms.readers.positioned.pages import glyphs
from transforms.readers.positioned.page import Run
from transforms.readers.positioned.writing import cell_text, lines_of, plain


def column(*lines: str, left: float = 2.0, pitch: float = 12.0) -> list[Run]:
    return [run for at, text in enumerate(lines) for run in glyphs(text, left, 10 + at * pitch)]


def test_digits_that_a_narrow_cell_breaks_are_one_number():
    assert cell_text(column("1018", "5025"), 24) == "10185025"


def test_digits_on_lines_with_room_left_are_two_numbers():
    assert cell_text(column("10", "25"), 60) == "10 25"
    assert cell_text(column("10", "25", left=25), 60) == "10 25"


def test_a_label_is_joined_without_blanks_over_its_lines():
    assert cell_text(column("（四）无", "法提供"), 44) == "（四）无法提供"


@pytest.mark.parametrize(("gap", "text"), [(0, "12"), (1, "12"), (8, "1 2")])
def test_a_gap_between_digits_is_a_blank(gap, text):
    runs = [Run("1", 0, 10, 5, 10), Run("2", 5 + gap, 10, 5, 10)]
    assert cell_text(runs, 100) == text


def test_the_same_glyph_printed_twice_to_look_bold_is_one():
    runs = [Run("7", 0, 10, 5, 10), Run("7", 0.3, 10, 5, 10), Run("7", 5, 10, 5, 10)]
    assert cell_text(runs, 100) == "77"


def test_glyphs_may_stand_in_any_order():
    assert cell_text(glyphs("12345", 0, 10)[::-1], 100) == "12345"


def test_turned_text_is_read_along_its_own_line():
    assert cell_text(glyphs("本年度", 10, 40, turn=3), 20) == "本年度"
    assert cell_text(glyphs("本年度", 10, 40, turn=1), 20) == "本年度"


def test_upright_glyphs_in_columns_are_read_down_and_from_the_right():
    right = [Run(c, 20, 10 + 11 * i, 10, 10) for i, c in enumerate("办理结")]
    left = [Run(c, 5, 10 + 11 * i, 10, 10) for i, c in enumerate("果")]
    assert cell_text([*right, *left], 40) == "办理结果"


def test_radicals_are_the_ideographs_they_stand_for():
    assert plain("⼀、⼈数①") == "一、人数①"


def test_a_raised_glyph_stays_in_its_line():
    runs = [*glyphs("万元", 0, 20), Run("2", 20, 16, 3, 6)]
    assert len(lines_of(runs)) == 1 or lines_of(runs)[-1].text == "万元"
