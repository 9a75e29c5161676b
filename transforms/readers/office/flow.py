"""Lines and tables of a word-processing document -> text and blocks, by one rule for all formats.

As in a page, a table that holds another table, has one column, or holds a whole article in one
cell is layout: what stands in it is read as lines, cell after cell. Every other one is data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from transforms.document import Document, Grid, Paragraph, UnreadableFileError
from transforms.readers.joining import join
from transforms.readers.layout import Layout, SpanCell

# The longest printed label has 40 characters, remarks in tables reach some 200.
_LONGEST_CELL = 500
LARGEST_CELLS = 200_000  # in one document; a report has some 600
# Edges nearer than this are one: rows drawn by hand do not meet exactly. No cell is as narrow, so
# two cells of a row never fall into one column.
_HAIR = 120  # twips, 2 mm
UNREADABLE = "\ufffc"  # stands in a cell that holds only a picture: it is not blank
NOMINAL_WIDTH = 1000  # twips, of a column whose width nobody states


@dataclass(slots=True)
class Line:
    """A paragraph or a part of one up to a line break."""

    text: str
    level: int | None = None  # of the heading it is


@dataclass(slots=True)
class Cell:
    """A cell between two edges, in twips or any other unit from the table's left."""

    left: int
    right: int
    flow: Flow
    continues: bool = False  # it is merged into the cell above, its content unseen


@dataclass(slots=True)
class Table:
    """Rows from top to bottom, cells from left to right."""

    rows: list[list[Cell]] = field(default_factory=list)


Flow = list["Line | Table"]


@dataclass(slots=True)
class Aside:
    """What stands in a cell besides its text, which counts where there is no text."""

    raised: str = ""  # raised or lowered characters, else the mark of a note
    drawn: bool = False  # a picture, a formula or an embedded file

    def fill(self, flow: Flow) -> None:
        """Put into a cell without text what stands there instead."""
        raised = self.raised.strip()
        if not raised and not self.drawn:
            return
        if not any(isinstance(item, Table) or item.text.strip() for item in flow):
            flow.append(Line(raised or UNREADABLE))


def lay_out(flow: Flow) -> Layout:
    """Lay out a document. Raises UnreadableFileError(`too_complex`)."""
    layout = Layout()
    _Writer(layout).add(flow)
    return layout


def flow_of(document: Document) -> Flow:
    """The lines and tables of a file that is embedded in another one."""
    return [
        Line(block.text, block.heading_level) if isinstance(block, Paragraph) else _table_of(block)
        for block in document.blocks
    ]


def _table_of(grid: Grid) -> Table:
    rows: list[list[Cell]] = [[] for _ in range(max(c.row + c.row_span for c in grid.cells))]
    for cell in grid.cells:
        left, right = cell.column, cell.column + cell.column_span
        for row in range(cell.row, cell.row + cell.row_span):
            flow: Flow = [Line(cell.text)]
            edges = left * NOMINAL_WIDTH, right * NOMINAL_WIDTH
            rows[row].append(Cell(*edges, flow, continues=row > cell.row))
    return Table([sorted(row, key=lambda cell: cell.left) for row in rows])


class _Writer:
    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._cells_left = LARGEST_CELLS

    def add(self, flow: Flow) -> None:
        for item in flow:
            if isinstance(item, Line):
                if text := " ".join(item.text.split()):
                    self._layout.add_paragraph(text, item.level)
            else:
                self._add_table(item)

    def _add_table(self, table: Table) -> None:
        self._cells_left -= sum(map(len, table.rows))
        if self._cells_left < 0:
            raise UnreadableFileError("too_complex", limit=LARGEST_CELLS)
        rows = _data_rows(table)
        if rows is not None:
            self._layout.add_grid(rows)
            return
        for row in table.rows:
            for cell in row:
                self.add(cell.flow)


def _data_rows(table: Table) -> list[list[SpanCell]] | None:
    """The table's rows with at least one cell, cells in their places; None where it is layout."""
    longest = 0
    texts: dict[int, str] = {}
    for cell in (cell for row in table.rows for cell in row):
        text = _cell_text(cell.flow)
        if text is None:
            return None
        texts[id(cell)] = text
        longest = max(longest, len(text))
    if not 0 < longest <= _LONGEST_CELL:
        return None
    columns = _columns(table.rows)
    rows = [row for row in _placed(table.rows, columns, texts) if row]
    return rows if len({cell.column for row in rows for cell in row}) > 1 else None


def _has_text(table: Table) -> bool:
    """Whether anything stands in it. Not recursive over tables without end: formats bound depth."""
    flows = (item for row in table.rows for cell in row for item in cell.flow)
    return any(
        _has_text(item) if isinstance(item, Table) else not item.text.isspace() and item.text != ""
        for item in flows
    )


def _cell_text(flow: Flow) -> str | None:
    """The text of a cell on one line; None where a table with text stands in it."""
    lines = []
    for item in flow:
        if isinstance(item, Line):
            if line := " ".join(item.text.split()):
                lines.append(line)
        elif _has_text(item):
            return None
    return join(lines) if lines else ""


def _columns(rows: Sequence[Sequence[Cell]]) -> dict[int, int]:
    """The column that begins at each edge; edges a hair apart begin the same one."""
    widths = [cell.right - cell.left for row in rows for cell in row]
    hair = min(_HAIR, min(widths, default=0) // 3)
    edges = sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)})
    columns = dict.fromkeys(edges[:1], 0)
    first = edges[0] if edges else 0  # of the edges that are one
    for before, edge in pairwise(edges):
        together = edge - first <= hair
        columns[edge] = columns[before] + (not together)
        first = first if together else edge
    return columns


def _placed(
    rows: Sequence[Sequence[Cell]], columns: dict[int, int], texts: dict[int, str]
) -> Iterator[list[SpanCell]]:
    above: dict[int, SpanCell] = {}  # by column, the cell that reaches down to the row before
    for number, row in enumerate(rows):
        reaching: dict[int, SpanCell] = {}
        placed = []
        for cell in row:
            column = columns[cell.left]
            span = max(columns[cell.right] - column, 1)
            merged = above.get(column) if cell.continues else None
            if merged is not None and merged.column_span == span:
                merged.row_span += 1
                reaching[column] = merged
            elif column not in reaching:
                here = SpanCell(span, 1, texts[id(cell)], number, column)
                reaching[column] = here
                placed.append(here)
        above = reaching
        yield placed
