"""A page's tags -> lines and tables in reading order.

A table that holds another table, has one column, or holds a whole article in one cell is layout:
what stands in it is read as lines, cell after cell. Every other table with text is data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from transforms.readers.joining import join
from transforms.readers.layout import SpanCell
from transforms.readers.markup.spans import column_span, place, row_span
from transforms.readers.markup.tidy import tidy
from transforms.readers.markup.tree import Page, Token, attributes

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
_UNSHOWN = frozenset(["noscript", "head", "audio", "video"])  # and what tree.py leaves out
# What a page strikes out is no longer said; a footnote mark is no digit of the number before it.
_MARKS = frozenset(["sup", "sub", "rt", "rp"])
_ASIDE = frozenset(["del", "s", "strike"]) | _MARKS
# What is drawn there cannot be read, which is not the same as nothing.
_DRAWN = frozenset(["object", "svg", "math", "canvas", "img"])
_UNREADABLE = "\ufffc"  # stands in a cell that holds only that
_FORM = frozenset(["input", "select", "textarea"])  # read in cells only: search bars are no text
_TYPED = frozenset({"text", "number", "tel"})  # kinds of <input> that show their value
_VOID = (
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track"
    " wbr"
)
_WITHOUT_END = frozenset(_VOID.split())
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)


Line = tuple[str, int | None]  # text outside tables, and the level of the heading it is


@dataclass(slots=True)
class Table:
    """A data table: its rows with at least one cell, all cells placed."""

    rows: list[list[SpanCell]]


Flow = list[Line | Table]


@dataclass(slots=True)
class _OpenCell(SpanCell):
    flow: Flow = field(default_factory=list)
    marks: str = ""  # what stands raised or lowered in it
    drawn: bool = False  # an image or the like stands in it


@dataclass(slots=True)
class _OpenTable:
    before: Flow  # what the table stands in; its caption goes there
    groups: list[list[list[_OpenCell]]] = field(default_factory=list)
    row: list[_OpenCell] = field(default_factory=list)  # now open
    zero_height: bool = False  # of that row
    longest: int = 0  # characters in a cell
    nests: bool = False  # another table with text stands in it

    def cells(self) -> Iterator[_OpenCell]:
        for rows in self.groups:
            for row in rows:
                yield from row

    def is_data(self) -> bool:
        """Whether this innermost table is no layout; its cells then have their place."""
        if self.nests or not 0 < self.longest <= _LONGEST_CELL:
            return False
        columns = place(self.groups)
        return columns is not None and columns > 1


def read_flow(page: Page) -> Flow:
    """Lines and data tables of a page, white space tidied, nothing empty."""
    return _FlowBuilder(page).build()


Act = Callable[[], None] | None  # what a tag does; None for those inside a line


class _Acts(dict[str, Act]):
    """Acts by tag. Tags repeat, so each is looked at once."""

    def __init__(self, act_of: Callable[[str], Act]) -> None:
        super().__init__()
        self._act_of = act_of

    def __missing__(self, tag: str) -> Act:
        act = self[tag] = self._act_of(tag)
        return act


def _is_hidden(stated: dict[str, str]) -> bool:
    return "hidden" in stated or _HIDDEN_STYLE.search(stated.get("style", "")) is not None


class _FlowBuilder:
    def __init__(self, page: Page) -> None:
        self._page = page
        self._flow: Flow = []  # of the cell now open, else of the page
        self._tables: list[_OpenTable] = []
        self._pieces: list[str] = []  # of the line now open
        self._level: int | None = None
        self._in_pre = 0
        self._hidden = ""  # the element now open that is not shown

    def build(self) -> Flow:
        acts = _Acts(self._act_of)
        pieces = self._pieces
        tokens = self._page.tokens()
        for tag, _, text in tokens:
            shown = text
            if (act := acts[tag]) is not None:
                act()
                if self._hidden:
                    shown = self._skip(tokens, text)
            if shown and (pieces or not shown.isspace()):
                if self._in_pre:
                    self._add_lines(shown)
                else:
                    pieces.append(shown)
        self._end_line()
        return self._flow

    def _act_of(self, tag: str) -> Act:
        name = tag.partition(" ")[0]
        if name.startswith("/"):
            return self._closing(name[1:])
        stated = attributes(tag) if len(tag) > len(name) else {}
        if name in _UNSHOWN or (stated and _is_hidden(stated)):
            return None if name in _WITHOUT_END else partial(self._hide, name)
        if name in _ASIDE:
            return self._part if name in self._page.unclosed else partial(self._hide, name)
        if name in _DRAWN:
            return self._draw if name in _WITHOUT_END else partial(self._draw, name)
        return self._opening(name, stated)

    def _opening(self, name: str, stated: dict[str, str]) -> Act:
        if name in _FORM:
            typed = stated.get("type", "text").lower() in _TYPED
            return partial(self._fill_in, name, stated.get("value", "") if typed else "")
        if name in _CELLS:
            spans = column_span(stated.get("colspan")), row_span(stated.get("rowspan"))
            return partial(self._open_cell, *spans)
        if name == "tr":
            return partial(self._open_row, stated.get("height", "").strip() == "0")
        if name in _ROW_GROUPS:
            return self._open_row_group
        if name == "table":
            return self._open_table
        if name == "pre":
            return partial(self._shift_pre, 1)
        if name in _HEADINGS:
            return partial(self._set_level, _HEADINGS[name])
        return self._end_line if name in _BLOCKS else None

    def _closing(self, name: str) -> Act:
        if name in _ASIDE:
            return self._part
        if name in _CELLS:
            return self._close_cell
        if name == "tr":
            return self._close_row
        if name == "table":
            return self._close_table
        if name == "pre":
            return partial(self._shift_pre, -1)
        if name in _HEADINGS:
            return partial(self._set_level, None)
        return self._end_line if name in _BLOCKS else None

    def _hide(self, name: str) -> None:
        self._hidden = name

    def _skip(self, tokens: Iterator[Token], text: str) -> str:
        """Pass over the hidden element that was opened last; the text behind it.

        A cell keeps what stands raised or lowered in it, in case it holds nothing else, and the
        option of a list that is chosen.
        """
        name, self._hidden = self._hidden, ""
        depth = 1
        chosen = ""
        inside = [text]
        for tag, _, behind in tokens:
            kind = tag.partition(" ")[0]
            if kind == f"/{name}":
                depth -= 1
                if depth == 0:
                    break
            elif kind == name:
                depth += 1
            elif kind == "option" and (not chosen or " selected" in tag):
                chosen, inside = tag, [behind]
            if name in _MARKS:
                inside.append(behind)
        else:
            behind = ""
        if (cell := self._cell()) and name in _MARKS:
            cell.marks += "".join(inside)
        elif cell and name in _FORM:
            self._pieces += inside
        return behind

    def _cell(self) -> _OpenCell | None:
        """The cell now open."""
        row = self._tables[-1].row if self._tables else ()
        return row[-1] if row and row[-1].flow is self._flow else None

    def _part(self) -> None:
        """What was meant to be set aside and is not closed cannot be told from the rest."""
        self._pieces.append(" ")

    def _draw(self, name: str = "") -> None:
        if cell := self._cell():
            cell.drawn = True
        self._hidden = name

    def _fill_in(self, name: str, value: str) -> None:
        if name == "select" or (name == "textarea" and self._cell() is None):
            self._hidden = name
        elif self._cell():
            self._pieces.append(value.replace("&", "&amp;"))

    def _add_lines(self, text: str) -> None:
        first, *others = text.split("\n")
        self._pieces.append(first)
        for line in others:
            self._end_line()
            self._pieces.append(line)

    def _end_line(self) -> None:
        if self._pieces:
            if text := tidy("".join(self._pieces)):
                self._flow.append((text, self._level))
            self._pieces.clear()

    def _set_level(self, level: int | None) -> None:
        self._end_line()
        self._level = level

    def _shift_pre(self, by: int) -> None:
        self._end_line()
        self._in_pre += by

    def _open_table(self) -> None:
        self._end_line()
        self._tables.append(_OpenTable(self._flow))

    def _open_row_group(self) -> None:
        self._end_line()
        self._tables[-1].groups.append([])  # the parser puts every row into a group

    def _open_row(self, zero_height: bool) -> None:
        self._end_line()
        table = self._tables[-1]
        table.row = []
        table.groups[-1].append(table.row)
        table.zero_height = zero_height

    def _open_cell(self, columns: int, rows: int) -> None:
        if self._pieces:
            self._end_line()
        self._flow = []
        self._tables[-1].row.append(_OpenCell(columns, rows, flow=self._flow))

    def _close_cell(self) -> None:
        if self._pieces:
            self._end_line()
        flow, table = self._flow, self._tables[-1]
        if not flow and (marks := tidy(table.row[-1].marks)):
            flow.append((marks, None))
        self._flow = table.before
        if not flow or table.nests:
            return
        lines = [line[0] for line in flow if not isinstance(line, Table)]
        text = table.row[-1].text = lines[0] if len(lines) == 1 else join(lines)
        table.longest = max(table.longest, len(text))

    def _close_row(self) -> None:
        """Word ends merged tables with a row of no height that only states column widths."""
        self._end_line()
        table = self._tables[-1]
        if table.zero_height and not any(cell.flow for cell in table.row):
            table.groups[-1].pop()

    def _close_table(self) -> None:
        self._end_line()
        table = self._tables.pop()
        self._flow = table.before
        if self._tables and (table.longest or any(cell.flow for cell in table.cells())):
            self._tables[-1].nests = True
        if table.is_data():
            for cell in table.cells():
                if cell.drawn and not cell.text:
                    cell.text = _UNREADABLE
            self._flow.append(Table([[*row] for rows in table.groups for row in rows if row]))
            return
        for cell in table.cells():
            self._flow.extend(cell.flow)
