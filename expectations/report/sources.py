"""Shown findings -> sources/<document>.html: the whole text as it was read, a place a line.

A finding shows the lines it is about; here they stand in their context.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from expectations.report import queries
from expectations.report.findings import ShownFinding
from expectations.report.queries import Warehouse
from expectations.report.words import in_both

FOLDER = "sources"
LONGEST_TEXT = 500_000  # characters; of a longer one only the excerpts are shown
_AT_ONCE = 100  # documents, so that few texts are in memory
_TEMPLATES = Path(__file__).parent


def write_sources(
    warehouse: Warehouse, findings: Iterable[ShownFinding], folder: Path
) -> frozenset[str]:
    """Write a page for each document of the findings into `folder`; the ids of those written."""
    path_of = {finding.document_id: finding.source_path for finding in findings if finding.lines}
    folder.mkdir()
    template = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined
    ).get_template("source.html.j2")
    written = set()
    documents = sorted(path_of)
    for first in range(0, len(documents), _AT_ONCE):
        portion = documents[first : first + _AT_ONCE]
        for row in warehouse.rows(queries.TEXTS, documents=portion):
            text, document_id = row["text"] or "", row["document_id"]
            if 0 < len(text) <= LONGEST_TEXT:
                page = template.render(
                    path=path_of[document_id], back=in_both("back"), lines=text.split("\n")
                )
                (folder / f"{document_id}.html").write_text(page, encoding="utf-8")
                written.add(document_id)
    return frozenset(written)
