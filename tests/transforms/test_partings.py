import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.partings import Partings, TooManyWaysError


def numbers(digits: str, ends: tuple[int, ...]) -> list[int]:
    starts = (0, *ends[:-1])
    return [int(digits[a:b]) for a, b in zip(starts, ends, strict=True)]


def test_as_many_digits_as_columns_leave_one_way():
    assert Partings("2000002", 7).ends() == [(1, 2, 3, 4, 5, 6, 7)]


def test_a_number_never_begins_with_zero():
    ways = [numbers("1002", ends) for ends in Partings("1002", 3).ends()]
    assert ways == [[10, 0, 2]]


def test_too_few_digits_leave_no_way():
    assert Partings("12", 3).ends() == []


def test_an_endless_search_is_given_up():
    with pytest.raises(TooManyWaysError):
        Partings("1" * 60, 15).ends()


@given(st.lists(st.integers(0, 99_999), min_size=1, max_size=5))
def test_the_true_parting_is_always_among_the_ways(values):
    digits = "".join(map(str, values))
    assert values in [numbers(digits, ends) for ends in Partings(digits, len(values)).ends()]


@given(st.lists(st.integers(0, 99), min_size=6, max_size=6))
def test_a_row_sum_keeps_the_true_parting(parts):
    row = [*parts, sum(parts)]
    digits = "".join(map(str, row))
    ways = Partings(digits, 7, [((6,), tuple(range(6)))]).ends()
    assert row in [numbers(digits, ends) for ends in ways]
    assert all(sum(n[:6]) == n[6] for n in (numbers(digits, ends) for ends in ways))
