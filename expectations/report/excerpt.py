"""Document text and spans -> the source lines around the spans, cut to length, spans marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle, pairwise

Span = tuple[int, int]  # offsets into the document's text, end exclusive

MOST_LINES = 6
_MOST_CHARACTERS = 160  # of a line; a report may be one line of a million
_CONTEXT = 40  # characters kept before the first and after the last mark of a cut line
_LONGEST_MARK = 80
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; `marked` is what the finding is about."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A source line, 1-based number, in pieces that follow one another."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The line without its marks."""
        return "".join(piece.text for piece in self.pieces)


def source_lines(text: str, spans: Iterable[Span], most: int = MOST_LINES) -> tuple[Line, ...]:
    """The lines that hold the spans, in reading order, at most `most` of them.

    Spans outside the text or empty are left out: no place is shown rather than a wrong one.
    """
    by_line: dict[int, list[Span]] = {}
    for start, end in sorted(set(spans)):
        if 0 <= start < end <= len(text):
            for line_start, piece in _split_at_lines(text, start, end):
                by_line.setdefault(line_start, []).append(piece)
    shown = sorted(by_line)[:most]
    return tuple(
        Line(text.count("\n", 0, line_start) + 1, _pieces(text, line_start, by_line[line_start]))
        for line_start in shown
    )


def _split_at_lines(text: str, start: int, end: int) -> Iterable[tuple[int, Span]]:
    """The part of a span on each line that it touches, with the offset where that line starts."""
    while start < end:
        line_start = text.rfind("\n", 0, start) + 1
        line_end = _line_end(text, start)
        if text[start : min(end, line_end)].strip():
            yield line_start, (start, min(end, line_end))
        start = line_end + 1


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _pieces(text: str, line_start: int, spans: list[Span]) -> tuple[Piece, ...]:
    """The line cut into plain and marked pieces, without its outer white space."""
    merged = _merge(spans)
    line_end = _line_end(text, merged[0][0])
    if line_end - line_start <= _MOST_CHARACTERS:
        return _cut_at(text, line_start, line_end, merged, shorten=False)
    left = max(line_start, merged[0][0] - _CONTEXT)
    right = min(line_end, merged[-1][1] + _CONTEXT)
    before = (Piece(_CUT, False),) if left > line_start else ()
    after = (Piece(_CUT, False),) if right < line_end else ()
    return (*before, *_cut_at(text, left, right, merged, shorten=True), *after)


def _cut_at(
    text: str, left: int, right: int, spans: list[Span], *, shorten: bool
) -> tuple[Piece, ...]:
    """`text[left:right]` as plain, marked, plain, ... pieces; empty ones left out."""
    edges = [left, *(edge for span in spans for edge in span), right]
    pieces = []
    for (start, end), marked in zip(pairwise(edges), cycle((False, True)), strict=False):
        if stretch := text[start:end]:
            pieces.append(Piece(_shorten(stretch, marked) if shorten else stretch, marked))
    return tuple(pieces)


def _merge(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _shorten(text: str, marked: bool) -> str:
    """A long stretch without its middle."""
    longest = _LONGEST_MARK if marked else 2 * _CONTEXT
    if len(text) <= longest + len(_CUT):
        return text
    return text[: longest // 2] + _CUT + text[-longest // 2 :]
