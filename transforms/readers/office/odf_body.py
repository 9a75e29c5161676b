"""The body of an OpenDocument text -> lines and tables.

What tracked changes deleted stands apart from the text and is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate

from transforms.document import UnreadableFileError
from transforms.readers.joining import join
from transforms.readers.office.flow import (
    LARGEST_CELLS,
    NOMINAL_WIDTH,
    Aside,
    Cell,
    Flow,
    Line,
    Table,
)
from transforms.readers.office.numbering import Counter
from transforms.readers.office.odf_names import count, q
from transforms.readers.office.odf_styles import OdfStyles
from transforms.readers.xml import Element

_P, _H, _LIST, _ITEM = q("text:p"), q("text:h"), q("text:list"), q("text:list-item")
_ROW, _CELL, _COVERED = (
    q("table:table-row"), q("table:table-cell"), q("table:covered-table-cell")
)  # fmt: skip
_COLUMN, _STYLE, _TABLE_STYLE = q("table:table-column"), q("text:style-name"), q("table:style-name")
_REPEATED = q("table:number-columns-repeated")
_ROWS_REPEATED = q("table:number-rows-repeated")
_COLUMNS_SPANNED, _ROWS_SPANNED = q("table:number-columns-spanned"), q("table:number-rows-spanned")
_CHANGE, _TEXT_ID = q("text:change-id"), q("text:id")
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_DISPLAY = q("text:display")
_MOST_COLUMNS = 1000  # of a table; the form has 10
_MOST_BLANKS = 100  # of one element that stands for several
_SKIPPED = (
    "text:tracked-changes text:note office:annotation office:annotation-end office:forms"
    " text:hidden-text text:placeholder text:ruby-text text:sequence-decls text:variable-decls"
    " text:user-field-decls text:table-of-content-source text:alphabetical-index-source"
    " text:illustration-index-source text:table-index-source text:user-index-source text:number"
    " table:covered-table-cell office:event-listeners"
)
_DRAWN = "draw:image draw:object draw:object-ole draw:control draw:plugin"
Act = Callable[[Element], None]


class OdfBody:
    """Reads the parts of one document in order."""

    def __init__(self, styles: OdfStyles) -> None:
        self._styles = styles
        self._flow: Flow = []
        self._pieces: list[str] = []
        self._floating: Flow = []  # text boxes anchored in the paragraph now open
        self._aside = Aside()
        self._in_paragraph = 0
        self._cells_left = LARGEST_CELLS
        self._lists: list[tuple[str | None, Counter]] = []  # the lists now open, outermost first
        self._counters: dict[str, Counter] = {}  # by style, the counter used last
        self._named: dict[str, Counter] = {}  # by the id of a list
        self._headings: Counter | None = None
        self._label = ""  # of the list item whose first paragraph comes next
        self._deletions: frozenset[str] = frozenset()  # ids of changes that deleted something
        self._deleting: set[str] = set()  # of those, in which the text now is
        self._acts = self._make_acts()

    def read_body(self, body: Element) -> Flow:
        """Lines and tables of the whole document.

        What was deleted stands in the list of changes, or, in files that LibreOffice wrote while it
        showed changes, in the text between two marks.
        """
        changes = body.find(q("text:tracked-changes"))
        if changes is not None:
            ended = {mark.get(_CHANGE) for mark in body.iter(q("text:change-end"))}
            deletions = changes.iter(q("text:deletion"))
            regions = (deletion.getparent() for deletion in deletions)
            found = {region.get(_XML_ID) or region.get(_TEXT_ID) for region in regions}
            self._deletions = frozenset(found & ended)
        return self.read(body)

    def read(self, container: Element) -> Flow:
        """Lines and tables of a body, a cell, a text box, or a paragraph of a shape."""
        outside = self._flow, self._pieces, self._floating, self._aside, self._lists, self._label
        self._flow, self._pieces, self._floating, self._aside = [], [], [], Aside()
        self._lists, self._label = [], ""
        nesting, self._in_paragraph = self._in_paragraph, 0
        if container.tag in {_P, _H}:
            self._paragraph(container)
        else:
            self._walk(container)
        if container.tag == _CELL:
            self._aside.fill(self._flow)
        read = self._flow
        self._flow, self._pieces, self._floating, self._aside, self._lists, self._label = outside
        self._in_paragraph = nesting
        return read

    def _make_acts(self) -> dict[object, Act | None]:
        acts: dict[object, Act | None] = {q(name): None for name in _SKIPPED.split()}
        acts |= dict.fromkeys(map(q, _DRAWN.split()), self._drawing)
        acts |= {
            _P: self._paragraph,
            _H: self._paragraph,
            _LIST: self._list,
            _ITEM: self._item,
            q("text:span"): self._span,
            q("text:s"): self._blanks,
            q("text:tab"): lambda _: self._write(" "),
            q("text:line-break"): lambda _: self._write("\n"),
            q("text:change-start"): self._change_start,
            q("text:change-end"): lambda mark: self._deleting.discard(mark.get(_CHANGE)),
            q("text:section"): self._section,
            q("draw:text-box"): self._text_box,
            q("table:table"): self._table,
        }
        return acts

    def _walk(self, container: Element) -> None:
        acts, walk = self._acts, self._walk
        if self._in_paragraph and container.text:
            self._write(_one_line(container.text))
        for child in container:
            act = acts.get(child.tag, walk)
            if act is not None:
                act(child)
            if self._in_paragraph and child.tail:
                self._write(_one_line(child.tail))

    def _write(self, text: str) -> None:
        if not self._deleting:
            self._pieces.append(text)

    def _change_start(self, mark: Element) -> None:
        change = mark.get(_CHANGE)
        if change in self._deletions:
            self._deleting.add(change)

    def _paragraph(self, element: Element) -> None:
        if self._in_paragraph:  # of a shape, which holds text without a box
            self._floating += self.read(element)
            return
        self._in_paragraph = 1
        self._walk(element)
        self._in_paragraph = 0
        if self._deleting:  # so is the end of this paragraph
            return
        text = "".join(self._pieces)
        self._pieces.clear()
        level = min(count(element, q("text:outline-level")), 6) if element.tag == _H else None
        label, self._label = self._label, ""
        if level is not None and not self._lists:
            label = self._heading_label(count(element, q("text:outline-level")))
        if not self._styles.text("paragraph", element.get(_STYLE)).unseen:
            if label:
                text = join([label, text.strip()]) if text.strip() else label
            self._flow += [Line(line, level) for line in text.split("\n") if line]
        self._flow += self._floating
        self._floating = []

    def _heading_label(self, level: int) -> str:
        if self._headings is None:
            self._headings = self._styles.counter(None)
        return self._headings.next_label(level - 1).strip()

    def _span(self, element: Element) -> None:
        style = self._styles.text("text", element.get(_STYLE))
        if style.unseen or (style.raised and self._deleting):
            return
        if style.raised:
            self._aside.raised += "".join(element.itertext())
        else:
            self._walk(element)

    def _blanks(self, element: Element) -> None:
        self._write(" " * min(count(element, q("text:c")), _MOST_BLANKS))

    def _drawing(self, element: Element) -> None:
        del element
        self._aside.drawn = True

    def _section(self, element: Element) -> None:
        if element.get(_DISPLAY) != "none":
            self._walk(element)

    def _text_box(self, element: Element) -> None:
        box = self.read(element)
        if self._in_paragraph:
            self._floating += box
        else:
            self._flow += box

    def _list(self, element: Element) -> None:
        """A list, or the next level of the one it stands in."""
        if self._lists:
            self._lists.append(self._lists[-1])
        else:
            self._lists.append(self._counter(element))
        self._walk(element)
        self._lists.pop()

    def _counter(self, element: Element) -> tuple[str | None, Counter]:
        style = element.get(_STYLE)
        goes_on = element.get(q("text:continue-numbering")) == "true"
        before = self._named.get(element.get(q("text:continue-list"), ""))
        if before is None and goes_on:
            before = self._counters.get(style or "")
        counter = self._styles.counter(style or "") if before is None else before
        self._counters[style or ""] = counter
        if list_id := element.get(_XML_ID):
            self._named[list_id] = counter
        return style, counter

    def _item(self, element: Element) -> None:
        level = len(self._lists) - 1
        first = next((child.tag for child in element if child.tag in {_P, _H, _LIST}), None)
        if self._lists and first in {_P, _H}:
            counter = self._lists[-1][1]
            start = element.get(q("text:start-value"))
            if start is not None and start.isascii() and start.isdigit():
                counter.restart(level, int(start[:9]))
            self._label = counter.next_label(level).strip()
        self._walk(element)
        self._label = ""

    def _table(self, element: Element) -> None:
        edges = self._edges(element)
        down: dict[int, tuple[int, int]] = {}  # column -> (end, rows) of cells that reach below
        table = Table()
        for row in _rows(element):
            cells = list(self._row(row, edges, down))
            for _ in range(count(row, _ROWS_REPEATED)):
                self._spend(len(cells) + 1)
                copies = [Cell(c.left, c.right, c.flow, c.continues) for c in cells]
                table.rows.append(copies)
        (self._floating if self._in_paragraph else self._flow).append(table)

    def _row(
        self, row: Element, edges: list[int], down: dict[int, tuple[int, int]]
    ) -> Iterator[Cell]:
        at = free = 0  # the next column, and the first that no cell of this row covers
        for element in row:
            if element.tag not in {_CELL, _COVERED}:
                continue
            width = count(element, _COLUMNS_SPANNED) if element.tag == _CELL else 1
            flow = self.read(element) if element.tag == _CELL else []
            for _ in range(min(count(element, _REPEATED), _MOST_COLUMNS)):
                self._spend(1)
                if element.tag == _CELL:
                    free = at + width
                    if (tall := count(element, _ROWS_SPANNED)) > 1:
                        down[at] = (free, tall - 1)
                    yield Cell(_edge(edges, at), _edge(edges, free), flow)
                elif at >= free and at in down:
                    free, rows = down.pop(at)
                    if rows > 1:
                        down[at] = (free, rows - 1)
                    yield Cell(_edge(edges, at), _edge(edges, free), [], continues=True)
                at += 1

    def _edges(self, table: Element) -> list[int]:
        """The edges of the columns, from the left, in twips."""
        widths: list[int | None] = []
        for column in _columns(table):
            width = self._styles.column_width(column.get(_TABLE_STYLE))
            repeated = min(count(column, _REPEATED), _MOST_COLUMNS - len(widths))
            widths += [width] * repeated
        known = [width for width in widths if width]
        if len(known) < len(widths):
            known = [NOMINAL_WIDTH] * len(widths)
        return [*accumulate(known, initial=0)]

    def _spend(self, cells: int) -> None:
        self._cells_left -= cells
        if self._cells_left < 0:
            raise UnreadableFileError("too_complex", limit=LARGEST_CELLS)


def _one_line(text: str) -> str:
    return text.replace("\n", " ") if "\n" in text else text


def _edge(edges: list[int], column: int) -> int:
    beyond = column - len(edges) + 1
    return edges[-1] + beyond * NOMINAL_WIDTH if beyond > 0 else edges[column]


def _rows(table: Element) -> Iterator[Element]:
    """Rows in order, also those in groups; not those of tables in cells."""
    for child in table:
        if child.tag == _ROW:
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _columns(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == _COLUMN:
            yield child
        elif child.tag in _COLUMN_GROUPS:
            yield from _columns(child)


_ROW_GROUPS = frozenset(
    {q("table:table-header-rows"), q("table:table-rows"), q("table:table-row-group")}
)
_COLUMN_GROUPS = frozenset(
    {q("table:table-header-columns"), q("table:table-columns"), q("table:table-column-group")}
)
