"""A scanned report is read without a wrong value, from whichever file it lies in."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from benchmarks.generator.printing import PRINTINGS
from benchmarks.generator.scanned import SCANNINGS, WEARS, as_tiff, scan, scan_reports
from benchmarks.scoring import score
from transforms.extract import extract


def test_every_scanning_names_what_there_is():
    assert {s.printing for s in SCANNINGS.values()} <= PRINTINGS.keys()
    assert {s.wear for s in SCANNINGS.values()} <= WEARS.keys()


@pytest.mark.parametrize("name", ["scan_150"])
def test_a_scanned_report_is_read(name):
    (report,) = scan_reports(SCANNINGS[name], [(1, "2021", ())])
    result = score(report.truth, report.identity, extract(report.data, report.name))
    assert result.wrong == []
    assert result.share > 0.85


def test_wear_is_the_same_for_the_same_seed():
    (report,) = scan_reports(SCANNINGS["scan_150"], [(1, "2021", ())])
    first, again = (scan(report.data, WEARS["copy_150"], Random(3))[:1] for _ in range(2))
    assert np.array_equal(first, again)
    assert as_tiff(first, WEARS["copy_150"]).startswith(b"II*\0")
