"""Document -> lines of pieces: the one stream in which tables are looked for, whatever the format.

A piece is the text of one cell, or of one paragraph cut into its label and the numbers that follow
it. Nothing is dropped: empty cells are pieces too, for a blank is part of what a report says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property, lru_cache
from itertools import zip_longest
from typing import NamedTuple

from transforms.document import Document, GridCell, Paragraph
from transforms.fold import clean, fold
from transforms.lexicon import Role, by_text
from transforms.unfold import unfold
from transforms.values import hedge_before, is_inexact, is_struck_out, looks_numeric, spelled_number

_LONGEST_TABLE_LINE = 400  # characters; the longest header of table 3 glued together has about 120
_CELLS_OF_A_ROW = 3  # in a line of fewer cells a numeral may be part of a label
_WIDTH = str.maketrans("０１２３４５６７８９．，＋－", "0123456789.,+-")
_INVISIBLE = "\u200b-\u200f\u2060\ufeff"
_NUMBER = rf"[+-]?\d[\d,{_INVISIBLE}]*(?:\.\d[\d{_INVISIBLE}]*)?"
# A label and the digits glued to it; a digit that a full stop follows numbers the next label.
_TAIL = re.compile(
    rf"(?P<label>.*?[^\d\s.,+{_INVISIBLE}-])[\s{_INVISIBLE}]*(?P<number>{_NUMBER})\s*", re.DOTALL
)
_A_NUMBER = re.compile(_NUMBER)
# A remark in brackets belongs to its word, blanks and numbers in it included.
_WORD = re.compile(r"(?:[^\s（(]|[（(][^（()）]{0,40}[)）]|[（(])+")
_DIGIT = frozenset("0123456789０１２３４５６７８９")
_ORDINAL = re.compile(r"[1-9]\d?")
_NUMBERED = re.compile(r"\D?\d{1,2}[.、)]")
_FEW = 2  # ideographs of words around a number that are no label
_NUMBERING = re.compile(r"\d{1,2}[.．、)）]")
_HEAD = re.compile(r"\D+(?=\d+[^\d.．、)）])")  # before the first digits that number no words
_SIGN_BEFORE = re.compile(r"[-—–―－−]+$")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(  # or the count of rows that a database prints below a table
    r"\(\d+ rows?\)|[-—–－_·\s]+\d{1,3}[-—–－_·\s]+|第\s*\d{1,3}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3}"
)


class Kind(Enum):
    """What a piece looks like by itself."""

    LABEL = auto()
    VALUE = auto()
    BLANK = auto()


class Piece(NamedTuple):
    """A cell or part of a paragraph. `column` is its place in its line; `ruled` that it is sure.

    A tuple, as `GridCell`: making one must cost little.
    """

    text: str
    start: int
    end: int
    kind: Kind
    line: int
    column: int
    column_span: int = 1
    row_span: int = 1
    ruled: bool = False
    page: int | None = None
    glued: bool = False  # stands right behind its label, nothing between

    @property
    def folded(self) -> str:
        """The text as labels are compared."""
        return fold(self.text)


@dataclass(frozen=True)
class Line:
    """One table row or one paragraph, left to right. `grid` numbers its table, null outside any."""

    number: int
    pieces: tuple[Piece, ...]
    grid: int | None

    @cached_property
    def labels(self) -> tuple[Piece, ...]:
        """The pieces with words in them."""
        return tuple([piece for piece in self.pieces if piece.kind is Kind.LABEL])

    @cached_property
    def folded(self) -> str:
        """All words of the line as labels are compared."""
        return "".join(piece.folded for piece in self.labels)

    @cached_property
    def has_value(self) -> bool:
        """Whether a number stands in it."""
        return any(piece.kind is Kind.VALUE for piece in self.pieces)


def lines_of(document: Document) -> tuple[Line, ...]:
    """All lines of a document in reading order, page numbers left out."""
    lines: list[Line] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            _add_paragraph(lines, block)
            continue
        for row in block.rows():
            if not block.ruled and any(len(cell.text) > _LONGEST_TABLE_LINE for cell in row):
                for cell in row:  # running text with a stray separator in it
                    _add_paragraph(lines, Paragraph(cell.text, cell.start, cell.end))
            elif not _is_page_number(row):
                in_row = len(row) >= _CELLS_OF_A_ROW
                number, ruled = len(lines), block.ruled
                pieces = tuple(
                    [
                        Piece(c.text, c.start, c.end, _kind(c.text, in_row), number, c.column,
                              c.column_span, c.row_span, ruled, c.page)
                        for c in row
                    ]
                )  # fmt: skip
                parted = pieces if block.ruled else tuple(_parted(pieces))
                lines.append(Line(len(lines), parted, index))
    return tuple(lines)


def _add_paragraph(lines: list[Line], paragraph: Paragraph) -> None:
    if not _PAGE_NUMBER.fullmatch(paragraph.text):
        for part in unfold(paragraph):
            lines.append(Line(len(lines), tuple(_of_paragraph(part, len(lines))), None))


def is_narrative(line: Line) -> bool:
    """Whether a line is running text rather than part of a table."""
    if line.grid is not None and (len(line.pieces) > 1 or not line.folded):
        return False
    return _is_running("".join(piece.text for piece in line.pieces))


def _is_running(text: str) -> bool:
    return len(text) > _LONGEST_TABLE_LINE or "。" in text


def _is_page_number(row: tuple[GridCell, ...]) -> bool:
    filled = [cell.text for cell in row if cell.text]
    return len(filled) == 1 and _PAGE_NUMBER.fullmatch(filled[0]) is not None


@lru_cache(maxsize=4096)
def _kind(text: str, in_row: bool = False) -> Kind:
    """What a text looks like; kept, for labels and small numbers are the same in every report."""
    if is_struck_out(text):
        return Kind.BLANK
    if looks_numeric(text) or (not fold(text) and any(map(str.isalnum, text))):
        return Kind.VALUE
    if in_row and spelled_number(clean(text)) is not None:
        return Kind.VALUE
    return Kind.LABEL


def _parted(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """A lone cell of a guessed grid may hold label and numbers, like a paragraph."""
    for piece in pieces:
        if piece.kind is Kind.LABEL and len(pieces) <= 2:
            yield from _part(piece)
        else:
            yield piece


def _of_paragraph(paragraph: Paragraph, line: int) -> Iterator[Piece]:
    whole = Piece(paragraph.text, paragraph.start, paragraph.end, Kind.LABEL, line, 0,
                  page=paragraph.page)  # fmt: skip
    if _is_running(paragraph.text):
        yield whole
    else:
        yield from _part(whole)


def _part(piece: Piece) -> Iterator[Piece]:
    """Cut `规章000` or `行政许可 1 / 2` into words and numbers."""
    text = piece.text.translate(_WIDTH)
    column = 0
    for start, end, is_cell in _stretches(text):
        match = None if is_cell else _TAIL.fullmatch(text, start, end)
        if match is not None and len(fold(match["label"])) > 1:
            glued = match.end("label") == match.start("number")
            seam = match.end("label") - _of_the_number(match["label"], glued)
            yield _sub(piece, start, seam, column, Kind.LABEL)
            begin = match.start("number") if seam == match.end("label") else seam
            number = _sub(piece, begin, match.end("number"), column + 1, Kind.VALUE)
            yield number._replace(glued=glued)
            column += 2
        else:
            kind = _kind(piece.text[start:end])
            yield _sub(
                piece, start, end, column, Kind.VALUE if is_cell and kind is Kind.LABEL else kind
            )
            column += 1


def _of_the_number(label: str, glued: bool) -> int:
    """How many characters at the end of a label belong to the number behind it: a word that takes
    its exactness, and where they are glued a sign, or all behind a row's label from a digit on."""
    head = _HEAD.match(label)
    if glued and head and any(known.role is Role.ROW for known in by_text().get(fold(head[0]), ())):
        return len(label) - head.end()
    sign = _SIGN_BEFORE.search(label) if glued else None
    return len(label) - sign.start() if sign else hedge_before(label)


