from hypothesis import given
from hypothesis import strategies as st

from transforms.squeeze import squeeze, squeeze_text


def test_blanks_markup_width_and_pinyin_are_gone():
    assert squeeze_text("**一、** 總　體 <b>情況</b>（１） 规(gui)章") == "一、总体情况(1)规章"


def test_a_blank_between_two_numbers_stays():
    assert squeeze_text("2021-01-30 10:45") == "2021-01-30 10:45"


@given(st.text(alphabet="一二 \n\t*1０（）ab　", max_size=60))
def test_every_character_leads_back_to_the_source(source):
    squeezed = squeeze(source)
    assert len(squeezed.text) == len(squeezed.offsets)
    assert squeezed.offsets == sorted(set(squeezed.offsets))
    for character, offset in zip(squeezed.text, squeezed.offsets, strict=True):
        assert squeeze_text(source[offset]) in {character, ""}
