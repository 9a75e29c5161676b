"""Pieces of one row -> every reading of them that the page allows.

A reading puts one token, or none, under each column. Where the page leaves one way only (as many
numbers as columns, or cells with sure places) there is one reading. Where digits run together or a
cell is one too many or too few there are several, and the solver decides which the form's
arithmetic leaves. No reading ever contains a digit that does not stand on the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import combinations, pairwise
from typing import NamedTuple

from transforms.column_layout import Layout
from transforms.partings import Effort, Partings, Sums, TooManyWaysError
from transforms.pieces import Kind, Piece, digits_only
from transforms.records import CellStatus
from transforms.statute.schema import Column
from transforms.values import BLANK, ZERO, Value, is_empty, looks_like_zero, read_value

_LONGEST = 14  # digits no number of a report has; as long a run is a row of table 4
_MOST_TOO_MANY = 1  # cells beyond the form's width that may be stray


class Token(NamedTuple):
    """One cell as one reading sees it; `doubtful` if its value must be proven by a sum."""

    value: Value
    raw: str
    start: int
    end: int
    page: int | None
    doubtful: bool = False


Reading = tuple[Token | None, ...]


class Proof(Enum):
    """What the form's sums must say of the one reading of a row before it is presented."""

    NONE = auto()
    UNREFUTED = auto()  # no sum that can be worked out fails
    OWN_SUM = auto()  # nor is the row without a sum of its own that holds
    ALL_SUMS = auto()  # every sum it stands in can be worked out, and holds


class RowReadings(NamedTuple):
    """The readings of one row. `sure` means the page itself leaves one way to read it.

    `overflow` means there are too many readings to list. No readings and no overflow: the row is
    not in the source. `proof` is what the form's arithmetic must say of a single reading.
    """

    readings: tuple[Reading, ...]
    sure: bool
    pieces: tuple[Piece, ...]
    overflow: bool = False
    proof: Proof = Proof.NONE


def read_row(
    pieces: Sequence[Piece],
    columns: Sequence[Column],
    layout: Layout | None = None,
    sums: Sums = (),
    effort: Effort | None = None,
) -> RowReadings:
    """All readings of a row's pieces under its columns; `sums` are those within the row. What
    would take more than the report's effort to part has none."""
    layout = layout or Layout()
    kept = _without_explanations(_without_empty_lines(pieces), len(columns))
    kept = _without_page_number(kept, len(columns))
    if not kept:
        return RowReadings((), sure=True, pieces=())
    reading = (
        _all_blank(kept, columns)
        or _by_place(kept, columns, layout)
        or _only_total(kept, columns, layout)
    )
    if reading is None and not layout.in_order and _tells_columns_apart(kept):
        return RowReadings((), sure=False, pieces=tuple(kept), overflow=True)
    if reading is None:
        kept = _trimmed(kept, len(columns), layout)
        if _has_two_in_one(kept) and _is_overfull(kept, columns, sums):
            return RowReadings((), sure=False, pieces=tuple(kept), overflow=True)
        doubtful = _may_begin_later(kept, len(columns), layout)
        if len(kept) == len(columns):
            reading = _tokens(kept, columns)
            doubtful = doubtful or (_may_be_short(kept) and not layout.blank_last)
        if doubtful and len(kept) <= len(columns) + _MOST_TOO_MANY:
            return _padded(kept, columns)
    if reading is not None:
        by_header = layout.header_width or layout.reordered or layout.some_left_out
        proof = Proof.OWN_SUM if by_header else Proof.NONE
        return RowReadings((reading,), sure=True, pieces=tuple(kept), proof=proof)
    if _is_run_together(kept, len(columns)):
        return _split(kept, columns, sums, effort or Effort())
    return _several(kept, columns)


def _tells_columns_apart(pieces: Sequence[Piece]) -> bool:
    """Whether it matters under which column each cell of a row stands: they are not all alike."""
    return len({character for piece in pieces for character in piece.text}) > 1


