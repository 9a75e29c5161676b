"""Bytes of one file -> Extraction: a report with every cell, or the reason there is none.

Bad input is a value here, never an exception; what does raise is a bug of ours.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from transforms.claims import read_claims
from transforms.document import Document, UnreadableFileError
from transforms.identity import read_identity
from transforms.marks import read_marks
from transforms.nature import PRE_2019, Filling, is_pre_2019, why_not_a_report
from transforms.outline import find_sections
from transforms.readers import read_document
from transforms.records import (
    CellStatus,
    DocumentStatus,
    Extraction,
    Problem,
    Report,
)
from transforms.statute.loader import forms
from transforms.tables import Tables, read_tables

_FEW_ROWS = 5  # rows with numbers that no other document has


def extract(data: bytes, source_path: str) -> Extraction:
    """Read one file. `source_path` is how people know it; it goes into every message."""
    try:
        document = read_document(data, source_path)
    except UnreadableFileError as error:
        document_id = hashlib.sha256(data).hexdigest()
        problem = Problem(error.reason, source_path, tuple(error.details.items()))
        return Extraction.without_report(
            source_path, DocumentStatus.QUARANTINED, problem, document_id, len(data)
        )
    report, reason = _read_report(document)
    status = DocumentStatus.EXTRACTED if report else DocumentStatus.NOT_A_REPORT
    return Extraction(document.document_id, source_path, document.media_type, len(data),
                      document.encoding, status, reason, report,
                      document.text if report else "")  # fmt: skip


def _read_report(document: Document) -> tuple[Report | None, Problem | None]:
    sections = find_sections(document)
    identity = read_identity(document, sections)
    pre_2019 = is_pre_2019(document, sections, identity)
    no_tables = Tables(PRE_2019, (), frozenset())
    tables = no_tables if pre_2019 else read_tables(document, identity.report_year)
    reason = why_not_a_report(document, sections, identity, _filling(tables))
    if reason is not None:
        return None, reason
    truncated = document.truncated and len(sections) < max(
        len(f.sections) for f in forms().values()
    )
    problems = () if pre_2019 else _problems(tables)
    report = Report(
        report_id=f"r{document.document_id[:16]}",
        document_id=document.document_id,
        identity=identity,
        form=tables.form,
        sections=sections,
        cells=tables.cells,
        claims=read_claims(document, sections, identity),
        marks=read_marks(document, sections, identity, tables.cells),
        problems=(*problems, *_of_file(document, truncated)),
        truncated=truncated,
    )
    return report, None


def _of_file(document: Document, truncated: bool) -> Iterator[Problem]:
    """What was not read of the file as a whole."""
    if truncated:
        yield Problem("file_truncated", "")
    if document.unread_pages:
        pages = ", ".join(map(str, document.unread_pages))
        yield Problem("pages_unread", "", (("pages", pages),))


def _filling(tables: Tables) -> Filling:
    """What the tables hold: a blank form, or a row or two, alone show no report."""
    values = {cell.key: cell.value for cell in tables.cells if cell.value is not None}
    if len({key[:2] for key in values}) < _FEW_ROWS:
        return "nothing"
    return "numbers" if any(values.values()) else "zeros"


def _problems(tables: Tables) -> tuple[Problem, ...]:
    """One problem a table for what could not be read in it; the cells say which."""
    problems = []
    for number in (2, 3, 4):
        cells = [cell for cell in tables.cells if cell.key.table_no == number]
        if number not in tables.found:
            problems.append(Problem("table_missing", str(number)))
            continue
        for status in (CellStatus.AMBIGUOUS, CellStatus.MISSING, CellStatus.INVALID):
            hit = [cell for cell in cells if cell.status is status]
            if hit:
                details = (("cells", str(len(hit))), ("seen", hit[0].raw_text[:60]))
                problems.append(Problem(f"cells_{status}", str(number), details))
    return tuple(problems)
