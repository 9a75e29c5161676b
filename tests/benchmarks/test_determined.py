"""What run-together digits determine."""

from __future__ import annotations

import pytest

from benchmarks.generator.determined import (
    COUNT,
    DECIMAL,
    SIGNED,
    TooManyReadingsError,
    plain_split,
    solve_applications,
    solve_proceedings,
    splits,
    summed_splits,
)


def test_six_digits_for_three_counts_have_ten_readings():
    assert len([*splits("321557", [COUNT] * 3)]) == 10


def test_a_leading_zero_is_no_number():
    assert [*splits("1205", [COUNT] * 3)] == [("1", "20", "5"), ("12", "0", "5")]


def test_signs_and_points_belong_to_their_column():
    assert [*splits("63-30", [COUNT, SIGNED, COUNT])] == [("63", "-3", "0")]
    assert ("18", "49.5") in [*splits("1849.5", [COUNT, DECIMAL])]


def test_the_row_sum_leaves_one_reading():
    assert summed_splits("12300000123", 7) == [(123, 0, 0, 0, 0, 0, 123)]


def test_as_many_digits_as_cells_need_no_arithmetic():
    assert plain_split("2000002", 7) == (2, 0, 0, 0, 0, 0, 2)
    assert plain_split("12000012", 7) is None


def test_columns_decide_between_readings_of_a_row():
    rows = {
        "new_received": "111000012",
        "carried_in": "0000000",
        "granted": "1000001",
        "partially_granted": "0900009",
        "other": "0200002",
        "results_total": "111000012",
        "carried_out": "0000000",
    }
    assert len(summed_splits(rows["new_received"], 7)) > 1
    readings = solve_applications(rows, 7)
    assert readings["new_received"] == [(1, 11, 0, 0, 0, 0, 12)]


def test_a_broken_table_has_no_reading():
    rows = {"new_received": "1000002", "carried_in": "0000000"}
    assert solve_applications(rows, 7) == {"new_received": [], "carried_in": []}


def test_three_totals_cut_the_line_of_table_four():
    assert solve_proceedings("100010000000000", 3, 5) == [
        ((1, 0, 0, 0, 1), (0, 0, 0, 0, 0), (0, 0, 0, 0, 0))
    ]


def test_too_many_readings_are_not_listed(monkeypatch):
    monkeypatch.setattr("benchmarks.generator.determined.MOST_READINGS", 1)
    with pytest.raises(TooManyReadingsError):
        summed_splits("111000012", 7)
