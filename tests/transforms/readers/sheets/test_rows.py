from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.readers.checks import check_places, grids, lines, places
from transforms.document import Document, UnreadableFileError
from transforms.readers.layout import Layout
from transforms.readers.sheets.rows import Sheet, add_sheet

TABLE = {(3, 0): "规章", (3, 1): "1", (4, 0): "许可", (5, 0): "处罚", (5, 1): "2"}


def document(texts, merged=(), drawn=()) -> Document:
    layout = Layout()
    layout.page = 2
    add_sheet(layout, Sheet(texts, merged, drawn))
    made = Document("0", "x/x", None, layout.text(), tuple(layout.blocks))
    check_places(made)
    return made


def test_what_stands_alone_around_a_table_is_a_line_and_within_it_a_row():
    found = document({(0, 0): "标题", (2, 0): "一、总体情况", **TABLE, (6, 0): "注：无"})
    assert lines(found) == ["标题", "一、总体情况", "注：无"]
    assert grids(found) == [[["规章", "1"], ["许可", ""], ["处罚", "2"]]]


def test_a_sentence_or_a_cell_across_the_table_is_a_line_between_its_parts():
    found = document({**TABLE, (4, 0): "以下为处罚情况。"})
    assert lines(found) == ["以下为处罚情况。"]
    wide = document({**TABLE, (4, 0): "第二项"}, [((4, 0), (4, 1))])
    assert (lines(wide), len(grids(wide))) == (["第二项"], 2)


def test_an_empty_row_ends_a_table():
    without = {place: text for place, text in TABLE.items() if place[0] != 4}
    assert grids(document(without | {(6, 0): "其他", (6, 1): "3"})) == [
        [["规章", "1"]],
        [["处罚", "2"], ["其他", "3"]],
    ]


def test_merged_cells_are_one_cell_with_spans_and_empty_ones_too():
    texts = {(0, 0): "组", (0, 1): "甲", (0, 2): "1", (1, 1): "乙", (2, 1): "丙", (2, 2): "3"}
    found = document(texts, [((0, 0), (2, 0)), ((0, 2), (1, 2)), ((9, 9), (9, 10))])
    assert places(found)["组"] == (0, 0, 3, 1)
    assert places(found)["1"] == (0, 2, 2, 1)
    assert grids(found) == [[["组", "甲", "1"], ["乙"], ["丙", "3"]]]
    empty = document(texts, [((1, 2), (1, 3)), ((0, 0), (2, 0))])
    assert [cell.column_span for cell in empty.blocks[0].cells if not cell.text] == [1]


def test_what_a_merged_cell_hides_is_not_shown():
    found = document({(0, 0): "甲", (0, 1): "9", (0, 2): "1"}, [((0, 0), (0, 1))])
    assert grids(found) == [[["甲", "1"]]]


def test_lines_in_a_cell_are_one_text_in_a_table_and_lines_outside():
    found = document({(0, 0): "甲\n乙 丙", (1, 0): "行政\n许可", (1, 1): "1\n2"})
    assert lines(found) == ["甲", "乙 丙"]
    assert grids(found) == [[["行政许可", "1 2"]]]


def test_the_page_is_the_sheet():
    found = document({(0, 0): "标题", **TABLE})
    assert {found.blocks[0].page, *(cell.page for cell in found.blocks[1].cells)} == {2}


def test_empty_cells_with_borders_belong_to_the_table():
    drawn = [(4, 1), (5, 2), (6, 0), (6, 1), (9, 0), (9, 1)]
    assert grids(document({**TABLE, (3, 2): "5"}, (), drawn)) == [
        [["规章", "1", "5"], ["许可", "", ""], ["处罚", "2", ""], ["", "", ""]]
    ]


def test_a_sheet_of_another_size_is_no_report():
    with pytest.raises(UnreadableFileError, match="too_complex"):
        document({(0, 0): "a", (0, 5): "b", (900_000, 0): "c"}, [((0, 0), (900_000, 1))])
    with pytest.raises(UnreadableFileError, match="too_complex"):
        document({(row, column): "1" for row in range(20) for column in (0, 16_000)})


small = st.integers(0, 6)
place = st.tuples(small, small)


@given(
    st.dictionaries(place, st.sampled_from(["一", "12", "说明。", " ", "a\nb"]), max_size=20),
    st.lists(st.tuples(place, place), max_size=6),
    st.lists(place, max_size=10),
)
def test_any_cells_and_ranges_give_a_sound_document(texts, merged, drawn):
    filled = {place: text for place, text in texts.items() if text.strip()}
    document(filled, merged, [place for place in drawn if place not in filled])
