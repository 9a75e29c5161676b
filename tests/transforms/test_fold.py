import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.fold import clean, fold


@pytest.mark.parametrize(
    "seen",
    ["（二）部分公开", "(二) 部 分\n公开", "**（二）部分公开**", "<b>㈡</b>二部分公\u200b开："],
)
def test_width_spaces_markup_and_punctuation_do_not_part_labels(seen):
    assert fold(seen).endswith("部分公开")


def test_traditional_characters_of_labels_are_folded():
    assert fold("行政強製") == fold("行政强制")


def test_clean_keeps_digits_and_halves_their_width():
    assert clean("<b>１，２３４</b>\u200b ") == "1,234"


def test_a_line_break_in_a_cell_joins_no_digits():
    assert clean("1<br>2<BR/>") == "1 2"


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
