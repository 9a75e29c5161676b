"""Lines outside ruled tables -> paragraphs, and rows of an unruled table where columns show.

A line goes on in the next where it is full and the next begins at the margin. Lines with several
pieces far apart, one after the other, are rows of a table that has no rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from transforms.readers.positioned.writing import (
    TextLine,
    begins_anew,
    is_number,
    pieces_of,
)

_COLUMN_GAP = 1.6  # of the font size between two columns
_COLUMNS = 3  # pieces that make a line a row of a table
_ROWS = 3  # such lines that make a table
_FULL = 1.7  # of the font size that may be left at the end of a full line
_INDENT = 1.2  # of the font size from which a line is indented
_SHORTEST = 15.0  # of the font size; a shorter line is full only in a page's corner
_NUMERALS = frozenset("一二三四五六七八九十〇零百千")
_ENDS = frozenset("。；：！？;:")
_HALF_LINE = 0.95  # of the font size: lines nearer than this are no two lines of text
_NEXT_LINE = 2.6  # of the font size between baselines of one paragraph, at most


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line, its page, and where the page's text ends to the right."""

    line: TextLine
    page: int
    margin: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: its text and the page it begins on."""

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A row of a table without rules: its pieces from left to right, with their columns."""

    pieces: tuple[tuple[int, str], ...]
    page: int


_Parted = tuple[PlacedLine, list[TextLine]]  # a line and its pieces


def passages_of(lines: Sequence[PlacedLine]) -> Iterator[Passage | list[LooseRow]]:
    """Paragraphs and unruled tables of a stretch of text that no ruled table breaks."""
    parted = [(line, pieces_of(line.line, _COLUMN_GAP)) for line in lines]
    parted, joined = _without_fragments(parted)
    flags = _tabular([pieces for _, pieces in parted])
    flags = [flag or id(pieces) in joined for flag, (_, pieces) in zip(flags, parted, strict=True)]
    for in_table, stretch in groupby(zip(parted, flags, strict=True), key=lambda item: item[1]):
        members = [line for line, _ in stretch]
        if in_table:
            yield _loose_rows(members)
        else:
            yield from _paragraphs([placed for placed, _ in members])


def _tabular(parted: Sequence[Sequence[TextLine]]) -> list[bool]:
    """Which lines are rows: enough of them in a run, with lines of one piece between allowed."""
    flags = [len(pieces) >= _COLUMNS for pieces in parted]
    rows = [index for index, flag in enumerate(flags) if flag]
    found = [False] * len(flags)
    first = 0
    for index in range(1, len(rows) + 1):
        if index < len(rows) and rows[index] - rows[index - 1] <= 3:
            continue
        if index - first >= _ROWS:
            found[rows[first] : rows[index - 1] + 1] = [True] * (rows[index - 1] + 1 - rows[first])
        first = index
    return found


def _without_fragments(lines: Sequence[_Parted]) -> tuple[list[_Parted], set[int]]:
    """The lines without those that hold only digits of a row they stand half a line from, and the
    ids of the rows that took them.

    A number that a narrow column wrapped has its halves above and below the row. They are put
    beside the nearest piece, which then is no number: where they belong cannot be known.
    """
    kept = list(lines)
    joined: set[int] = set()
    for at in range(len(kept) - 1, -1, -1):
        placed, pieces = kept[at]
        if not all(is_number(piece.text) for piece in pieces):
            continue
        near = [
            other
            for other in (at - 1, at + 1)
            if 0 <= other < len(kept) and _holds(kept[other], placed, len(pieces))
        ]
        if near:
            row = kept[min(near, key=lambda other: _apart(kept[other][0], placed))][1]
            for piece in pieces:
                nearest = min(range(len(row)), key=lambda i: abs(row[i].left - piece.left))
                text = f"{row[nearest].text} {piece.text}"
                row[nearest] = TextLine(row[nearest].runs, text)
            joined.add(id(row))
            del kept[at]
    return kept, joined


def _holds(row: _Parted, line: PlacedLine, pieces: int) -> bool:
    numbers = sum(is_number(piece.text) for piece in row[1])
    near = _apart(row[0], line) < _HALF_LINE * line.line.size
    return near and row[0].page == line.page and numbers >= 2 and len(row[1]) > pieces