def _stretches(text: str) -> list[tuple[int, int, bool]]:
    """The text cut at its blanks: each number by itself, the words between numbers together.

    A strike-out is a cell when it stands next to a number or to another such strike-out.
    """
    words = [(word.start(), word.end(), word.group()) for word in _WORD.finditer(text)]
    texts = [word for _, _, word in words]
    numbers = [
        _A_NUMBER.fullmatch(clean(word)) is not None
        or is_inexact(word)
        or (word[0] in _DIGIT and (looks_numeric(word) or _is_odd_number(word, after)))
        or _is_number_in_words(word)
        for word, after in zip_longest(texts, texts[1:], fillvalue="")
    ]
    cells = list(numbers)
    for order in (range(len(words)), range(len(words) - 1, -1, -1)):
        step = order.step
        for at in order:
            beside = 0 <= at - step < len(words) and cells[at - step]
            cells[at] = cells[at] or (beside and is_struck_out(words[at][2]))
    if len(words) > 1 and _ORDINAL.fullmatch(words[0][2]) and not cells[1]:
        cells[0] = False  # it numbers the words behind it
    found: list[tuple[int, int, bool]] = []
    for (start, end, _), is_cell in zip(words, cells, strict=True):
        if found and not is_cell and not found[-1][2]:
            found[-1] = (found[-1][0], end, False)
        else:
            found.append((start, end, is_cell))
    return found


def _is_odd_number(word: str, after: str) -> bool:
    """Whether a word of digits and signs (`1e3`, `0.`) stands for a cell: it numbers no words."""
    return not fold(word + after) and (bool(after) or not _NUMBERING.fullmatch(word))


def _is_number_in_words(word: str) -> bool:
    """Whether a number stands in so few words (`共2件`) that they are no label."""
    plain = clean(word)
    in_words = re.search(r"\d\D+$", plain) is not None and not _NUMBERED.match(plain)
    return in_words and 0 < len(fold(word)) <= _FEW


def _sub(piece: Piece, start: int, end: int, column: int, kind: Kind) -> Piece:
    return Piece(piece.text[start:end], piece.start + start, piece.start + end, kind, piece.line,
                 piece.column + column, page=piece.page)  # fmt: skip


@lru_cache(maxsize=4096)
def digits_only(text: str) -> tuple[str, tuple[int, ...]] | None:
    """The digits of a piece that is nothing but digits, and the place of each; else null."""
    if not _DIGITS.fullmatch(clean(text)):
        return None
    places = tuple(at for at, char in enumerate(text) if char.isdecimal())
    return "".join(str(int(text[at])) for at in places), places