def _without_empty_lines(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, less lines that are blank throughout while another line of the row is not. A
    strike-out alone on its line stays: it may be the sign of the number below."""
    if len({piece.line for piece in pieces}) in (0, 1, len(pieces)):
        return list(pieces)
    by_line: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_line.setdefault(piece.line, []).append(piece)
    lines = list(by_line.values())
    filled = [line for line in lines if any(piece.kind is not Kind.BLANK for piece in line)]
    if filled:
        alone = [line for line in lines if len(line) == 1 and line[0].text]
        return [piece for line in lines if line in filled or line in alone for piece in line]
    return max(lines, key=len, default=[])


def _without_explanations(pieces: list[Piece], width: int) -> list[Piece]:
    """The pieces without words before or behind them if the numbers fill the row.

    Words that stand in for a number are a cell, and an invalid one.
    """
    numbers = [at for at, piece in enumerate(pieces) if piece.kind is Kind.VALUE]
    if len(numbers) != width:
        return pieces
    inside = range(numbers[0], numbers[-1])
    return [p for at, p in enumerate(pieces) if p.kind is not Kind.LABEL or at in inside]


def _without_page_number(pieces: list[Piece], width: int) -> list[Piece]:
    """The pieces without a page number between dashes that follows a full row."""
    if len(pieces) != width + 3:
        return pieces
    before, number, after = pieces[-3:]
    in_dashes = before.kind is after.kind is Kind.BLANK and before.text == after.text != ""
    return pieces[:-3] if in_dashes and number.kind is Kind.VALUE else pieces


def _by_place(pieces: Sequence[Piece], columns: Sequence[Column], layout: Layout) -> Reading | None:
    """The reading that the header's places give, or null where a cell has no single place."""
    slots: list[Token | None] = [None] * len(columns)
    for piece in pieces:
        placed = piece.ruled or layout.widths.get(piece.line) == layout.header_width
        if not placed or piece.column_span > 1 or piece.row_span > 1:
            return None
        at = layout.places.get(piece.column)
        if at is None:
            if piece.kind is Kind.BLANK:
                continue
            return None
        if slots[at] is not None:
            return None
        slots[at] = _token(piece, columns[at])
    return tuple(slots) if all(slots) else None


def _all_blank(pieces: Sequence[Piece], columns: Sequence[Column]) -> Reading | None:
    """A row of nothing but blank cells is blank throughout, however many of them there are."""
    if any(piece.kind is not Kind.BLANK for piece in pieces):
        return None
    return tuple(_token(pieces[min(at, len(pieces) - 1)], c) for at, c in enumerate(columns))


def _only_total(
    pieces: Sequence[Piece], columns: Sequence[Column], layout: Layout
) -> Reading | None:
    """A row with blank cells and one number, which stands under the heading of the last column.

    A merged label cell may have swallowed one of the blank cells; the others still say blank.
    Empty cells beyond the last column are padding.
    """
    until = max(at for at, piece in enumerate(pieces) if piece.kind is not Kind.BLANK)
    *blanks, last = pieces[: until + 1]
    if last.kind is not Kind.VALUE or not blanks or not layout.is_last(last):
        return None
    if pieces[0].line != last.line or any(piece.text for piece in pieces[until + 1 :]):
        return None
    if any(piece.kind is not Kind.BLANK for piece in blanks):
        return None
    reading = _all_blank(blanks, columns[:-1])
    return (*reading, _token(last, columns[-1])) if reading else None


def _trimmed(pieces: list[Piece], width: int, layout: Layout) -> list[Piece]:
    """Without the blank cells at the edges by which a line is too long.

    They are padding outside the places of the columns, where those are known, or when the numbers
    between them fill the row; else it is not known where the row begins.
    """
    start = layout.start_of(pieces[0].line, width)
    if start is not None and len(pieces) > width:
        inside = [piece for piece in pieces if start <= piece.column < start + width]
        outside = (piece for piece in pieces if piece not in inside)
        if len(inside) == width and all(piece.text == "" for piece in outside):
            return inside
    filled = [at for at, piece in enumerate(pieces) if piece.kind is not Kind.BLANK]
    of_first = sum(piece.line == pieces[0].line for piece in pieces)
    if width <= of_first < len(pieces) and pieces[filled[-1]].line != pieces[0].line:
        return pieces  # a number behind the row may be none of its own
    if layout.blank_last and len(pieces) > width and pieces[-1].kind is Kind.BLANK:
        return pieces
    if layout.some_blank_last and len(filled) == width and filled[-1] < len(pieces) - 1:
        return pieces  # one number too many, or padding
    if filled[-1] - filled[0] + 1 == width or len(filled) > width:
        return pieces[filled[0] : filled[-1] + 1]
    return pieces


def _token(piece: Piece, column: Column) -> Token:
    value = BLANK if piece.kind is Kind.BLANK else read_value(piece.text, column)
    doubtful = value.status is CellStatus.INVALID and looks_like_zero(piece.text)
    if doubtful:
        value = ZERO
    return Token(value, piece.text, piece.start, piece.end, piece.page, doubtful)


def _tokens(pieces: Sequence[Piece], columns: Sequence[Column]) -> Reading:
    return tuple(_token(piece, column) for piece, column in zip(pieces, columns, strict=True))


def _may_be_short(pieces: Sequence[Piece]) -> bool:
    """Whether a guessed row with an empty last cell may have lost a cell and been padded."""
    return not pieces[-1].ruled and is_empty(pieces[-1].text)


def _may_begin_later(pieces: Sequence[Piece], width: int, layout: Layout) -> bool:
    """Whether an empty first cell may be a place of the label, a cell being lost at the end: in
    lines unlike the others, and in tables with rows that are too short."""
    line = pieces[0].line
    if not is_empty(pieces[0].text):
        return False
    if line in layout.irregular:
        return True
    in_place = pieces[0].column == layout.start_of(line, width)
    return not in_place and layout.some_short and bool(layout.labels.get(line))


def _padded(pieces: Sequence[Piece], columns: Sequence[Column]) -> RowReadings:
    """The row as it stands, and every way in which empty edges make up for lost cells."""
    readings = [*_several(pieces, columns).readings]
    first, last = 0, len(pieces)
    while first < last and is_empty(pieces[first].text):
        first += 1
        readings += _several(pieces[first:], columns).readings
    while last > first and is_empty(pieces[last - 1].text):
        last -= 1
        readings += _several(pieces[:last], columns).readings
    return RowReadings(tuple(dict.fromkeys(readings)), sure=False, pieces=tuple(pieces))


def _several(pieces: Sequence[Piece], columns: Sequence[Column]) -> RowReadings:
    """Readings of a row with cells too many (leave some out) or too few (leave gaps)."""
    width, seen = len(columns), len(pieces)
    if seen - width > _MOST_TOO_MANY:
        return RowReadings((), sure=False, pieces=tuple(pieces), overflow=True)
    readings: list[Reading] = []
    if seen >= width:
        for kept in combinations(pieces, width):
            readings.append(_tokens(kept, columns))
        readings += _joined(pieces, columns)
    else:
        for slots in combinations(range(width), seen):
            reading: list[Token | None] = [None] * width
            for slot, piece in zip(slots, pieces, strict=True):
                reading[slot] = _token(piece, columns[slot])
            readings.append(tuple(reading))
    return RowReadings(tuple(dict.fromkeys(readings)), sure=False, pieces=tuple(pieces))


def _joined(pieces: Sequence[Piece], columns: Sequence[Column]) -> Iterator[Reading]:
    """Readings of a row with one cell too many in which two neighbours are one number cut apart."""
    if len(pieces) != len(columns) + 1:
        return
    for at, (left, right) in enumerate(pairwise(pieces)):
        text = left.text + right.text
        if left.ruled or not (digits_only(left.text) and digits_only(right.text)):
            continue
        whole = left._replace(text=text, end=right.end)
        reading = _tokens([*pieces[:at], whole, *pieces[at + 2 :]], columns)
        if is_known(reading[at]):
            yield reading


def _has_two_in_one(pieces: Sequence[Piece]) -> bool:
    """Whether a cell looks like two, as `00` does."""
    digits = [
        found[0] for piece in pieces if not piece.ruled and (found := digits_only(piece.text))
    ]
    return any(len(each) > 1 and each[0] == "0" for each in digits)


def _is_overfull(pieces: Sequence[Piece], columns: Sequence[Column], sums: Sums) -> bool:
    """Whether there are too many cells, or parts that alone are more than their total."""
    if len(pieces) != len(columns):
        return len(pieces) > len(columns)
    reading = _tokens(pieces, columns)
    values = [token.value.value if is_known(token) else None for token in reading if token]
    for left, right in sums:
        for (total, *others), parts in ((left, right), (right, left)):
            whole = values[total]
            if not others and whole is not None and sum(values[at] or 0 for at in parts) > whole:
                return True
    return False


def _is_run_together(pieces: Sequence[Piece], width: int) -> bool:
    """Whether digits of several cells stand as one: a row of one piece, or one with `00` in it."""
    digits = [found[0] for piece in pieces if (found := digits_only(piece.text))]
    if len(digits) < len(pieces) or len(pieces) >= width or sum(map(len, digits)) < width:
        return False
    zero_within = any(len(each) > 1 and each[0] == "0" for each in digits)
    return zero_within or (len(pieces) == 1 and (pieces[0].glued or len(digits[0]) > _LONGEST))


def _split(
    pieces: Sequence[Piece], columns: Sequence[Column], sums: Sums, effort: Effort
) -> RowReadings:
    """Every way to part run-together digits into one number a column, less those that a sum within
    the row forbids, if any other is left."""
    digits, places, walls = "", list[tuple[Piece, int]](), list[int]()
    for piece in pieces:
        found = digits_only(piece.text)
        assert found is not None
        digits += found[0]
        places += [(piece, at) for at in found[1]]
        walls.append(len(digits))
    proof = Proof.NONE
    try:
        ways = Partings(digits, len(columns), sums, walls, effort).ends()
        if not ways:  # the report breaks its own sum, or a digit of the run is none of the row's
            ways = Partings(digits, len(columns), (), walls, effort).ends()
            proof = Proof.NONE if len(digits) == len(columns) else Proof.OWN_SUM
        if not effort.spend(len(ways) * len(columns)):
            raise TooManyWaysError
    except TooManyWaysError:
        return RowReadings((), sure=False, pieces=tuple(pieces), overflow=True)
    readings = tuple(_cut(ends, places, columns) for ends in ways)
    return RowReadings(readings, sure=False, pieces=tuple(pieces), proof=proof)


def _cut(
    ends: Sequence[int], places: Sequence[tuple[Piece, int]], columns: Sequence[Column]
) -> Reading:
    tokens, start = [], 0
    for end, column in zip(ends, columns, strict=True):
        piece, first = places[start]
        last = places[end - 1][1] + 1
        raw = piece.text[first:last]
        tokens.append(
            Token(read_value(raw, column), raw, piece.start + first, piece.start + last, piece.page)
        )
        start = end
    return tuple(tokens)


def is_known(token: Token | None) -> bool:
    """Whether a token is a number that arithmetic can use."""
    return token is not None and token.value.status is CellStatus.REPORTED
