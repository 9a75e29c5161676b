"""Header lines and rows of a table -> Layout: what they say of where its columns stand.

Made by transforms/headers.py, used to put the pieces of a row under its columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.pieces import Piece


@dataclass(frozen=True, slots=True)
class Layout:
    """What a table's header says of its columns.

    `places`: grid column -> column of the form, where the markup makes it sure; or only in lines
    of `header_width` cells, where the columns have an order of their own.
    `total_places`: (cells in the header's line, place in it) of the heading of the last column.
    `widths`: cells in a line, by line number.
    `starts`: where the row's cells begin in lines of one make, learnt from rows that are full.
    """

    places: dict[int, int] = field(default_factory=dict)
    total_places: frozenset[tuple[int, int]] = frozenset()
    widths: dict[int, int] = field(default_factory=dict)
    labels: dict[int, int] = field(default_factory=dict)  # pieces with words, by line number
    starts: dict[tuple[int, int], int] = field(default_factory=dict)  # first column, by make
    blank_last: bool = False  # most rows leave the last column empty
    irregular: frozenset[int] = frozenset()  # lines with another count of cells than most
    some_short: bool = False  # several rows have fewer cells than columns, and none is full
    some_blank_last: bool = False  # several do
    header_width: int = 0
    some_left_out: bool = False  # columns of the form are not printed
    reordered: bool = False  # `places` are not in the form's order
    in_order: bool = True  # the headings stand in the form's order, as far as they are there

    def make_of(self, line: int) -> tuple[int, int]:
        """(cells, labels) of a line: lines of one make have their numbers in the same places."""
        return self.widths.get(line, 0), self.labels.get(line, 0)

    def start_of(self, line: int, width: int) -> int | None:
        """The place of a line's first cell: told by lines of the same make, or by the heading of
        the last column in a line of as many cells."""
        learnt = self.starts.get(self.make_of(line))
        if learnt is not None:
            return learnt
        lasts = {place for cells, place in self.total_places if cells == self.widths.get(line)}
        first = min(lasts) - width + 1 if len(lasts) == 1 else 0
        return first if first > 0 else None

    def is_last(self, piece: Piece) -> bool:
        """Whether a cell stands under the heading of the last column."""
        return (self.widths.get(piece.line, 0), piece.column) in self.total_places
