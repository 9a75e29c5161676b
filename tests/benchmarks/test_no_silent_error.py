"""A slice of the accuracy run, small enough for every test run: nothing presented is wrong."""

from __future__ import annotations

import pytest

from benchmarks.accuracy import read_generated
from benchmarks.generator import LAYOUTS, sample

CLEAN_LEAST = 0.99


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_presented_is_wrong(layout):
    results = [read_generated(report) for report in sample(range(3), [layout])]
    wrong = [(r.seed, r.form, r.damages, w) for r in results for w in r.score.wrong]
    assert wrong == []
    for result in results:
        if not result.damages:
            assert result.score.share >= CLEAN_LEAST, (result.seed, result.form)


@pytest.mark.parametrize("seed", range(30, 42))
def test_nothing_presented_of_a_damaged_report_is_wrong(seed):
    results = [read_generated(r) for r in sample([seed], [*LAYOUTS][seed % 7 :: 7])]
    assert [(r.layout, r.form, r.damages, w) for r in results for w in r.score.wrong] == []
