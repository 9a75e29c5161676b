"""A paragraph that holds whole tables -> its parts, one a label, so that it reads like any table.

Some pages and dumps give all the text of a document as one line. Where known labels stand closer
together than any sentence would put them, the paragraph is cut before each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from transforms.document import Paragraph
from transforms.fold import fold
from transforms.lexicon import label_pattern, labels_in

_SHORTEST = 200  # characters of the shortest paragraph that may hold a table
_DENSE = 12  # ideographs that may stand between two labels of a table and belong to neither
_FEWEST = 8  # labels in a row that make a table
_NUMBERS = re.compile(r"[\s\d.,]*")
_MANY_NUMBERS = re.compile(r"(?:[\s.,]*\d){8}")
_NUMBER_NEXT = re.compile(r"[^\w。，、；]*\d")
_ORDINAL = re.compile(r"(?:[（(]?\d{1,2}[)）.．、]\s*|[（(]\s*)$")


def unfold(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The paragraph itself, or its parts in order, together covering all of its text."""
    cuts = _cuts(paragraph.text) if len(paragraph.text) > _SHORTEST else []
    if not cuts:
        yield paragraph
        return
    for start, end in pairwise([0, *cuts, len(paragraph.text)]):
        text = paragraph.text[start:end]
        stripped = text.strip()
        if stripped:
            at = paragraph.start + start + text.index(stripped)
            yield Paragraph(stripped, at, at + len(stripped), None, paragraph.page)


def _cuts(text: str) -> list[int]:
    """Where the labels of dense runs begin, and where the last number behind each run ends."""
    if len(labels_in(fold(text))) < _FEWEST:
        return []
    runs: list[list[tuple[int, int]]] = []
    for start, end in _labels(text):
        if runs and len(fold(text[runs[-1][-1][1] : start])) <= _DENSE:
            runs[-1].append((start, end))
        else:
            runs.append([(start, end)])
    return [cut for run in runs if _is_table(text, run) for cut in _cuts_of(text, run)]


def _is_table(text: str, run: list[tuple[int, int]]) -> bool:
    """Whether labels stand thick and numbers behind each or all of them, unlike in a sentence."""
    numbered = sum(_NUMBER_NEXT.match(text, end) is not None for _, end in run)
    if len(run) < _FEWEST:
        return False
    return numbered >= _FEWEST / 2 or any(_MANY_NUMBERS.match(text, end) for _, end in run)


def _labels(text: str) -> Iterator[tuple[int, int]]:
    """Where known labels stand in a text."""
    folded = [(char, at) for at, source in enumerate(text) for char in fold(source)]
    for match in label_pattern().finditer("".join(char for char, _ in folded)):
        yield folded[match.start()][1], folded[match.end() - 1][1] + 1


def _cuts_of(text: str, run: list[tuple[int, int]]) -> list[int]:
    cuts = []
    for start, _ in run:
        ordinal = _ORDINAL.search(text[:start])
        cuts.append(ordinal.start() if ordinal else start)
    numbers = _NUMBERS.match(text, run[-1][1])
    return [*cuts, numbers.end()] if numbers and numbers.end() < len(text) else cuts
