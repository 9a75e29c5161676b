"""What every reader makes: a Document, paragraphs and grids in reading order, each with its place.

All offsets are Python string indices into `Document.text`. For plain text that is the decoded
file; for other formats it is the text the reader lays out: `text[start:end]` is what stood there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple


class Paragraph(NamedTuple):
    """One line or paragraph outside any table."""

    text: str
    start: int
    end: int
    heading_level: int | None = None  # 1..6 where the source marks a heading
    page: int | None = None  # 1-based


class GridCell(NamedTuple):
    """One cell. `row` and `column` are its top-left place in the grid, 0-based.

    A tuple, as `Paragraph`: of what every report has hundreds of, making one must cost little.
    """

    row: int
    column: int
    text: str
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    confidence: float | None = None  # 0..1 of its least sure part, where the text was recognised


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as the source lays it out.

    `ruled` says that rows, columns and spans come from the source's own markup or ruling lines and
    can be trusted for position; a grid guessed from separators in plain text is not ruled.
    Covered places of a spanning cell hold no cell.
    """

    cells: tuple[GridCell, ...]
    ruled: bool
    start: int
    end: int

    def rows(self) -> Iterator[tuple[GridCell, ...]]:
        """Cells by their top row, in column order; rows without a cell are left out."""
        in_order = sorted(self.cells, key=attrgetter("row", "column"))
        for _, cells in groupby(in_order, key=attrgetter("row")):
            yield tuple(cells)


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """One input file, decoded and laid out.

    `metadata` holds what the file says of itself (HTML `<title>`, `<meta name=PubDate>` and the
    like) by lower-case name; it is never shown text.
    """

    document_id: str  # sha256 of the bytes, lower-case hex
    media_type: str
    encoding: str | None
    text: str
    blocks: tuple[Block, ...]
    metadata: dict[str, str] = field(default_factory=dict)
    placed: bool = False  # laid out from places on pages: what no rule parts is in a guessed order
    recognised_pages: tuple[int, ...] = ()  # 1-based; read from pictures, see transforms/trust.py
    unread_pages: tuple[int, ...] = ()  # 1-based; pages that are pictures, or without characters
    attachments: tuple[str, ...] = ()  # addresses of documents that a page links or embeds
    truncated: bool = False  # the file breaks off: what is not in it may have been in the original


class UnreadableFileError(Exception):
    """These bytes cannot become a Document. Caught where files are taken in; becomes a `Problem`.

    `reason` is a key of transforms/problems.yaml, `details` fills its message.
    """

    def __init__(self, reason: str, **details: object) -> None:
        super().__init__(reason, details)
        self.reason = reason
        self.details = {name: str(value) for name, value in details.items()}
