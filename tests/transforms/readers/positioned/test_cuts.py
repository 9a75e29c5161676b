from __future__ import annotations

from tests.transforms.readers.checks import check_places, grids, places
from tests.transforms.readers.positioned.pages import (
    across,
    document,
    down,
    filled,
    glyphs,
    mesh,
    page,
)
from transforms.document import Grid

XS = [50.0, 150.0, 250.0, 350.0]
TOP = [100.0, 120.0, 140.0]
NEXT = [60.0, 80.0, 100.0]


def table(ys, texts, number, xs=XS):
    return page(filled(xs, ys, texts), mesh(xs, ys), number)


def test_parts_on_pages_in_a_row_are_one_table_whose_cells_know_their_page():
    found = document(
        table(TOP, [["甲", "1", "2"], ["乙", "3", "4"]], 1),
        table(NEXT, [["丙", "5", "6"], ["丁", "7", "8"]], 2),
    )
    check_places(found)
    (grid,) = found.blocks
    assert isinstance(grid, Grid)
    assert grids(found) == [
        [["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", "6"], ["丁", "7", "8"]]
    ]
    assert [cell.page for cell in grid.cells] == [1] * 6 + [2] * 6


def test_text_between_keeps_tables_apart():
    second = table(NEXT, [["丙", "5", "6"]], 2)
    second = page([*glyphs("三、标题", 50, 50), *second.runs], second.rules, 2)
    assert len(grids(document(table(TOP, [["甲", "1", "2"]], 1), second))) == 2


def test_a_header_printed_again_is_dropped():
    head = ["项目", "件数", "总计"]
    found = document(
        table(TOP, [head, ["甲", "1", "2"]], 1), table(NEXT, [head, ["乙", "3", "4"]], 2)
    )
    assert grids(found) == [[head, ["甲", "1", "2"], ["乙", "3", "4"]]]


def test_a_part_with_fewer_rules_keeps_its_columns():
    wide = [50.0, 250.0, 350.0]
    found = document(
        table(TOP, [["甲", "1", "2"], ["乙", "3", "4"]], 1),
        table(NEXT, [["合计", "6"]], 2, wide),
    )
    assert places(found)["合计"] == (2, 0, 1, 2)
    assert places(found)["6"] == (2, 2, 1, 1)


def test_a_row_cut_in_its_label_is_one_row():
    narrow = [50.0, 94.0, 150.0]
    first = page(
        [*filled(narrow, TOP, [["（三）可", "0"]]), *glyphs("（四）无", 52, 134)],
        mesh(narrow, TOP),
        1,
    )
    second = table(NEXT, [["法提供", "7"], ["（五）不", "8"]], 2, narrow)
    assert grids(document(first, second)) == [
        [["（三）可", "0"], ["（四）无法提供", "7"], ["（五）不", "8"]]
    ]


def test_rows_that_a_page_break_only_parts_stay_two():
    narrow = [50.0, 94.0, 150.0]
    found = document(
        table(TOP, [["规章规章", "1"], ["行政许可", "2"]], 1, narrow),
        table(NEXT, [["行政处罚", "3"], ["行政强制", "4"]], 2, narrow),
    )
    assert [row[1] for row in grids(found)[0]] == ["1", "2", "3", "4"]


def test_a_value_is_never_joined_to_a_header_above_the_cut():
    narrow = [50.0, 74.0, 98.0]
    found = document(
        table(TOP, [["其他", "总计"]], 1, narrow), table(NEXT, [["123", "4"]], 2, narrow)
    )
    assert ["123", "4"] in grids(found)[0]


def test_a_label_beside_many_rows_spans_the_cut():
    xs = [50.0, 80.0, 150.0, 200.0]

    def part(number, top, label, texts):
        ys = [top, top + 20, top + 40]
        rules = [
            *(across(xs[0], xs[-1], y) for y in (ys[0], ys[2])),
            across(xs[1], xs[-1], ys[1]),
            *(down(x, ys[0], ys[2]) for x in xs),
        ]
        runs = [*glyphs(label, 52, top + 14), *filled(xs[1:], ys, texts)]
        return page(runs, rules, number)

    found = document(
        part(1, 700, "结果", [["甲", "1"], ["乙", "2"]]),
        part(2, 60, "", [["丙", "3"], ["丁", "4"]]),
    )
    assert places(found)["结果"] == (0, 0, 4, 1)


def test_the_blank_half_of_a_cut_row_is_dropped():
    found = document(
        table([700.0, 720.0, 740.0], [["甲", "1", "2"], ["", "", ""]], 1),
        table(NEXT, [["乙", "3", "4"], ["丙", "5", "6"]], 2),
    )
    assert grids(found) == [[["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", "6"]]]


def test_lines_below_the_last_rule_of_a_page_belong_to_the_cell_above():
    narrow = [50.0, 94.0, 150.0]
    first = table([700.0, 720.0, 740.0], [["甲", "1"], ["（四）无", "2"]], 1, narrow)
    first = page([*first.runs, *glyphs("法提供", 52, 748)], first.rules, 1)
    found = document(first, table(NEXT, [["乙", "3"]], 2, narrow))
    assert grids(found)[0][1] == ["（四）无法提供", "2"]


def test_two_rows_of_numbers_in_narrow_cells_are_never_one():
    narrow = [50.0, 74.0, 88.0, 102.0]
    found = document(
        table(TOP, [["规章", "1", "2"]], 1, narrow),
        table(NEXT, [["许可", "3", "4"]], 2, narrow),
    )
    assert [row for row in grids(found)[0] if row[1]] == [["规章", "1", "2"], ["许可", "3", "4"]]