def _apart(one: PlacedLine, other: PlacedLine) -> float:
    return abs(one.line.baseline - other.line.baseline)


def _loose_rows(rows: Sequence[_Parted]) -> list[LooseRow]:
    columns = _columns([pieces for _, pieces in rows])
    found = []
    for placed, pieces in rows:
        own = pieces
        while len(own) > 1 and own[0].text.strip() in _NUMERALS:
            # of a label written downwards beside the rows; in a row it would pass for a number
            found.append(LooseRow(((0, own[0].text.strip()),), placed.page))
            own = own[1:]
        found.append(LooseRow(tuple(_in_columns(own, columns)), placed.page))
    return found


@dataclass(frozen=True, slots=True)
class _Column:
    """The stretch of a column, and whether numbers stand in it."""

    left: float
    right: float
    of_numbers: bool


def _columns(rows: Sequence[Sequence[TextLine]]) -> list[_Column]:
    """The columns of the rows with most pieces; none where these rows do not agree."""
    most = max(map(len, rows))
    columns: list[_Column] = []
    pieces = sorted((p.left, p.right, p.text) for row in rows if len(row) == most for p in row)
    for left, right, text in pieces:
        number = not any(map(str.isalpha, text))
        if columns and left <= columns[-1].right:
            last = columns[-1]
            columns[-1] = _Column(last.left, max(last.right, right), last.of_numbers and number)
        else:
            columns.append(_Column(left, right, number))
    return columns if len(columns) == most else []


def _in_columns(pieces: Sequence[TextLine], columns: Sequence[_Column]) -> list[tuple[int, str]]:
    """Pieces by column, with the blanks among the numbers of a row; else just in order.

    No blank is put before a row's first piece or among labels: a line may begin with its numbers.
    """
    texts = [piece.text.strip() for piece in pieces]
    if 2 * len(pieces) <= len(columns):
        return list(enumerate(texts))
    found: dict[int, str] = {}
    for piece, text in zip(pieces, texts, strict=True):
        hit = [
            index
            for index, column in enumerate(columns)
            if min(column.right, piece.right) > max(column.left, piece.left)
        ]
        if len(hit) != 1 or hit[0] in found:
            return list(enumerate(texts))
        found[hit[0]] = text
    first = min(found)
    return [
        (index, found.get(index, ""))
        for index in range(first, len(columns))
        if index in found or columns[index].of_numbers
    ]


def _paragraphs(lines: Sequence[PlacedLine]) -> Iterator[Passage]:
    if not lines:
        return
    left = min(placed.line.left for placed in lines)
    current = [lines[0]]
    for before, after in pairwise(lines):
        if _goes_on(before, after, left):
            current.append(after)
        else:
            yield _passage(current)
            current = [after]
    yield _passage(current)


def _goes_on(before: PlacedLine, after: PlacedLine, left: float) -> bool:
    size = before.line.size
    if abs(size - after.line.size) > 0.1 * size:
        return False
    if after.page > before.page + 1:
        return False
    apart = after.line.baseline - before.line.baseline
    if before.page == after.page and apart > _NEXT_LINE * size:
        return False
    at_margin = after.line.left - left < _INDENT * size
    long = before.line.right - before.line.left > _SHORTEST * size
    if not (at_margin and long) or _is_ended(before.line.text, after.line.text):
        return False
    left_over = before.margin - before.line.right
    return left_over < max(_FULL * size, _first_word(after.line) + 0.5 * size)


def _is_ended(text: str, following: str) -> bool:
    """Whether a sentence ends here and what follows has a number of its own."""
    return text.rstrip()[-1:] in _ENDS and begins_anew(following)


def _first_word(line: TextLine) -> float:
    """The width of what cannot be parted at the beginning of a line: digits and what they count."""
    end = line.left
    for run in line.runs:
        end = run.x + run.width
        if not run.text[-1:].isascii():
            break
    return end - line.left


def _passage(lines: Sequence[PlacedLine]) -> Passage:
    text = lines[0].line.text.strip()
    for placed in lines[1:]:
        line = placed.line.text.strip()
        both_latin = text[-1:].isascii() and text[-1:].isalpha() and line[:1].isascii()
        text += (" " if both_latin else "") + line
    return Passage(text, lines[0].page)
