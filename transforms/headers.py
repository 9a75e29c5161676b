"""Header lines of a table -> where its columns stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, groupby, pairwise

from transforms.column_layout import Layout
from transforms.detached import SpreadRow
from transforms.fold import fold
from transforms.lexicon import label_pattern, labels_in, labels_of
from transforms.pieces import Kind, Line, Piece
from transforms.statute.loader import forms
from transforms.statute.schema import Column, Table

_BEGUN = 4  # ideographs of a heading cut by the end of its line that may tell it
_SHORT = 2  # ideographs up to which a heading may be a part of another word


def layout_of(
    lines: Sequence[Line], table: Table, printed: Mapping[str, tuple[Column, ...]]
) -> Layout:
    """Column places of a table with one header for all its rows; nothing for the others."""
    widths = {line.number: len(line.pieces) for line in lines}
    labels = {line.number: len(line.labels) for line in lines}
    if len(table.blocks) > 1:
        in_order = all(_in_block_order(labels, table) for labels in _labels_by_stretch(lines))
        return Layout(widths=widths, labels=labels, in_order=in_order)
    columns = next(iter(printed.values()))
    headers = list(_headings_by_header(lines, columns))
    found = [heading for header in headers for heading in header]
    parts = [[at for at, _ in header if at < len(columns) - 1] for header in headers]
    parts.append([at for header in parts if len(header) > 1 for at in header])
    parts += _beside_numbers(lines, columns)
    in_order = all(map(in_turn, parts)) and not _total_first(found, columns, lines)
    places, header_width = _places(lines, columns), 0
    if not places and not in_order:
        places, header_width = _places_in_rows(lines, columns, widths)
    return Layout(
        places,
        _last_places(lines, columns[-1], widths),
        widths,
        labels,
        header_width=header_width,
        some_left_out=len(columns) < len(table.blocks[0].columns),
        reordered=[at for _, at in sorted(places.items())] != sorted(places.values()),
        in_order=in_order,
    )


def _labels_by_stretch(lines: Sequence[Line]) -> Iterator[list[str]]:
    """The labels of each stretch of lines without numbers, and of lines with them: headings may
    stand beside their numbers."""
    for has_value, stretch in groupby(lines, key=lambda line: line.has_value):
        header = list(stretch)
        yield [label for line in header for label in labels_in(line.folded)]
        if not has_value:
            yield [fold(w) for line in header for p in line.labels for w in p.text.split()]


def _in_block_order(header: Sequence[str], table: Table) -> bool:
    """Whether the headings in a header stand in the order of some block of some form."""
    seen = list(dict.fromkeys(header))
    for width, order in _orders(table.number):
        places = [place for text in seen if (place := _place_of(text, order)) is not None]
        if len(places) == width > 1:
            return places == sorted(places)
    return True


def _place_of(text: str, order: Mapping[str, int]) -> int | None:
    """The column of a heading, or of the only ones that begin with so many of its characters."""
    if text in order or len(text) < _BEGUN:
        return order.get(text)
    begun = {at for label, at in order.items() if label.startswith(text)}
    return begun.pop() if len(begun) == 1 else None


@cache
def _orders(table_no: int) -> tuple[tuple[int, dict[str, int]], ...]:
    """Of each block of a table, in every form: how many columns it has, and label -> column."""
    blocks = (block for form in forms().values() for block in form.table[table_no].blocks)
    return tuple(
        (len(b.columns), {text: at for at, c in enumerate(b.columns) for text in labels_of(c)})
        for b in blocks
    )


def learnt(
    layout: Layout, rows: Sequence[SpreadRow], columns: Mapping[str, Sequence[Column]]
) -> Layout:
    """The layout with what the rows show: where their cells begin, whether totals are blank."""
    starts: dict[tuple[int, int], set[int]] = {}
    ends = [0, 0]
    for row in rows:
        filled = [piece for piece in row.pieces if piece.kind is Kind.VALUE]
        if not filled:
            continue
        width = len(columns[row.row_key])
        first, last = filled[0], filled[-1]
        if first.line == last.line and last.column - first.column + 1 == width:
            starts.setdefault(layout.make_of(first.line), set()).add(first.column)
        if len(row.pieces) >= width > 1:
            ends[row.pieces[-1].kind is Kind.BLANK and len(filled) == width - 1] += 1
    short = sum(0 < len(row.pieces) < len(columns[row.row_key]) for row in rows)
    known = {make: next(iter(found)) for make, found in starts.items() if len(found) == 1}
    return replace(
        layout,
        starts=known,
        irregular=_irregular(layout),
        some_short=not known and short > 1,
        blank_last=ends[True] > ends[False],
        some_blank_last=ends[True] > 1,
    )


def headings(lines: Sequence[Line], columns: Sequence[Column]) -> list[tuple[int, int]]:
    """(column, line) of every heading in lines without numbers, in reading order.

    A heading broken over pieces or lines is put together again. One as short as `其他` counts only
    where nothing else touches it: it may be what is left of another word.
    """
    return [found for header in _headings_by_header(lines, columns) for found in header]


def _headings_by_header(
    lines: Sequence[Line], columns: Sequence[Column]
) -> Iterator[list[tuple[int, int]]]:
    """The headings of each stretch of lines without numbers."""
    place = {text: at for at, column in enumerate(columns) for text in labels_of(column)}
    for has_value, stretch in groupby(lines, key=lambda line: line.has_value):
        if not has_value:
            yield list(_headings_in([p for line in stretch for p in line.labels], place))


def _headings_in(pieces: Sequence[Piece], place: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    words = [(word, piece.line) for piece in pieces for word in map(fold, piece.text.split())]
    text = "".join(word for word, _ in words)
    lines = [line for word, line in words for _ in word]
    edges = [*accumulate((len(word) for word, _ in words), initial=0)]
    matches = [match.span() for match in label_pattern().finditer(text)]
    inside = {at for start, end in matches for at in range(start, end)}
    found = [
        (start, place[label])
        for start, end in matches
        if (label := text[start:end]) in place
        and (len(label) > _SHORT or _stands_alone(start, end, edges, matches))
    ]
    for (word, _), start in zip(words, edges, strict=False):
        begun = {at for label, at in place.items() if label.startswith(word)}
        if len(word) >= _SHORT and len(begun) == 1 and start not in inside:
            found.append((start, begun.pop()))  # its other half stands on another line
    return ((at, lines[start]) for start, at in sorted(found))


def _stands_alone(
    start: int, end: int, edges: Sequence[int], matches: Sequence[tuple[int, int]]
) -> bool:
    """Whether nothing but a blank or another label touches a label on either side."""
    before = start in edges or any(other == start for _, other in matches)
    return before and (end in edges or any(other == end for other, _ in matches))


def _irregular(layout: Layout) -> frozenset[int]:
    """The lines that have another count of cells than most: labels counted in where that is the
    steadier count, or left out where merged cells are not printed."""
    counts = (
        layout.widths,
        {line: width - layout.labels[line] for line, width in layout.widths.items()},
    )
    numbered = {line for line, width in layout.widths.items() if width > layout.labels[line]}
    best: tuple[int, frozenset[int]] = (0, frozenset())
    for count in counts:
        common = Counter(count[line] for line in numbered).most_common(1)
        for usual, times in common:
            odd = frozenset(line for line in numbered if count[line] != usual)
            best = max(best, (times, odd), key=lambda pair: pair[0])
    return best[1]


def in_turn(columns: Sequence[int]) -> bool:
    """Whether headings stand in the form's order, as often as they are repeated."""
    descents = sum(after <= before for before, after in pairwise(columns))
    return descents < max(Counter(columns).values(), default=1)


