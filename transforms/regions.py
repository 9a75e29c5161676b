"""Lines -> the lines of each statutory table, found by their labels and not by headings.

A heading may be lost, garbled or printed after its table; the labels of a table are many, and
enough of them survive. Lines that no label claims belong to the table they touch, unless they are
running text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from transforms.fold import fold
from transforms.lexicon import (
    Label,
    Role,
    by_text,
    labels,
    labels_in,
    labels_of,
    labels_of_table,
    other_labels,
    telling,
)
from transforms.pieces import Kind, Line, is_narrative
from transforms.statute.loader import forms
from transforms.values import is_empty

HEADING = 0
_COVERED = 0.6  # share of a line's words that known labels must explain before they claim the line
_SHORT_LABEL = 40  # ideographs; the longest row label has 34
_SHORT_WORD = 8  # ideographs; words this short, with blanks between, make no sentence
_FEW_ROWS = 4  # fewer row labels than this, without header or heading, are a list in the text
_ANY_ROW = frozenset({""})


@dataclass(frozen=True, slots=True)
class Region:
    """Consecutive lines of one table, and the keys of the rows whose labels are in them."""

    table_no: int
    lines: tuple[Line, ...]
    rows: frozenset[str]

    @property
    def has_value(self) -> bool:
        """Whether a number stands in it."""
        return any(line.has_value for line in self.lines)

    @property
    def is_filled(self) -> bool:
        """Whether a number stands in it, or a mark that there is none."""
        return self.has_value or any(
            piece.kind is Kind.BLANK and not is_empty(piece.text)
            for line in self.lines
            for piece in line.pieces
        )


def find_regions(lines: Sequence[Line]) -> dict[int, tuple[Region, ...]]:
    """Regions by table number, the one with most row labels first."""
    tags = [_tag(line) for line in lines]
    found: dict[int, list[Region]] = {}
    for first, last in _clusters(lines, tags):
        table_no = tags[first]
        assert table_no is not None
        region = _extended(lines, tags, first, last, table_no)
        if _is_table(region, lines, tags):
            found.setdefault(table_no, []).extend(_apart(region))
    for table_no, region in _under_headings(lines, tags, set(found)):
        found[table_no] = [region]
    return {
        table_no: tuple(sorted(tables, key=lambda r: (-len(r.rows), r.lines[0].number)))
        for table_no, regions in found.items()
        if (tables := [region for region in regions if region.rows])
    }


def _tag(line: Line) -> int | None:
    """The table whose labels explain a line; HEADING for a section heading; else null."""
    if is_narrative(line) or not line.folded:
        return None
    text = line.folded
    tokens = labels_in(text)
    if sum(map(len, tokens)) < _COVERED * len(text):
        return None
    tables = [table_no for token in tokens if (table_no := telling().get(token)) is not None]
    return max(tables, key=tables.count) if tables else None


def _clusters(lines: Sequence[Line], tags: Sequence[int | None]) -> list[tuple[int, int]]:
    """First and last index of runs of lines of one table, undisturbed by text or headings."""
    clusters: list[tuple[int, int]] = []
    open_since: int | None = None
    last = -1
    for index, tag in enumerate(tags):
        breaks = tag is None and is_narrative(lines[index])
        if open_since is not None and (breaks or tag not in (None, tags[open_since])):
            clusters.append((open_since, last))
            open_since = None
        if tag:
            open_since = index if open_since is None else open_since
            last = index
    if open_since is not None:
        clusters.append((open_since, last))
    return clusters


def _under_headings(
    lines: Sequence[Line], tags: Sequence[int | None], found: set[int]
) -> Iterator[tuple[int, Region]]:
    """The lines right under a table's heading, where none of the table's own labels is left."""
    for index, tag in enumerate(tags[:-1]):
        table_no = _announced(lines[index]) if tag == HEADING else None
        if table_no is None or table_no in found or tags[index + 1] is not None:
            continue
        region = _extended(lines, tags, index + 1, index, table_no)
        if any(line.has_value for line in region.lines):
            yield table_no, replace(region, rows=_ANY_ROW)


def _announced(line: Line) -> int | None:
    """The table that stands in the section a heading opens."""
    for label in by_text().get(line.folded, ()):
        for table in forms()[label.form].tables:
            if str(table.section) == label.key:
                return table.number
    return None


def _extended(
    lines: Sequence[Line], tags: Sequence[int | None], first: int, last: int, table_no: int
) -> Region:
    """The cluster with the unclaimed lines that touch it."""

    def unclaimed(index: int) -> bool:
        line = lines[index]
        return tags[index] is None and not is_narrative(line) and _is_short(line)

    while first > 0 and unclaimed(first - 1):
        first -= 1
    while last + 1 < len(lines) and unclaimed(last + 1):
        last += 1
    inside = tuple(lines[first : last + 1])
    return Region(table_no, inside, _rows_in(inside, table_no))


def _is_short(line: Line) -> bool:
    """Whether a line may be a label, or words set apart from each other as headings are."""
    words = (fold(word) for piece in line.labels for word in piece.text.split())
    return len(line.folded) <= _SHORT_LABEL or all(len(word) <= _SHORT_WORD for word in words)


def _apart(region: Region) -> Iterator[Region]:
    """The region, or its parts where row labels come again behind the cells of the first ones:
    two tables one after the other. A label may be broken over two lines."""
    if has_single_row(region.table_no):
        yield from _repeated(region)
        return
    filled: set[str] = set()
    waiting: set[str] = set()
    first = 0
    for at, line in enumerate(region.lines):
        before = region.lines[at - 1] if at > first else line
        words = line.folded if before.has_value else before.folded + line.folded
        found = _row_texts(region.table_no).intersection(labels_in(words))
        if found & filled:
            start = at if not found.isdisjoint(labels_in(line.folded)) else at - 1
            yield _part(region, region.lines[first:start])
            first, filled, waiting = start, set(), set()
        waiting |= found
        if line.has_value or (line.pieces and len(line.labels) < len(line.pieces)):
            filled |= waiting
    yield _part(region, region.lines[first:]) if first else region


def _repeated(region: Region) -> Iterator[Region]:
    """The parts of a region of a single row: its headings come again behind all its cells."""
    rows, cells = _single_row(region.table_no)
    seen: set[str] = set()
    first = filled = 0
    for at, line in enumerate(region.lines):
        found = rows.intersection(labels_in(line.folded))
        if filled >= cells and found & seen:
            yield _part(region, region.lines[first:at])
            first, filled, seen = at, 0, set()
        seen |= found
        if line.has_value:
            filled += sum(max(1, len(p.text)) for p in line.pieces if p.kind is not Kind.LABEL)
    yield _part(region, region.lines[first:]) if first else region


@cache
def _single_row(table_no: int) -> tuple[frozenset[str], int]:
    """The folded labels of the rows printed side by side, and how many cells they have in all."""
    blocks = [block for form in forms().values() for block in form.table[table_no].blocks]
    rows = frozenset(text for block in blocks for row in block.rows for text in labels_of(row))
    return rows, max(len(block.rows) * len(block.columns) for block in blocks)


def _part(region: Region, lines: tuple[Line, ...]) -> Region:
    return Region(region.table_no, lines, _rows_in(lines, region.table_no))


@cache
def _row_texts(table_no: int) -> frozenset[str]:
    """Folded row labels that name nothing else in their table."""
    return frozenset(
        label.folded
        for label in labels()
        if label.table_no == table_no
        and label.role is Role.ROW
        and label.folded not in other_labels(table_no)
        and not has_single_row(table_no)
    )


def _rows_in(lines: Sequence[Line], table_no: int) -> frozenset[str]:
    """The labelled rows; a table of one row has it when any label of its header is there."""
    if all(piece.kind is Kind.LABEL for line in lines for piece in line.pieces):
        return frozenset()
    found = list(_labels_of(lines, table_no))
    rows = frozenset(label.key for label in found if label.role is Role.ROW)
    return rows or (_ANY_ROW if found and has_single_row(table_no) else rows)


def _labels_of(lines: Sequence[Line], table_no: int) -> Iterator[Label]:
    own = labels_of_table(table_no)
    for line in lines:
        for token in labels_in(line.folded):
            yield from own.get(token, ())


def has_single_row(table_no: int) -> bool:
    """Whether a table prints all its rows side by side; all forms print such a table alike."""
    return all(form.table[table_no].layout == "single_row" for form in forms().values())


def _is_table(region: Region, lines: Sequence[Line], tags: Sequence[int | None]) -> bool:
    """Whether a region is a table and no list in the text: it has a header or its own heading."""
    if any(
        label.role in (Role.COLUMN, Role.BLOCK, Role.NOTE)
        for label in _labels_of(region.lines, region.table_no)
    ):
        return True
    before = range(region.lines[0].number - 1, -1, -1)
    heading = next((lines[at] for at in before if tags[at] == HEADING), None)
    if heading is None:
        return len(region.rows) >= _FEW_ROWS
    return _announced(heading) == region.table_no
