from __future__ import annotations

import pytest

from tests.transforms.readers.positioned.pages import across, down
from transforms.document import UnreadableFileError
from transforms.readers.positioned import edges
from transforms.readers.positioned.edges import Edge, edges_of
from transforms.readers.positioned.page import Rule


def test_a_thin_box_is_one_rule_whichever_way_it_lies():
    horizontal, vertical = edges_of([Rule(10, 20, 110, 21), Rule(10, 20, 12, 90)])
    assert horizontal == [Edge(20.5, 10, 110)]
    assert vertical == [Edge(11, 20, 90)]


def test_pieces_drawn_cell_by_cell_and_double_lines_are_one_rule():
    horizontal, _ = edges_of([across(0, 50, 10), across(51, 100, 10.4), across(0, 100, 12)])
    assert [(round(edge.start), round(edge.end)) for edge in horizontal] == [(0, 100)]


def test_rules_on_one_height_with_a_gap_stay_two():
    assert len(edges_of([across(0, 50, 10), across(80, 100, 10)])[0]) == 2


def test_dots_in_a_row_are_a_rule_and_a_few_are_not():
    dots = [Rule(x, 10, x + 1, 11) for x in range(0, 60, 2)]
    horizontal, vertical = edges_of(dots)
    assert horizontal == [Edge(10, 0, 59)]
    assert vertical == []
    assert edges_of(dots[:3]) == ([], [])


def test_a_filled_area_is_no_rule():
    assert edges_of([Rule(0, 0, 100, 60), Rule(0, 0, 8, 7)]) == ([], [])


def test_more_rules_than_any_page_has_are_refused(monkeypatch):
    monkeypatch.setattr(edges, "_MOST_EDGES", 3)
    with pytest.raises(UnreadableFileError, match="too_complex"):
        edges_of([down(x, 0, 50) for x in range(0, 100, 10)])
