from __future__ import annotations

from tests.transforms.readers.positioned.pages import across, down, mesh
from transforms.readers.positioned.areas import Area, areas_of
from transforms.readers.positioned.edges import edges_of
from transforms.readers.positioned.page import Rule


def areas(rules: list[Rule]) -> list[Area]:
    return areas_of(*edges_of(rules))[0]


def cells(area: Area) -> list[tuple[int, int, int, int]]:
    return [(c.row, c.column, c.row_span, c.column_span) for c in area.cells]


def test_a_mesh_is_cut_into_its_tiles():
    (area,) = areas(mesh([0, 50, 100], [0, 20, 40]))
    assert cells(area) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_a_missing_rule_makes_a_span():
    rules = [
        *(across(0, 100, y) for y in (0, 60)),
        across(50, 100, 20),
        across(0, 100, 40),
        *(down(x, 0, 60) for x in (0, 50, 100)),
        down(75, 20, 60),
    ]
    (area,) = areas(rules)
    assert cells(area) == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1),
        (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1),
    ]  # fmt: skip


def test_a_row_that_the_page_cuts_open_is_closed():
    rules = [across(0, 100, 0), across(0, 100, 20), *(down(x, 0, 50) for x in (0, 50, 100))]
    (area,) = areas(rules)
    assert area.ys[-1] == 50
    assert len(area.cells) == 4


def test_a_table_open_at_its_sides_has_its_outer_columns():
    (area,) = areas([*(across(0, 100, y) for y in (0, 20, 40)), down(50, 0, 40)])
    assert len(area.cells) == 4


def test_tables_that_do_not_touch_are_two_and_the_inner_one_comes_first():
    outer = mesh([0, 300, 500], [0, 300])
    inner = mesh([20, 60, 100], [50, 90])
    found = areas([*outer, *inner])
    assert [len(area.cells) for area in found] == [2, 2]
    assert found[0].cell_at(30, 60) is not None


def test_a_frame_and_an_underline_are_no_table():
    assert areas([*mesh([0, 500], [0, 700]), across(100, 200, 50)]) == []


def test_a_rule_that_crosses_nothing_bounds_a_label_beside_all_rows():
    rules = mesh([30, 60, 90], [0, 20, 40])
    (area,) = areas([*rules, down(0, 0, 40)])
    assert cells(area)[0] == (0, 0, 2, 1)


def test_borders_of_neighbours_with_a_gap_make_no_row_of_their_own():
    boxes = [mesh([0, 50], [0, 20]), mesh([54, 100], [0, 20]), mesh([0, 50], [24, 40]),
             mesh([54, 100], [24, 40])]  # fmt: skip
    rules = [rule for box in boxes for rule in box] + mesh([-4, 104], [-4, 44])
    (area,) = areas(rules)
    assert len(area.cells) == 4
