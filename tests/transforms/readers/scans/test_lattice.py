"""Ruling lines of a page become tables; writing does not."""

from __future__ import annotations

from tests.transforms.readers.scans.drawing import INCH, grid, paper, rule, write
from transforms.readers.scans.lattice import find_tables
from transforms.readers.scans.rules import find_rules

XS, YS = [150, 450, 700, 950], [200, 260, 320, 380]


def tables(page):
    return find_tables(find_rules(page), INCH)


def spans(table):
    return {
        (cell.row, cell.column): (cell.row_span, cell.column_span)
        for cell in table.cells
        if (cell.row_span, cell.column_span) != (1, 1)
    }


def test_every_cell_of_a_grid_is_found():
    (table,) = tables(grid(paper(), XS, YS))
    assert len(table.cells) == 9
    assert not any(cell.doubtful for cell in table.cells)


def test_a_cell_without_a_rule_inside_spans_columns_and_rows():
    page = grid(paper(), XS, YS)
    page[203:258, 440:460] = 255  # the rule between two cells of the first row
    page[255:265, 703:948] = 255  # and one between two rows of the last column
    (table,) = tables(page)
    assert spans(table) == {(0, 0): (1, 2), (0, 2): (2, 1)}


def test_half_a_rule_makes_its_neighbours_doubtful():
    page = grid(paper(), XS, YS)
    page[262:280, 440:460] = 255
    (table,) = tables(page)
    assert {(c.row, c.column) for c in table.cells if c.doubtful} == {(1, 0), (1, 1)}


def test_hairlines_and_dots_are_rules():
    page = paper()
    for x in XS:
        rule(page, (x, YS[0]), (x, YS[-1]), 1, 200)
    for y in YS:
        page[y : y + 2, XS[0] : XS[-1] : 4] = 0
        page[y : y + 2, XS[0] + 1 : XS[-1] : 4] = 0
    (table,) = tables(page)
    assert len(table.cells) == 9


def test_a_table_that_the_page_cuts_is_closed():
    page = grid(paper(), XS, YS)
    page[376:, :] = 255
    (table,) = tables(page)
    assert len(table.cells) == 9


def test_writing_is_no_table():
    page = paper()
    for line in range(10):
        write(page, "EFHTL-EFHTL-EFHTL-TTTTEEEE", 150, 200 + 40 * line, 1.4)
    assert tables(page) == []


def test_strokes_of_wide_numbers_part_no_row():
    page = grid(paper(), XS, [200, 247, 294, 341])
    for y in (236, 283, 330):
        write(page, "7223227722", 470, y)
    (table,) = tables(page)
    assert len(table.cells) == 9


def test_a_table_without_rules_at_its_sides_is_closed():
    page = grid(paper(), XS, YS)
    page[:, 145:155] = page[:, 945:955] = 255
    (table,) = tables(page)
    assert len(table.cells) == 9


def test_rules_between_rows_alone_are_no_table():
    page = paper()
    for y in YS:
        rule(page, (XS[0], y), (XS[-1], y))
    assert tables(page) == []
