"""Runs that belong together -> lines of text, and lines -> the text of a cell.

Blanks are made from gaps, for what a file says of blanks is padding as often as it is text. Lines
of a cell are joined as the page wrapped them: digits broken by a narrow cell are one number, digits
on lines that had room for more are two.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from transforms.readers.positioned.page import Run

_SAME_LINE = 0.35  # of the font size that baselines may differ within a line
_GAP = 0.2  # of the font size from which a gap between letters or digits is a blank
_WIDE_GAP = 0.7  # the same beside ideographs: lines are spread, and space is put before digits
_BEFORE_NUMBER = 0.4  # of the font size; programs put 0.25 between ideographs and digits
_TWICE = 0.25  # of the width: the same glyph so near is one, printed twice to look bold
_PLACE, _HEIGHT = attrgetter("x"), attrgetter("y")
_NUMBER = frozenset("0123456789.,０１２３４５６７８９．，")
_NUMBERED = re.compile(r"\s*(?:第|[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．，,])")
_FIRST_RADICAL, _LAST_RADICAL = "\u2e80", "\u2fdf"


@dataclass(frozen=True, slots=True)
class TextLine:
    """Runs on one baseline, left to right."""

    runs: tuple[Run, ...]
    text: str

    @property
    def left(self) -> float:
        """Where the first run begins."""
        return self.runs[0].x

    @property
    def right(self) -> float:
        """Where the last run ends."""
        return max(run.x + run.width for run in self.runs)

    @property
    def baseline(self) -> float:
        """The y of the first run's origin."""
        return self.runs[0].y

    @property
    def size(self) -> float:
        """The largest font size."""
        return max(run.size for run in self.runs)


def begins_anew(text: str) -> bool:
    """Whether a line begins with a number of its own: （二）, 3., 第五条."""
    return _NUMBERED.match(text) is not None


def lines_of(runs: Iterable[Run]) -> list[TextLine]:
    """Lines from top to bottom."""
    lines: list[list[Run]] = []
    top = limit = -math.inf
    for run in sorted(runs, key=_HEIGHT):
        if run.y <= limit and (run.y - top) <= _SAME_LINE * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
            top, limit = run.y, run.y + _SAME_LINE * run.size
    return [line_of(line) for line in lines]


def line_of(runs: Sequence[Run]) -> TextLine:
    """One line of runs with nearly the same baseline."""
    ordered = _once(sorted(runs, key=_PLACE))
    pieces = [ordered[0].text]
    for before, run in pairwise(ordered):
        gap = run.x - before.x - before.width
        narrow = before.text[-1:].isascii() and run.text[:1].isascii()
        if gap > (_GAP if narrow else _WIDE_GAP) * min(before.size, run.size):
            pieces.append(" ")
        pieces.append(run.text)
    return TextLine(tuple(ordered), plain("".join(pieces)))


def pieces_of(line: TextLine, gap: float) -> list[TextLine]:
    """The line cut where gaps are wider than so much of the font size, or before a number."""
    pieces = [[line.runs[0]]]
    for before, run in pairwise(line.runs):
        space = run.x - before.x - before.width
        to_number = run.text[:1] in _NUMBER and not before.text[-1:].isascii()
        if space > (min(gap, _BEFORE_NUMBER) if to_number else gap) * max(before.size, run.size):
            pieces.append([run])
        else:
            pieces[-1].append(run)
    return [line_of(piece) for piece in pieces]


def plain(text: str) -> str:
    """Text with radicals as the ideographs they stand for (some producers write 一 as U+2F00)."""
    if text.isascii() or not any(_FIRST_RADICAL <= c <= _LAST_RADICAL for c in text):
        return text
    return "".join(
        unicodedata.normalize("NFKC", c) if _FIRST_RADICAL <= c <= _LAST_RADICAL else c
        for c in text
    )


def cell_text(runs: Sequence[Run], width: float) -> str:
    """The text of a cell whose lines have this width, whichever way it is written."""
    if not runs:
        return ""
    if len(runs) == 1:
        return plain(runs[0].text).strip()
    turn = runs[len(runs) // 2].turn
    if turn or any(run.turn for run in runs):
        lines = lines_of([_unturned(run, turn) for run in runs])
        return join_lines(lines, max(line.right - line.left for line in lines))
    if _is_vertical(runs):
        return "".join(line.text.replace(" ", "") for line in _vertical_lines(runs))
    return join_lines(lines_of(runs), width)


def join_lines(lines: Sequence[TextLine], width: float) -> str:
    """Lines that a width wrapped, as one text."""
    text = lines[0].text.strip()
    for before, line in pairwise(lines):
        if _needs_blank(before, line, width):
            text += " "
        text += line.text.strip()
    return text


def is_number(text: str) -> bool:
    """Whether a text is made of digits and what stands between them."""
    return bool(text) and all(character in _NUMBER or character.isspace() for character in text)


def wraps(before: TextLine, first: Run, width: float) -> bool:
    """Whether a line of this width had no room left for the run the next one begins with."""
    return before.right - before.left + 0.95 * first.width > width


def _needs_blank(before: TextLine, line: TextLine, width: float) -> bool:
    last, first = before.text[-1:], line.text[:1]
    if last in _NUMBER and first in _NUMBER:
        return not wraps(before, line.runs[0], width)
    return last.isascii() and last.isalnum() and first.isascii() and first.isalnum()


def _once(runs: Sequence[Run]) -> list[Run]:
    """Runs without those printed a second time in nearly the same place."""
    kept = [runs[0]]
    for run in runs[1:]:
        last = kept[-1]
        if not (run.text == last.text and run.x - last.x < _TWICE * run.width):
            kept.append(run)
    return kept


def _unturned(run: Run, turn: int) -> Run:
    """A run as it stands when the page is turned so that its text reads to the right."""
    x, y = ((run.x, run.y), (run.y, -run.x), (-run.x, -run.y), (-run.y, run.x))[turn]
    return run._replace(x=x, y=y, turn=0)


def _is_vertical(runs: Sequence[Run]) -> bool:
    """Whether upright glyphs follow one another downwards, column after column to the left."""
    down = across = back = 0
    for before, run in pairwise(runs):
        if abs(run.y - before.y) < _SAME_LINE * run.size:
            across += 1
        elif run.y < before.y - run.size and run.x < before.x:
            back += 1
        elif abs(run.x - before.x) < 0.3 * run.size and run.y - before.y > 0.6 * run.size:
            down += 1
    return back > 0 and down > across


def _vertical_lines(runs: Sequence[Run]) -> list[TextLine]:
    """Columns of glyphs from right to left, each read downwards, as lines."""
    columns: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.x):
        if columns and columns[-1][0].x - run.x <= _SAME_LINE * run.size:
            columns[-1].append(run)
        else:
            columns.append([run])
    return [
        TextLine(tuple(column), plain("".join(run.text for run in column)))
        for column in (sorted(c, key=lambda run: run.y) for c in columns)
    ]
