"""Lines and placed tables in reading order -> the text of a Document and its blocks.

For every reader whose format has no text of its own to point into.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transforms.document import Block, Document, Grid, GridCell, Paragraph


@dataclass(slots=True)
class SpanCell:
    """A cell before placing (`row_span` 0: to the end of the row group), and its place after."""

    column_span: int = 1
    row_span: int = 1
    text: str = ""
    row: int = 0
    column: int = 0
    page: int | None = None
    confidence: float | None = None


class Layout:
    """Builds text and blocks together, so that `text[start:end]` is each block's own text."""

    def __init__(self) -> None:
        self.page: int | None = None  # of what is added next
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._length = 0

    def text(self) -> str:
        """The text so far: a line a paragraph, a line a table row, cells joined by tabs."""
        return "".join(self._pieces)

    def document(self, document_id: str, media_type: str, encoding: str | None = None) -> Document:
        """All that was added as a Document; `dataclasses.replace` adds what else is known."""
        return Document(document_id, media_type, encoding, self.text(), tuple(self.blocks))

    def add_paragraph(self, text: str, heading_level: int | None = None) -> None:
        """Add one line."""
        start = self._length
        end = start + len(text)
        self.blocks.append(Paragraph(text, start, end, heading_level, self.page))
        self._pieces += (text, "\n")
        self._length = end + 1

    def add_grid(self, rows: Iterable[Sequence[SpanCell]], ruled: bool = True) -> None:
        """Add a table; `rows` hold their cells in column order, at least one each."""
        cells: list[GridCell] = []
        start, page = self._length, self.page
        for row in rows:
            texts = []
            for cell in row:
                text = cell.text
                texts.append(text)
                end = start + len(text)
                cells.append(
                    GridCell(
                        cell.row,
                        cell.column,
                        text,
                        start,
                        end,
                        cell.row_span,
                        cell.column_span,
                        cell.page or page,
                        cell.confidence,
                    )
                )
                start = end + 1  # the tab or line end between
            self._pieces += ("\t".join(texts), "\n")
        self._length = start
        self.blocks.append(Grid(tuple(cells), ruled, cells[0].start, cells[-1].end))
