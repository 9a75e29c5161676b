"""LibreOffice opens the same DOC files and saves them as DOCX: both must read the same."""

from __future__ import annotations

import subprocess
from pathlib import Path

from benchmarks.generator.printing import PRINTINGS
from benchmarks.scoring import score
from tests.transforms.readers.checks import all_places
from transforms.extract import extract
from transforms.readers import read_document

DOC = PRINTINGS["doc"]


def test_reports_and_what_libreoffice_makes_of_them_read_the_same(tmp_path: Path, printed):
    reports = printed(DOC, [(1, "2021", ()), (2, "2019", ("struck_zeros",))])
    for report in reports:
        (tmp_path / report.name).write_bytes(report.data)
    home = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = sorted(tmp_path.glob("*.doc"))
    command = ["soffice", "--headless", home, "--convert-to", "docx", "--outdir", tmp_path, *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for report in reports:
        ours = read_document(report.data, report.name)
        theirs = read_document(
            (tmp_path / report.name).with_suffix(".docx").read_bytes(), report.name
        )
        assert ours.text == theirs.text
        assert all_places(ours) == all_places(theirs)
        result = score(report.truth, report.identity, extract(report.data, report.name))
        assert (result.silent, result.share) == (0, 1.0)
