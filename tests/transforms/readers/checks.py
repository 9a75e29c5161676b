"""What holds for the Document of every reader."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from transforms.document import Document, Grid, GridCell, Paragraph, UnreadableFileError
from transforms.messages import problems


def check_places(document: Document) -> None:
    """Every block is where it says, in order, without overlap; no two cells share a place."""
    reached = 0
    for block in document.blocks:
        parts = block.cells if isinstance(block, Grid) else (block,)
        assert parts
        assert (block.start, block.end) == (parts[0].start, parts[-1].end)
        for part in parts:
            assert document.text[part.start : part.end] == part.text
            assert part.text == part.text.strip()
            assert reached <= part.start <= part.end <= len(document.text)
            reached = part.end
        if isinstance(block, Grid):
            assert len({(cell.row, cell.column) for cell in block.cells}) == len(block.cells)
        else:
            assert block.text


def refusal_of(read: Callable[..., object], *given: object) -> UnreadableFileError:
    """What a reader says of what it refuses; every detail of the message is there."""
    with pytest.raises(UnreadableFileError) as refused:
        read(*given)
    assert problems().both(refused.value.reason, **refused.value.details)
    return refused.value


def grids(document: Document) -> list[list[list[str]]]:
    """Each grid as rows of cell texts."""
    return [
        [[cell.text for cell in row] for row in block.rows()]
        for block in document.blocks
        if isinstance(block, Grid)
    ]


def lines(document: Document) -> list[str]:
    """The paragraphs."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def places(document: Document) -> dict[str, tuple[int, int, int, int]]:
    """Row, column, row span and column span of each cell of the first grid, by its text."""
    return all_places(document)[0]


def all_places(document: Document) -> list[dict[str, tuple[int, int, int, int]]]:
    """The same of every grid."""
    grids = (block for block in document.blocks if isinstance(block, Grid))
    return [{cell.text: _place(cell) for cell in grid.cells} for grid in grids]


def _place(cell: GridCell) -> tuple[int, int, int, int]:
    return cell.row, cell.column, cell.row_span, cell.column_span
