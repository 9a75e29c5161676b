"""Pages of runs and rules -> the text and the blocks of a Document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from transforms.readers.layout import Layout, SpanCell
from transforms.readers.positioned.cuts import all_joined
from transforms.readers.positioned.margins import without_margins
from transforms.readers.positioned.page import Page, upright
from transforms.readers.positioned.paragraphs import (
    LooseRow,
    Passage,
    PlacedLine,
    passages_of,
)
from transforms.readers.positioned.tables import (
    Table,
    TableCell,
    in_rows,
    tables_of,
    take_overflow,
)
from transforms.readers.positioned.writing import TextLine, lines_of

_OVERFLOW = 4  # lines of a cell that may stand below the last rule of a page


@dataclass(frozen=True, slots=True)
class _Item:
    """A table or a line with its place."""

    page: int
    top: float
    margin: float  # where the page's text ends to the right
    content: Table | TextLine


def lay_out(pages: Sequence[Page]) -> Layout:
    """The text of the pages in reading order, with every block's page.

    Raises UnreadableFileError: `too_complex`.
    """
    layout = Layout()
    for is_table, group in groupby(_items(pages), key=lambda item: isinstance(item.content, Table)):
        contents = list(group)
        if is_table:
            tables = [item.content for item in contents if isinstance(item.content, Table)]
            for table in all_joined(tables):
                _add_table(layout, table)
        else:
            lines = [
                PlacedLine(item.content, item.page, item.margin)
                for item in contents
                if isinstance(item.content, TextLine)
            ]
            for passage in passages_of(lines):
                _add_passage(layout, passage)
    return layout


def _items(pages: Sequence[Page]) -> Iterator[_Item]:
    """Tables and lines outside them, in reading order."""
    turned = [upright(page) for page in pages]
    found = [tables_of(page) for page in turned]
    lines = without_margins(turned, [lines_of(outside) for _, outside in found])
    found_items: list[_Item] = []
    for page, (tables, _), of_page in zip(turned, found, lines, strict=True):
        margin = max((line.right for line in of_page), default=0.0)
        items = [_Item(page.number, table.top, margin, table) for table in tables]
        items += [
            _Item(page.number, line.baseline, margin, line) for line in of_page if line.text.strip()
        ]
        found_items += sorted(items, key=lambda item: item.top)
    return _without_overflow(found_items)


def _without_overflow(items: Sequence[_Item]) -> Iterator[_Item]:
    """The items without lines that belong to a cell cut open by the page's end.

    Such lines stand between two parts of one table, below the rules of the first.
    """
    at = 0
    while at < len(items):
        table = items[at].content
        after = at + 1
        while after < len(items) and isinstance(items[after].content, TextLine):
            after += 1
        yield items[at]
        if isinstance(table, Table) and 1 < after - at <= _OVERFLOW + 1 and after < len(items):
            lines = [item.content for item in items[at + 1 : after]]
            texts = [line for line in lines if isinstance(line, TextLine)]
            same_page = all(item.page == table.page for item in items[at + 1 : after])
            follows = items[after].page == table.page + 1
            if same_page and follows and take_overflow(table, texts):
                at = after
                continue
        at += 1


def _add_table(layout: Layout, table: Table) -> None:
    rows = [[_span_cell(cell) for cell in row] for row in in_rows(table.cells, table.rows) if row]
    layout.add_grid(rows, table.ruled)


def _span_cell(cell: TableCell) -> SpanCell:
    known = [run.confidence for run in cell.runs if run.confidence is not None]
    return SpanCell(
        cell.column_span,
        cell.row_span,
        cell.text,
        cell.row,
        cell.column,
        page=cell.page,
        confidence=min(known, default=None),
    )


def _add_passage(layout: Layout, passage: Passage | list[LooseRow]) -> None:
    if isinstance(passage, Passage):
        layout.page = passage.page
        layout.add_paragraph(passage.text)
        return
    rows = [
        [SpanCell(1, 1, text, number, column, page=row.page) for column, text in row.pieces]
        for number, row in enumerate(passage)
    ]
    layout.add_grid(rows, ruled=False)
