"""Text of a report -> labels of its tables that are worded otherwise than the form prints them.

Only whole cells, and words of lines, that are one of the wordings of statute/altered_labels.yaml
count, next to a label that says of which form the table is. What damage leaves of a label is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal

from transforms.document import Document, Grid, Paragraph
from transforms.report_text import Found, ReportText, Span
from transforms.squeeze import squeeze_text
from transforms.statute.loader import FOLDER, load_records
from transforms.statute.schema import Record, Text
from transforms.wording import pattern

_LONGEST = 200  # characters of a line that may be one of a table
_IDEOGRAPH = re.compile("[一-龥]")
_WORD = re.compile(r"\S+")
_NUMBERS = re.compile(r"[\d.,/-]+$")
Piece = tuple[str, Span]  # squeezed text of a cell or word, and its place in the document


class AlteredLabel(Record):
    """One wording. The comment of the file says what the fields mean."""

    mark: Literal["label_altered", "label_reworded"]
    text: Text
    beside: Text
    after: Text | None = None
    example: Text
    not_in: tuple[Text, ...] = ()


def altered_labels(report: ReportText) -> Iterator[Found]:
    """The first label of each kind that is worded otherwise."""
    possible = [one for one in altered_wordings() if _may_stand(one, report.squeezed.text)]
    if not possible:
        return
    pieces = list(_words_of(report.document))
    texts = {text for text, _ in pieces}
    for wording in possible:
        if not any(pattern(wording.beside).fullmatch(text) for text in texts):
            continue
        if place := _first(wording, pieces):
            index = report.squeezed.index
            yield wording.mark, (index(place[0]), index(place[1]))


def _may_stand(wording: AlteredLabel, text: str) -> bool:
    """Whether the words stand anywhere in the report: most have none, and are done with."""
    before = f"(?<!{wording.after})" if wording.after else ""
    return pattern(f"{before}(?:{wording.text})").search(text) is not None


def _first(wording: AlteredLabel, pieces: Sequence[Piece]) -> Span | None:
    for (before, _), (text, place) in pairwise([("", (0, 0)), *pieces]):
        broken = wording.after is not None and before.endswith(wording.after)
        if not broken and pattern(wording.text).fullmatch(text):
            return place
    return None


def _words_of(document: Document) -> Iterator[Piece]:
    """Cells and words of short lines, in reading order, without numbers. Recognised text is left
    out: what differs in it may have been misread."""
    for block in document.blocks:
        for piece in block.cells if isinstance(block, Grid) else _of_line(block):
            if piece.page not in document.recognised_pages and _IDEOGRAPH.search(piece.text):
                yield _NUMBERS.sub("", squeeze_text(piece.text)), (piece.start, piece.end)


def _of_line(line: Paragraph) -> Iterator[Paragraph]:
    if len(line.text) <= _LONGEST:
        for word in _WORD.finditer(line.text):
            start, end = line.start + word.start(), line.start + word.end()
            yield Paragraph(word[0], start, end, page=line.page)


@cache
def altered_wordings() -> tuple[AlteredLabel, ...]:
    """All of them, in order."""
    return load_records(FOLDER / "altered_labels.yaml", AlteredLabel)
