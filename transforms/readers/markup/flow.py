"""A page's tree -> lines and tables in reading order.

A table that holds another table, has one column, or holds a whole article in one cell is layout:
what stands in it is read as lines, cell after cell. Every other table with text is data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from transforms.readers.markup.spans import SpanCell, column_span, place, row_span
from transforms.readers.markup.tidy import join, tidy
from transforms.readers.markup.tree import TEXT, UNSHOWN, Node, Page

# The longest printed label has 40 characters, remarks in tables reach some 200. A cell longer than
# this is a page column with the article in it.
_LONGEST_CELL = 500

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELLS = frozenset({"td", "th"})
_ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_LINE_ENDING = (
    "address article aside blockquote body br caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form header hgroup hr legend li main menu nav ol p pre"
    " section summary table tr ul"
)
_BLOCKS = frozenset(_LINE_ENDING.split()).union(_HEADINGS, _CELLS, _ROW_GROUPS)
# Blocks that do more than end the line before and after them.
_SPECIAL = frozenset({"table", "tr", "pre"}).union(_HEADINGS, _CELLS, _ROW_GROUPS)


@dataclass(slots=True)
class Line:
    """One line of text outside tables."""

    text: str
    heading_level: int | None = None


@dataclass(slots=True)
class Table:
    """A data table: its rows with at least one cell, all cells placed."""

    rows: list[list[SpanCell]]


Flow = list[Line | Table]


@dataclass(slots=True)
class _OpenCell(SpanCell):
    flow: Flow = field(default_factory=list)


@dataclass(slots=True)
class _OpenTable:
    before: Flow  # what the table stands in; its caption goes there
    groups: list[list[list[_OpenCell]]] = field(default_factory=list)
    zero_height: bool = False  # of the row now open
    nests: bool = False  # another table with text stands in it

    def cells(self) -> Iterator[_OpenCell]:
        for rows in self.groups:
            for row in rows:
                yield from row


def read_flow(page: Page) -> Flow:
    """Lines and data tables of a page, white space tidied, nothing empty."""
    return _FlowBuilder(page.hidden()).build(page.root)


class _FlowBuilder:
    def __init__(self, hidden: frozenset[int]) -> None:
        self._hidden = hidden
        self._flow: Flow = []  # of the cell now open, else of the page
        self._tables: list[_OpenTable] = []
        self._pieces: list[str] = []  # of the line now open
        self._level: int | None = None
        self._in_pre = 0

    def build(self, node: Node | None) -> Flow:
        above: list[tuple[Node, str]] = []  # a stack of ours: pages nest deeper than Python calls
        while node is not None:
            tag = node.tag or ""
            if tag == TEXT:
                if self._pieces or not node.is_empty_text_node:
                    self._add_text(node.text_content or "")
            elif tag not in UNSHOWN and not (self._hidden and node.mem_id in self._hidden):
                if tag in _BLOCKS:
                    self._open(tag, node)
                if (child := node.first_child) is not None:
                    above.append((node, tag))
                    node = child
                    continue
                if tag in _BLOCKS:
                    self._close(tag)
            following = node.next
            while following is None and above:
                node, tag = above.pop()
                if tag in _BLOCKS:
                    self._close(tag)
                following = node.next
            node = following
        self._end_line()
        return self._flow

    def _add_text(self, text: str) -> None:
        if self._in_pre:
            first, *others = text.split("\n")
            self._pieces.append(first)
            for line in others:
                self._end_line()
                self._pieces.append(line)
        else:
            self._pieces.append(text)

    def _end_line(self) -> None:
        if text := tidy("".join(self._pieces)):
            self._flow.append(Line(text, self._level))
        self._pieces.clear()

    def _open(self, tag: str, node: Node) -> None:
        if self._pieces:
            self._end_line()
        if tag not in _SPECIAL:
            return
        if tag in _CELLS:
            self._open_cell(node)
        elif tag == "table":
            self._tables.append(_OpenTable(self._flow))
        elif tag == "pre":
            self._in_pre += 1
        elif tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        elif tag == "tr":
            table = self._tables[-1]
            table.groups[-1].append([])
            table.zero_height = (node.attributes.get("height") or "").strip() == "0"
        else:
            self._tables[-1].groups.append([])  # the parser puts every row into a group

    def _open_cell(self, node: Node) -> None:
        attributes = node.attributes
        cell = _OpenCell(
            column_span(attributes.get("colspan")), row_span(attributes.get("rowspan"))
        )
        self._tables[-1].groups[-1][-1].append(cell)
        self._flow = cell.flow

    def _close(self, tag: str) -> None:
        if self._pieces:
            self._end_line()
        if tag not in _SPECIAL:
            return
        if tag in _CELLS:
            self._flow = self._tables[-1].before
        elif tag == "table":
            self._close_table(self._tables.pop())
        elif tag == "pre":
            self._in_pre -= 1
        elif tag in _HEADINGS:
            self._level = None
        elif tag == "tr":
            self._drop_measuring_row(self._tables[-1])

    def _drop_measuring_row(self, table: _OpenTable) -> None:
        """Word ends merged tables with a row of no height that only states column widths."""
        if table.zero_height and not any(cell.flow for cell in table.groups[-1][-1]):
            table.groups[-1].pop()

    def _close_table(self, table: _OpenTable) -> None:
        self._flow = table.before
        if self._tables and any(cell.flow for cell in table.cells()):
            self._tables[-1].nests = True
        if not table.nests and _is_data(table):
            self._flow.append(Table([[*row] for rows in table.groups for row in rows if row]))
            return
        for cell in table.cells():
            self._flow.extend(cell.flow)


def _is_data(table: _OpenTable) -> bool:
    """Whether this innermost table is no layout; its cells then have text and place."""
    longest = 0
    for cell in table.cells():
        cell.text = join([line.text for line in cell.flow if isinstance(line, Line)])
        longest = max(longest, len(cell.text))
    if not 0 < longest <= _LONGEST_CELL:
        return False
    columns = place(table.groups)
    return columns is not None and columns > 1
