"""One change to a good report changes no other value: nothing is shifted, guessed or borrowed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.mutations import (
    FORMS,
    PAGE_LAYOUTS,
    TEXT_LAYOUTS,
    Mutation,
    change_digit,
    change_lines,
    change_piece,
    changed_elsewhere,
    insert,
    presented,
    source,
    truncate,
)

# The same examples in every run: a fuzzer with new ones is `python -m benchmarks.mutations`.
few = settings(max_examples=12, derandomize=True)


@pytest.mark.parametrize("layout", [*TEXT_LAYOUTS, *PAGE_LAYOUTS])
@given(seed=st.integers(0, 20), form=st.sampled_from(FORMS), data=st.data())
@few
def test_another_digit_changes_exactly_its_cell(layout, seed, form, data):
    original = source(seed, form, layout)
    key = data.draw(st.sampled_from(sorted(original.spans)))
    start, end = original.spans[key]
    at = data.draw(st.sampled_from([i for i in range(start, end) if original.text[i].isdigit()]))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != original.text[at]]))
    mutation = Mutation("digit", at, at + 1, digit)

    text = mutation.apply(original.text)
    after = presented(text)

    printed = text[start:end]
    before = {other: cell.value for other, cell in original.cells.items() if other != key}
    assert {other: cell.value for other, cell in after.items() if other != key} == before
    if printed.lstrip("-").startswith("0") and printed.lstrip("-")[1:2].isdigit():
        assert key not in after  # `07` is no number that an office prints
    else:
        assert after[key].value == Decimal(printed)


@pytest.mark.parametrize("mutate", [change_digit, change_piece, insert, change_lines, truncate])
@given(seed=st.integers(0, 20), form=st.sampled_from(FORMS), data=st.data())
@few
def test_a_change_outside_a_cell_gives_it_no_other_value(mutate, seed, form, data):
    layout = data.draw(st.sampled_from([*TEXT_LAYOUTS, *PAGE_LAYOUTS]))
    original = source(seed, form, layout)
    mutation = mutate(data.draw(st.randoms(use_true_random=False)), original.text)
    assert changed_elsewhere(original, mutation) == []
