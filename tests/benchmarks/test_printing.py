"""Real programs print a generated report; what they make is the format asked for."""

from __future__ import annotations

import pytest

from benchmarks.generator import generate
from benchmarks.generator.printing import PRINTINGS

MAGIC = {"pdf": b"%PDF", "docx": b"PK", "odt": b"PK", "doc": b"\xd0\xcf\x11\xe0", "rtf": b"{\\rtf"}


@pytest.mark.parametrize("name", ["pdf_chromium", "docx"])
def test_a_report_is_printed_with_its_truth(name, printed):
    printing = PRINTINGS[name]
    (report,) = printed(printing, [(1, "2021", ())])
    assert report.data.startswith(MAGIC[printing.suffix])
    assert report.truth == generate(1, "2021", printing.layout).truth
    assert report.layout == name
