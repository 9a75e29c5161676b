"""Reports printed by real programs, and the same pages as OFD: every cell, and none wrong."""

from __future__ import annotations

import pytest

from benchmarks.generator.model import Generated
from benchmarks.generator.printing import PRINTINGS
from benchmarks.scoring import score
from tests.transforms.readers.ofd_files import Ways, ofd
from transforms.extract import extract
from transforms.readers.pdf import pages_of


def check(report: Generated, data: bytes) -> None:
    result = score(report.truth, report.identity, extract(data, report.name))
    assert (result.share, result.silent, result.identity_wrong) == (1.0, 0, 0), result.wrong


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("pdf_small", Ways(rule="box", template=True)),
        ("pdf_dotted", Ways(scaled=True, repeated=False)),
        ("pdf_narrow", Ways(rule="outline", absolute=True, prefix="")),
        ("pdf_libreoffice", Ways()),
    ],
)
def test_every_cell_of_a_printed_report_is_read_from_pdf_and_ofd(name, ways, printed):
    (report,) = printed(PRINTINGS[name], [(3, "2021", ())])
    check(report, report.data)
    check(report, ofd(pages_of(report.data), ways))