def _beside_numbers(lines: Sequence[Line], columns: Sequence[Column]) -> list[list[int]]:
    """The columns that are named in each stretch of lines with numbers."""
    place = {text: at for at, column in enumerate(columns) for text in labels_of(column)}
    return [
        [place[label] for line in stretch for label in labels_in(line.folded) if label in place]
        for has_value, stretch in groupby(lines, key=lambda line: line.has_value)
        if has_value
    ]


def _total_first(
    found: Sequence[tuple[int, int]], columns: Sequence[Column], lines: Sequence[Line]
) -> bool:
    """Whether the total's heading stands before all others, and not in a line above them."""
    if len(found) < 2 or found[0][0] != len(columns) - 1:
        return False
    alone = {line.number for line in lines if line.folded in labels_of(columns[-1])}
    return found[0][1] == found[1][1] or found[0][1] in alone


def _places_in_rows(
    lines: Sequence[Line], columns: Sequence[Column], widths: Mapping[int, int]
) -> tuple[dict[int, int], int]:
    """Grid column -> column of the form, and the cells in a line, if an unruled header names every
    column once, in lines of one length and in places side by side."""
    names = {text for column in columns for text in labels_of(column)}
    cells = {widths[p.line] for p in _header_pieces(lines) if p.folded in names}
    places = _places(lines, columns, ruled=False)
    if len(cells) != 1 or max(places, default=0) - min(places, default=0) + 1 != len(columns):
        return {}, 0
    return places, cells.pop()


def _places(lines: Sequence[Line], columns: Sequence[Column], ruled: bool = True) -> dict[int, int]:
    """Grid column -> column of the form, if a header names every column once."""
    seen: dict[int, int] = {}
    by_label = {text: at for at, column in enumerate(columns) for text in labels_of(column)}
    for piece in _header_pieces(lines):
        at = by_label.get(piece.folded)
        if at is None or piece.ruled is not ruled or piece.column_span > 1:
            continue
        if seen.get(piece.column, at) != at:
            return {}
        seen[piece.column] = at
    complete = sorted(seen.values()) == list(range(len(columns)))
    if not complete or (ruled and not _groups_span(lines, columns, seen)):
        return {}
    return seen


def _groups_span(
    lines: Sequence[Line], columns: Sequence[Column], places: Mapping[int, int]
) -> bool:
    """Whether every merged heading reaches over the columns of its group: else spans were lost,
    and what stands below it is not what is meant."""
    for piece in _header_pieces(lines):
        inside = range(piece.column, piece.column + piece.column_span)
        for place, at in places.items():
            group = columns[at].group
            if group and piece.folded == fold(group) and place not in inside:
                return False
    return True


def _last_places(
    lines: Sequence[Line], last: Column, widths: dict[int, int]
) -> frozenset[tuple[int, int]]:
    names = labels_of(last)
    return frozenset(
        (widths[piece.line], piece.column)
        for piece in _header_pieces(lines)
        if piece.folded in names
    )


def _header_pieces(lines: Sequence[Line]) -> list[Piece]:
    """The pieces of the lines that hold no numbers."""
    return [piece for line in lines if not line.has_value for piece in line.labels]
