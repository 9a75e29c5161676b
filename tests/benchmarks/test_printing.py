"""Real programs print a generated report; what they make is the format asked for."""

from __future__ import annotations

import pytest

from benchmarks.generator import generate
from benchmarks.generator.printing import PRINTINGS, available, print_reports

MAGIC = {"pdf": b"%PDF", "docx": b"PK", "odt": b"PK", "doc": b"\xd0\xcf\x11\xe0", "rtf": b"{\\rtf"}


def test_every_format_has_its_program_here():
    """See .ci/install; without the programs `make accuracy` leaves their formats out."""
    assert [p.name for p in PRINTINGS.values() if not available(p)] == []


@pytest.mark.parametrize("name", ["pdf_chromium", "docx"])
def test_a_report_is_printed_with_its_truth(name):
    printing = PRINTINGS[name]
    (report,) = print_reports(printing, [(1, "2021", ())])
    assert report.data.startswith(MAGIC[printing.suffix])
    assert report.truth == generate(1, "2021", printing.layout).truth
    assert report.layout == name
