from __future__ import annotations

from tests.transforms.readers.checks import check_places, grids, lines
from tests.transforms.readers.positioned.pages import document, glyphs, page
from transforms.document import Grid


def test_full_lines_go_on_and_indents_begin_anew():
    found = document(
        page(
            [
                *glyphs("一年来本镇公开信息十二条受理申请三件", 120, 200),
                *glyphs("均已按时答复当事人满意没有提起复议诉讼者", 100, 220),
                *glyphs("完。", 100, 240),
                *glyphs("另一段。", 120, 260),
            ]
        )
    )
    assert [len(text) for text in lines(found)] == [18 + 20 + 2, 4]


def test_columns_without_rules_are_an_unruled_grid_with_blanks_kept():
    rows = [("规章", "1", "2", "3"), ("许可", "4", "", "6"), ("处罚", "7", "8", "9")]
    runs = [
        run
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
        for run in glyphs(text, 100 + 80 * column, 200 + 20 * at)
    ]
    found = document(page(runs))
    check_places(found)
    assert grids(found) == [[list(row) for row in rows]]
    assert all(not block.ruled for block in found.blocks if isinstance(block, Grid))


def test_a_line_with_gaps_alone_is_text():
    assert lines(document(page(glyphs("年    度    报    告", 100, 200)))) == ["年 度 报 告"]


def test_a_line_without_its_label_gets_no_blank_in_the_place_of_the_label():
    rows = [("规章", "1", "2", "3"), ("许可", "4", "5", "6"), ("处罚", "7", "8", "9")]
    runs = [
        run
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
        if at != 1 or column != 0
        for run in glyphs(text, 100 + 80 * column, 200 + 20 * at)
    ]
    assert grids(document(page(runs)))[0][1] == ["4", "5", "6"]


def test_halves_of_a_wrapped_number_leave_no_number_in_their_row():
    row = [glyphs(text, 100 + 40 * at, 200) for at, text in enumerate(("1", "4", "65", "0"))]
    runs = [run for cell in row for run in cell]
    runs += [*glyphs("7", 180, 193), *glyphs("1", 180, 207)]
    (line,) = grids(document(page(runs)))[0]
    assert line[0] == "1"
    assert sorted(len(text.split()) for text in line) == [1, 1, 1, 3]
