"""Body names -> sheet names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.report.sheets import sheet_names


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (["青石镇"], ["青石镇"]),
        (["甲/乙:丙"], ["甲_乙_丙"]),
        (["甲", "甲", "甲"], ["甲", "甲 (2)", "甲 (3)"]),
        (["A", "a"], ["A", "a (2)"]),
        (["'甲'"], ["甲"]),
        (["", "History"], ["_", "History (2)"]),
    ],
)
def test_names_are_safe_and_differ(wanted, expected):
    assert sheet_names(wanted) == expected


def test_a_long_name_keeps_its_number():
    assert sheet_names(["甲" * 40, "甲" * 41]) == ["甲" * 31, "甲" * 27 + " (2)"]


def test_a_taken_name_is_not_given_again():
    assert sheet_names(["总表"], taken=["总表"]) == ["总表 (2)"]


@given(st.lists(st.text(max_size=40), max_size=20))
def test_excel_takes_every_name(wanted):
    names = sheet_names(wanted)
    assert len({name.casefold() for name in names}) == len(wanted)
    for name in names:
        assert 0 < len(name.encode("utf-16-le", "surrogatepass")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
