from __future__ import annotations

from tests.transforms.readers.checks import check_places, grids
from tests.transforms.readers.positioned.pages import across, document, filled, glyphs, mesh, page
from transforms.document import Grid


def test_a_number_wider_than_its_cell_stays_whole():
    xs, ys = [50.0, 150.0, 170.0, 190.0], [100.0, 120.0, 140.0]
    runs = [*filled(xs, ys, [["规章", "", "4"], ["许可", "", "6"]]), *glyphs("12345", 147, 114)]
    assert grids(document(page(runs, mesh(xs, ys))))[0][0] == ["规章", "12345", "4"]


def test_rows_without_a_rule_between_are_not_read_as_wrapped_numbers():
    xs, ys = [50.0, 150.0, 164.0, 178.0], [100.0, 120.0, 145.0]
    runs = filled(xs, ys, [["规章", "5", "6"], ["许可", "1", "2"]])
    for text, x in (("处罚", 52.0), ("3", 152.0), ("4", 166.0)):
        runs += glyphs(text, x, 144.0)
    assert grids(document(page(runs, mesh(xs, ys))))[0][1] == ["许可处罚", "1 3", "2 4"]


def test_columns_without_rules_are_seen_between_the_rules_of_rows():
    rows = [["项目", "本年", "上年"], ["规章", "1", "22"], ["行政许可", "333", "4"]]
    xs, ys = [50.0, 200.0, 300.0], [100.0, 120.0, 140.0, 160.0]
    rules = [across(50, 400, y) for y in ys]
    found = document(page(filled(xs, ys, rows), rules))
    check_places(found)
    assert grids(found) == [rows]
    assert not any(block.ruled for block in found.blocks if isinstance(block, Grid))


def test_underlines_are_no_table():
    runs = [run for y in (110, 130, 150) for run in glyphs("一年来公开信息若干条", 50, y)]
    assert grids(document(page(runs, [across(50, 150, y + 2) for y in (110, 130, 150)]))) == []
