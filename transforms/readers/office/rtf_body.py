"""Tokens of an RTF file -> lines and tables, tracked changes accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from transforms.document import UnreadableFileError
from transforms.readers.joining import join
from transforms.readers.office.flow import Aside, Flow
from transforms.readers.office.rtf_state import State, Tables
from transforms.readers.office.rtf_tokens import Kind, Token
from transforms.readers.office.stacked import CellEdges, TableStack

DEEPEST = 400  # groups in one another
# Not text of the document, or said elsewhere.
_SKIPPED = frozenset(
    b"annotation atnauthor atnid colortbl comment filetbl footer footerf footerl footerr footnote"
    b" header headerf headerl headerr info listoverridetable listtable nonesttables pgptbl pict"
    b" private rsidtbl rxe shprslt sn sp sv tc tcn template txe userprops xe xmlnstbl".split()
)
# Read although `\*` says that a program may pass over them.
_STARRED = frozenset(b"nesttableprops shpinst shptxt ud do dptxbxtext".split())
_BOXES = frozenset(b"shptxt dptxbxtext".split())
_LABELS = frozenset(b"listtext pntext".split())
_CHARACTERS = {
    b"tab": " ", b"line": "\n", b"lbr": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘",
    b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": " ",
    b"enspace": " ", b"qmspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}


@dataclass(slots=True)
class _Row:
    """The properties of a row, from its `\\trowd` on."""

    edges: list[CellEdges] = field(default_factory=list)
    left: int = 0  # of the next cell
    joins_left: bool = False
    continues: bool = False

    def end_cell(self, right: int) -> None:
        self.edges.append(CellEdges(self.left, right, self.joins_left, self.continues))
        self.left, self.joins_left, self.continues = right, False, False


@dataclass(slots=True)
class _Story:
    """A text: the document's own or a text box's."""

    stack: TableStack = field(default_factory=TableStack)
    pieces: list[str] = field(default_factory=list)  # of the line now open
    label: list[str] = field(default_factory=list)  # the automatic number of that line
    floating: Flow = field(default_factory=list)  # text boxes anchored in it
    aside: Aside = field(default_factory=Aside)
    row: _Row = field(default_factory=_Row)
    nested_row: _Row = field(default_factory=_Row)
    kept: set[int] = field(default_factory=set)  # depths whose row has a cell not deleted


class RtfBody:
    """Reads the tokens of one file. `complete` says whether all its groups were closed."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._state = State()
        self._outer: list[State] = []
        self._story = _Story()
        self._around: list[_Story] = []
        self._bytes = bytearray()  # not yet decoded: a character may have two
        self._to_skip = 0  # characters that stand in for the last \u
        self._starred = False
        self._first = False  # the next word is the first of its group
        self.complete = False
        self._words = self._make_words()

    def read(self, tokens: Iterable[Token]) -> Flow:
        """Lines and tables of the file."""
        for token in tokens:
            self._take(token)
            if self.complete:
                break
        self._flush()
        while self._around:
            self._end_box()
        self._end_line(self._state.tables)
        return self._story.stack.finish()

    def _take(self, token: Token) -> None:
        kind, text, number = token
        if kind is Kind.WORD:
            self._flush()
            self._word(text, number)
        elif kind in {Kind.TEXT, Kind.BYTE}:
            self._add_bytes(text)
        elif kind is Kind.SYMBOL:
            self._symbol(text)
        else:
            self._flush()
            self._to_skip = 0
            self._open() if kind is Kind.OPEN else self._close()

    def _add_bytes(self, data: bytes) -> None:
        self._first = False
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            data = data[skipped:]
        if not self._state.skipped:
            self._bytes += data

    def _flush(self) -> None:
        if self._bytes:
            encoding = self._tables.encoding_of(self._state)
            self._write(self._bytes.decode(encoding, "replace"))
            self._bytes.clear()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
        elif self._to_skip:
            self._to_skip -= 1
        elif symbol in {b"\r", b"\n"}:
            self._flush()
            self._paragraph(None)
        elif symbol in _SYMBOLS:
            self._flush()
            self._write(_SYMBOLS[symbol])

    def _write(self, text: str) -> None:
        state, story = self._state, self._story
        if state.skipped:
            return
        if state.into == "stylesheet":
            self._tables.style_name.append(text)
        elif state.into == "label":
            story.label.append(text)
        elif state.into == "text" and not (state.hidden or state.deleted or state.struck):
            if state.raised:
                story.aside.raised += text
            else:
                story.pieces.append(text)

    def _open(self) -> None:
        if len(self._outer) >= DEEPEST:
            raise UnreadableFileError("too_complex", limit=DEEPEST)
        self._outer.append(self._state)
        self._state = self._state.inner()
        if self._state.into == "stylesheet" and self._outer[-1].into == "stylesheet":
            self._state.ends_style = True
        self._first, self._starred = True, False

    def _close(self) -> None:
        if self._state.ends_box:
            self._end_box()
        if self._state.ends_style:
            self._tables.end_style()
        if self._outer:
            self._state = self._outer.pop()
        self.complete = not self._outer
        self._first = self._starred = False

    def _end_box(self) -> None:
        self._end_line(self._state.tables)
        box = self._story.stack.finish()
        self._story = self._around.pop()
        self._story.floating += box

    def _word(self, word: bytes, number: int | None) -> None:
        if self._to_skip and word not in {b"u", b"uc"}:
            self._to_skip -= 1
        first, starred = self._first, self._starred
        self._first = self._starred = False
        if first and self._destination(word, starred):
            return
        if self._state.skipped:
            return
        if word in _CHARACTERS:
            self._write(_CHARACTERS[word])
        elif (act := self._words.get(word)) is not None:
            act(number)

    def _destination(self, word: bytes, starred: bool) -> bool:
        """Whether the first word of a group says what the group is."""
        state = self._state
        if word in _SKIPPED or (starred and word not in _STARRED):
            if word == b"pict" and not state.skipped:
                self._story.aside.drawn = True
            state.skipped = True
        elif word in {b"fonttbl", b"stylesheet"}:
            state.into = word.decode()
        elif word in _LABELS:
            state.into = "label"
        elif word == b"nesttableprops":
            state.nested_row = True
        elif word in _BOXES and not state.skipped:
            self._around.append(self._story)
            self._story = _Story()
            state.ends_box = True
            state.reset_paragraph()
        elif word == b"ud" and self._outer:
            state.skipped = self._outer[-2].skipped if len(self._outer) > 1 else False
        elif word == b"upr":
            state.skipped = True  # but for the \ud in it
        else:
            return False
        return True

    def _make_words(self) -> dict[bytes, Callable[[int | None], None]]:
        return {
            b"u": self._unicode,
            b"uc": lambda n: self._set("unicode_skip", max(n or 0, 0)),
            b"par": self._paragraph,
            b"sect": self._paragraph,
            b"page": self._paragraph,
            b"cell": self._cell,
            b"nestcell": self._cell,
            b"row": self._end_row,
            b"nestrow": self._end_row,
            b"trowd": self._begin_row,
            b"trleft": lambda n: setattr(self._row(), "left", n or 0),
            b"cellx": lambda n: self._row().end_cell(n or 0),
            b"clmrg": lambda _: setattr(self._row(), "joins_left", True),
            b"clvmrg": lambda _: setattr(self._row(), "continues", True),
            b"pard": lambda _: self._state.reset_paragraph(),
            b"plain": self._plain,
            b"intbl": lambda _: self._set("in_table", True),
            b"itap": lambda n: self._set("depth", n or 0),
            b"outlinelevel": self._outline,
            b"s": self._style,
            b"f": self._font,
            b"af": self._associated_font,
            b"dbch": lambda _: self._set("asian_font", -1),
            b"loch": lambda _: self._set("asian_font", None),
            b"hich": lambda _: self._set("asian_font", None),
            b"fcharset": lambda n: self._tables.set_charset(self._state.font, n),
            b"ansicpg": self._code_page,
            b"deff": lambda n: self._set("font", n or 0),
            b"v": lambda n: self._set("hidden", n != 0),
            b"deleted": lambda n: self._set("deleted", n != 0),
            b"strike": lambda n: self._set("struck", n != 0),
            b"striked": lambda n: self._set("struck", n != 0),
            b"super": lambda n: self._set("raised", n != 0),
            b"sub": lambda n: self._set("raised", n != 0),
            b"nosupersub": lambda _: self._set("raised", False),
        }

    def _set(self, name: str, value: object) -> None:
        setattr(self._state, name, value)

    def _unicode(self, number: int | None) -> None:
        self._write(chr((number or 0) & 0xFFFF))
        self._to_skip = self._state.unicode_skip

    def _code_page(self, number: int | None) -> None:
        self._tables.set_code_page(number)

    def _plain(self, _: int | None) -> None:
        self._state.reset_characters()
        self._state.font = self._tables.default_font

    def _outline(self, number: int | None) -> None:
        if self._state.into == "stylesheet":
            self._tables.style_outline = number
        else:
            self._state.outline = number

    def _style(self, number: int | None) -> None:
        if self._state.into == "stylesheet":
            self._tables.style_number = number or 0
        else:
            self._state.style = number or 0

    def _font(self, number: int | None) -> None:
        """Word states the font of Asian characters as `\\dbch\\f13` or `\\dbch\\af13`."""
        if self._state.asian_font == -1:
            self._state.asian_font = number
        self._state.font = number or 0

    def _associated_font(self, number: int | None) -> None:
        if self._state.asian_font == -1:
            self._state.asian_font = number

    def _row(self) -> _Row:
        story = self._story
        return story.nested_row if self._state.nested_row else story.row

    def _begin_row(self, _: int | None) -> None:
        if self._state.nested_row:
            self._story.nested_row = _Row()
        else:
            self._story.row = _Row()

    def _paragraph(self, _: int | None) -> None:
        if not self._state.deleted:  # else the next one goes on with it
            self._end_line(self._state.tables)
            if not self._state.tables:
                self._story.aside = Aside()

    def _depth_of_mark(self) -> int:
        return max(self._state.tables, 1)

    def _cell(self, _: int | None) -> None:
        depth = self._depth_of_mark()
        story = self._story
        self._end_line(depth)
        story.stack.end_cell(story.aside, depth)
        story.aside = Aside()
        if not self._state.deleted:
            story.kept.add(depth)

    def _end_row(self, _: int | None) -> None:
        depth = self._depth_of_mark()
        story = self._story
        deleted = self._state.deleted and depth not in story.kept
        story.kept.discard(depth)
        story.stack.end_row(self._row().edges, depth, deleted=deleted)

    def _end_line(self, depth: int) -> None:
        story = self._story
        text = _paired("".join(story.pieces))
        label = _paired("".join(story.label)).strip()
        story.pieces.clear()
        story.label.clear()
        if any(char.isalnum() for char in label):  # else it is a bullet
            text = join([label, text.strip()]) if text.strip() else label
        level = self._tables.level_of(self._state)
        for line in text.split("\n"):
            if line:
                story.stack.add_line(line, level, depth)
        if story.floating:
            story.stack.add(story.floating, depth)
            story.floating = []


def _paired(text: str) -> str:
    """Halves of characters beyond U+FFFF put together; half ones alone become U+FFFD."""
    if any("\ud800" <= char < "\ue000" for char in text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
