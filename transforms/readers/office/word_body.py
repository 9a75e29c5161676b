"""The body of a Word document -> lines and tables, tracked changes accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from transforms.readers.joining import join
from transforms.readers.office.flow import NOMINAL_WIDTH, Aside, Cell, Flow, Line, Table
from transforms.readers.office.names import (
    COMPATIBILITY,
    VAL,
    Stated,
    is_on,
    number,
    stated,
    stated_value,
    switched_on,
    value,
    w,
)
from transforms.readers.office.parts import RELATION_ID
from transforms.readers.office.word_styles import (
    Lists,
    Style,
    Styles,
    heading_of,
    is_raised,
    is_unseen,
)
from transforms.readers.xml import Element

_P, _R, _T, _TBL, _TR, _TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
_PPR, _RPR, _TRPR, _TCPR = w("pPr"), w("rPr"), w("trPr"), w("tcPr")
_PSTYLE, _OUTLINE, _NUMPR, _LISTPR = w("pStyle"), w("outlineLvl"), w("numPr"), w("listPr")
_GRIDBEFORE, _GRIDSPAN, _HMERGE = w("gridBefore"), w("gridSpan"), w("hMerge")
_VMERGES, _CELLMERGE = (w("vMerge"), w("vmerge")), w("cellMerge")  # the second in Word 2003
_DEL, _MOVEFROM, _CELLDEL = w("del"), w("moveFrom"), w("cellDel")
_RSTYLE, _VANISH = w("rStyle"), w("vanish")
_HIDDEN, _SPECVANISH = w("hidden"), w("specVanish")
_SDT, _ROW_HOLDERS = w("sdt"), frozenset({w("sdtContent"), w("customXml"), w("ins"), w("moveTo")})
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
_CHOICE, _FALLBACK = f"{{{COMPATIBILITY}}}Choice", f"{{{COMPATIBILITY}}}Fallback"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ANNOTATION = "{http://schemas.microsoft.com/aml/2001/core}annotation"  # Word 2003
_LIST_TEXT = "{http://schemas.microsoft.com/office/word/2003/auxHint}t"
# What is no text, is deleted, or is the small print over a character.
_SKIPPED = (
    "pPr rPr tblPr tblGrid tblPrEx trPr tcPr sectPr sdtPr sdtEndPr del moveFrom delText instrText"
    " proofErr bookmarkStart bookmarkEnd delInstrText rt footnote endnote binData fonts lists"
    " styles docPr docOleData hdr ftr"
)
_SYMBOL_FONT = 0xF000  # where Word puts the characters of symbol fonts


class _Properties(NamedTuple):
    """What the end of a paragraph needs to know."""

    style_id: str | None
    style: Style
    stated: Stated


class BodyReader:
    """Reads the parts of one document in order; `embedded` reads what an altChunk leads to."""

    def __init__(
        self, styles: Styles, lists: Lists, embedded: Callable[[str], Flow], marked: bool
    ) -> None:
        """`marked` says whether any run may be hidden, struck out or raised."""
        self._styles = styles
        self._lists = lists
        self._embedded = embedded
        self._marked = marked
        self._flow: Flow = []
        self._pieces: list[str] = []
        self._floating: Flow = []  # text boxes anchored in the paragraph now open
        self._aside = Aside()
        self._fields: list[bool] = []  # of the open fields: whether their result has begun
        self._acts = self._make_acts()

    def read(self, container: Element) -> Flow:
        """Lines and tables of a body, a cell or a text box."""
        outside = self._flow, self._pieces, self._floating, self._aside
        self._flow, self._pieces, self._floating, self._aside = [], [], [], Aside()
        self._walk(container)
        self._end_line(None)
        self._flow += self._floating
        if container.tag == _TC:
            self._aside.fill(self._flow)
        read = self._flow
        self._flow, self._pieces, self._floating, self._aside = outside
        return read

    def _make_acts(self) -> dict[object, Callable[[Element], None] | None]:
        acts: dict[object, Callable[[Element], None] | None] = {
            w(name): None for name in _SKIPPED.split()
        }
        acts |= {
            _P: self._paragraph,
            _R: self._marked_run if self._marked else self._walk,
            _T: self._text,
            _TBL: self._table,
            _SDT: self._content_control,
            w("txbxContent"): self._text_box,
            w("fldChar"): self._field,
            w("sym"): self._symbol,
            w("altChunk"): self._chunk,
            f"{{{COMPATIBILITY}}}AlternateContent": self._alternate,
            f"{_MATH}oMath": self._formula,
            _ANNOTATION: self._annotation,
        }
        acts |= dict.fromkeys((w("drawing"), w("pict"), w("object")), self._drawing)
        fixed = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
        for name, text in fixed.items():
            acts[w(name)] = self._writer(text)
        return acts

    def _writer(self, text: str) -> Callable[[Element], None]:
        def write(_: Element) -> None:
            if all(self._fields):
                self._pieces.append(text)

        return write

    def _walk(self, container: Element) -> None:
        acts, walk = self._acts, self._walk
        for child in container:
            act = acts.get(child.tag, walk)
            if act is not None:
                act(child)

    def _text(self, element: Element) -> None:
        text = element.text
        if not text or (self._fields and not all(self._fields)):
            return
        if (text[0].isspace() or text[-1].isspace()) and element.get(_PRESERVE) != "preserve":
            text = text.strip(" \t\r\n")
        self._pieces.append(text)

    def _marked_run(self, run: Element) -> None:
        said = stated(_first(run, _RPR))
        unseen = is_unseen(said)
        if not unseen and _RSTYLE in said:
            unseen = self._styles.style(said[_RSTYLE].get(VAL)).unseen and _VANISH not in said
        if unseen:
            self._only_fields(run)
        elif is_raised(said):
            self._aside.raised += "".join(text.text or "" for text in run.iterchildren(_T))
            self._only_fields(run)
        else:
            self._walk(run)

    def _only_fields(self, run: Element) -> None:
        """The marks of fields count even where they are hidden, else all behind them would be."""
        for mark in run.iterchildren(w("fldChar")):
            self._field(mark)

    def _field(self, mark: Element) -> None:
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _symbol(self, element: Element) -> None:
        """A character of a symbol font: Symbol has digits and signs where ASCII has them."""
        try:
            code = int(element.get(w("char"), ""), 16)
        except ValueError:
            return
        plain = code - _SYMBOL_FONT if code >= _SYMBOL_FONT else code
        if element.get(w("font")) == "Symbol" and 0x20 <= plain < 0x40:
            code = plain
        if all(self._fields) and 0x20 <= code < 0xFFFE and not 0xD800 <= code < 0xE000:
            self._pieces.append(chr(code))

    def _alternate(self, element: Element) -> None:
        """The same thing said for newer and for older programs: one of them."""
        choice, fallback = element.find(_CHOICE), element.find(_FALLBACK)
        told = choice is not None and next(choice.iter(_T), None) is not None
        chosen = choice if told or fallback is None else fallback
        if chosen is not None:
            self._walk(chosen)

    def _drawing(self, element: Element) -> None:
        """A picture, a shape or an embedded file; a shape may hold text."""
        self._aside.drawn = True
        self._walk(element)

    def _formula(self, _: Element) -> None:
        self._aside.drawn = True

    def _content_control(self, element: Element) -> None:
        """A form field; what it shows before anybody filled it in is no text."""
        if not is_on(element.find(w("sdtPr")), "showingPlcHdr"):
            self._walk(element)

    def _annotation(self, element: Element) -> None:
        if element.get(w("type")) != "Word.Deletion":
            self._walk(element)

    def _text_box(self, content: Element) -> None:
        fields, self._fields = self._fields, []
        self._floating += self.read(content)
        self._fields = fields

    def _chunk(self, element: Element) -> None:
        self._end_line(None)
        self._flow += self._embedded(element.get(RELATION_ID) or "")

    def _paragraph(self, paragraph: Element) -> None:
        said = stated(_first(paragraph, _PPR))
        style_id = stated_value(said, _PSTYLE) or self._styles.default
        properties = _Properties(style_id, self._styles.style(style_id), said)
        self._walk(paragraph)
        if not all(self._fields):  # an instruction is never longer than its paragraph
            self._fields = [True] * len(self._fields)
        if not _joins_next(said.get(_RPR)):
            self._end_line(properties)

    def _end_line(self, properties: _Properties | None) -> None:
        text = "".join(self._pieces)
        label, level = "", None
        if properties is not None:
            label, level = self._label(properties), self._heading(properties)
        if label and text.strip():
            text = join([label.strip() or label, text.strip()]) if label.strip() else text
        for line in (text or label).split("\n"):
            if line:
                self._flow.append(Line(line, level))
        self._pieces.clear()
        if self._floating:
            self._flow += self._floating
            self._floating = []

    def _heading(self, properties: _Properties) -> int | None:
        outline = stated_value(properties.stated, _OUTLINE)
        return properties.style.heading if outline is None else heading_of(outline)

    def _label(self, properties: _Properties) -> str:
        if (old := properties.stated.get(_LISTPR)) is not None:  # Word 2003
            shown = next(old.iter(_LIST_TEXT), None)
            return "" if shown is None else next(iter(shown.values()), "")
        list_id = level = None
        if (numbered := properties.stated.get(_NUMPR)) is not None:
            list_id, level = value(numbered, "numId"), number(value(numbered, "ilvl"))
        style = properties.style
        if list_id is None:
            list_id = style.list_id
            level = style.list_level if level is None else level
        if list_id is None or list_id == "0":
            return ""
        return self._lists.label(list_id, level, properties.style_id)

    def _table(self, element: Element) -> None:
        self._end_line(None)
        edges = _Edges(element)
        table = Table()
        for row in _inside(element, _TR):
            said = stated(_first(row, _TRPR))
            if _DEL not in said and not switched_on(said, _HIDDEN):
                before = stated_value(said, _GRIDBEFORE)
                table.rows.append(self._row(row, _span(before, least=0), edges))
        self._flow.append(table)

    def _row(self, row: Element, at: int, edges: _Edges) -> list[Cell]:
        cells: list[Cell] = []
        for element in _inside(row, _TC):
            said = stated(_first(element, _TCPR))
            if _CELLDEL in said:
                continue
            left = at
            at += _span(stated_value(said, _GRIDSPAN), least=1)
            if cells and _HMERGE in said and _goes_on(said[_HMERGE]):
                cells[-1].right = edges.at(at)
                continue
            cells.append(Cell(edges.at(left), edges.at(at), self.read(element), _merges(said)))
        return cells


class _Edges:
    """The edges of a table's grid columns, from its left, in twips."""

    def __init__(self, table: Element) -> None:
        grid = table.find(w("tblGrid"))
        columns = [] if grid is None else grid.findall(w("gridCol"))
        widths = [number(column.get(w("w"))) or 0 for column in columns]
        if not all(width > 0 for width in widths):
            widths = [NOMINAL_WIDTH] * len(widths)
        self._edges = [*accumulate(widths, initial=0)]

    def at(self, place: int) -> int:
        """The edge before the column of this number, also beyond the columns that are stated."""
        beyond = place - len(self._edges) + 1
        return self._edges[-1] + beyond * NOMINAL_WIDTH if beyond > 0 else self._edges[place]


def _span(stated: str | None, least: int) -> int:
    return max(number(stated) or least, least)


def _inside(container: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those in content controls."""
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag == _SDT or child.tag in _ROW_HOLDERS:
            yield from _inside(child, tag)


def _first(element: Element, tag: str) -> Element | None:
    """The properties of an element, which come first in it."""
    for child in element:
        return child if child.tag == tag else next(element.iterchildren(tag), None)
    return None


def _merges(cell: Stated) -> bool:
    """Whether a cell goes on with the one above."""
    for name in _VMERGES:
        if name in cell:
            return _goes_on(cell[name])
    return _CELLMERGE in cell and cell[_CELLMERGE].get(_VMERGES[0]) == "cont"


def _goes_on(merge: Element) -> bool:
    return bool(merge.get(VAL, "continue") == "continue")


def _joins_next(mark: Element | None) -> bool:
    """Whether the end of a paragraph is deleted, or so hidden that the next one goes on."""
    if mark is None or len(mark) == 0:
        return False
    said = stated(mark)
    return _DEL in said or _MOVEFROM in said or switched_on(said, _SPECVANISH)
