"""Plain text -> Document: every line is a paragraph or a row of an unruled grid.

`Document.text` is the decoded file as it is; every block's `text` is exactly
`document.text[start:end]`, blocks stand in order and do not overlap. Page numbers are counted
where the file has form feeds.

What becomes a grid (rows = lines, one cell a piece, empty pieces too):
- consecutive lines with inner tabs: N tabs give N+1 cells. A line whose only tabs are at its ends
  belongs to the grid it touches, otherwise it is an indented paragraph. "1.<tab>text" is numbering.
- consecutive lines with `|`. Outer pipes make no cells: the leading one where nearly all lines of
  the grid have it, the trailing one unless the widest lines end without one and this line has as
  many pipes as they: then its last cell is empty. "cell |" on its own line is a row of one cell.
- where single `|` stand on lines of their own between lines of text, each text they end is a row
  of one cell, as if written "cell |"; two such `|` without text between enclose an empty cell.
- Markdown rules (`|---|:-:|`) count as a line of the grid and hold no cell, and so do the drawn
  rules of a boxed table (`+---+---+`, `├──┼──┤`), whose bars (`│`, `｜`) are pipes.
- three or more consecutive lines with equally many commas, or semicolons, four cells at least:
  values separated by commas, quoted or not.
A blank line ends a grid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from transforms.document import Block, Document, Grid, GridCell, Paragraph, UnreadableFileError
from transforms.readers.decode import decode, looks_like_text
from transforms.readers.reader import Reader

# A report has under 2,000 lines and cells; more than this takes longer than a report may.
LARGEST_COUNT = 60_000

_LINE = re.compile(r"([^\r\n\f\v\x85\u2028\u2029]*)(\r\n|[\r\n\f\v\x85\u2028\u2029]|\Z)")
_HEADING = re.compile(r"(#{1,6})(?!#)\s*")
_RULE = re.compile(r":?-+:?")
_BARS = "│┃║╎╏｜"  # drawn or full-width, in one width with the pipe
_AS_PIPES = str.maketrans(dict.fromkeys(_BARS, "|"))
_DRAWN_RULE = re.compile(
    r"(?=.*[-=\u2500\u2501\u2550]{2})(?=.*[+\u2500-\u257f])[-+|=\s\u2500-\u257f]+"
)
_SEPARATORS = {",": "comma", ";": "semicolon"}
_FEWEST_SEPARATORS = 3  # in a line; the narrowest table has four columns
_FEWEST_ROWS = 3
_LONGEST_ROW = 4  # lines of a boxed row on average, its rule counted
_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*')
_NUMBERING = re.compile(r"\s*\S{1,5}[、.．)）]\t[^\t]+")
_STRAY = re.compile(r"\|?\d+\|?")
_LEADING_PIPES = 0.9  # of a grid's lines; below, a leading pipe follows an empty first cell
_OWN_LINE_PIPES = 3  # texts ended by a pipe on the next line that make it the file's layout


@dataclass(slots=True)
class _Line:
    start: int  # of the line in the text, without its end mark
    text: str
    page: int | None
    # text, blank, tab, margin, pipe, lone_pipe, rule, a separator's; piece, ended: see _join_lone
    kind: str = "text"

    @property
    def bare(self) -> str:
        return self.text.strip()

    def span_of(self, piece: str, start: int) -> tuple[str, int, int]:
        """A piece of the line without outer white space, and its place in the document."""
        bare = piece.strip()
        left = self.start + start
        if bare and len(bare) < len(piece):
            left += len(piece) - len(piece.lstrip())
        return bare, left, left + len(bare)


def read_text(data: bytes, document_id: str) -> Document:
    """Read a plain-text file. Raises UnreadableFileError: `undecodable`, `too_complex`."""
    text, encoding = decode(data)
    return Document(
        document_id=document_id,
        media_type=READER.media_type,
        encoding=encoding,
        text=text,
        blocks=tuple(_blocks(_lines(text))),
    )


def _lines(text: str) -> list[_Line]:
    marks = sum(map(text.count, "|\t\n\r\f\v\x85\u2028\u2029,;" + _BARS))
    if marks > LARGEST_COUNT:
        raise UnreadableFileError("too_complex", limit=LARGEST_COUNT)
    barred = any(bar in text for bar in _BARS)
    page = 1 if "\f" in text else None
    lines = []
    for match in _LINE.finditer(text):
        line = match[1].translate(_AS_PIPES) if barred else match[1]
        lines.append(_Line(match.start(), line, page, _kind(line)))
        if match[2] == "\f":
            page = (page or 1) + 1
    _join_lone(lines)
    _part_strays(lines)
    _join_margins(lines)
    for separator, kind in _SEPARATORS.items():
        if text.count(separator) >= _FEWEST_SEPARATORS * _FEWEST_ROWS:
            _join_separated(lines, separator, kind)
    return lines


def _kind(line: str) -> str:
    bare = line.strip()
    if ("+" in bare or "─" in bare or "━" in bare or "═" in bare) and _DRAWN_RULE.fullmatch(bare):
        return "rule"
    if "|" in bare:
        return "lone_pipe" if bare == "|" else "pipe"
    if "\t" in bare:
        return "tab"
    if "\t" in line:
        # Two tabs after text, or before a bare number, are empty cells even where no row is near.
        cut_row = line.endswith("\t\t") or (line.startswith("\t\t") and _has_no_word(bare))
        return "tab" if bare and cut_row else "margin"
    return "text" if bare else "blank"


def _join_lone(lines: Sequence[_Line]) -> None:
    """Pipes on lines of their own: the text before one is a `piece`, the pipe itself is `ended`."""
    if all(line.kind != "lone_pipe" for line in lines):
        return
    filled = [line for line in lines if line.kind != "blank"]
    pairs = [(a, b) for a, b in pairwise(filled) if (a.kind, b.kind) == ("text", "lone_pipe")]
    if len(pairs) < _OWN_LINE_PIPES:
        return
    for text, pipe in pairs:
        text.kind, pipe.kind = "piece", "ended"
    for pipe, text in pairwise(filled):
        # The last cell of a row may have no pipe after it; a heading there is no cell.
        if pipe.kind in ("ended", "lone_pipe") and text.kind == "text" and _has_no_word(text.bare):
            text.kind = "piece"
    for before, blank, after in zip(lines, lines[1:], lines[2:], strict=False):
        if blank.kind == "blank" and {before.kind, after.kind} & {"ended", "lone_pipe"}:
            blank.kind = "ended"


def _part_strays(lines: list[_Line]) -> None:
    """A pipe that touches a number, and no pipe near, is none: it may be the figure one."""
    filled = [line for line in lines if line.kind != "blank"]
    for at, line in enumerate(filled):
        near = [other.text for other in filled[max(at - 1, 0) : at + 2] if other is not line]
        if line.kind == "pipe" and _STRAY.fullmatch(line.bare) and "|" not in "".join(near):
            line.kind = "text"


def _has_no_word(bare: str) -> bool:
    return not any(map(str.isalpha, bare))


def _join_margins(lines: Sequence[_Line]) -> None:
    """Lines with tabs at their ends only: part of the grid they touch, else indented text."""
    if all(line.kind != "margin" for line in lines):
        return
    for direction in (lines, lines[::-1]):
        for before, line in pairwise(direction):
            if line.kind == "margin" and before.kind == "tab" and not _indented(line):
                line.kind = "tab"
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if line.kind == "margin" and before.kind == after.kind == "tab":
            line.kind = "tab"
    for line in lines:
        if line.kind == "margin":
            line.kind = "text" if line.bare else "blank"


def _join_separated(lines: Sequence[_Line], separator: str, kind: str) -> None:
    """Neighbouring lines with equally many separators, some with a bare number, are rows."""

    def count(line: _Line) -> int:
        return len(_separated(line.text, separator)) - 1 if line.kind == "text" else 0

    for separators, run in groupby(lines, key=count):
        rows = list(run) if separators >= _FEWEST_SEPARATORS else []
        if len(rows) >= _FEWEST_ROWS and any(_holds_number(row.text, separator) for row in rows):
            for row in rows:
                row.kind = kind


def _separated(line: str, separator: str) -> list[tuple[str, int]]:
    """The values of a line and where they begin; quotes around a value are no part of it."""
    if '"' not in line:
        cells = line.split(separator)
        ends = accumulate(len(cell) + 1 for cell in cells)
        return list(zip(cells, (0, *ends), strict=False))
    found = []
    start = 0
    while start <= len(line):
        quoted = _QUOTED.match(line, start)
        if quoted and line[quoted.end() : quoted.end() + 1] in ("", separator):
            found.append((quoted[1], quoted.start(1)))
            start = quoted.end() + 1
            continue
        end = line.find(separator, start)
        end = len(line) if end < 0 else end
        found.append((line[start:end], start))
        start = end + 1
    return found


def _holds_number(line: str, separator: str) -> bool:
    return any(cell.strip().isdecimal() for cell, _ in _separated(line, separator))


def _indented(line: _Line) -> bool:
    return bool(line.bare) and not line.text.endswith("\t")


def _kind_of_block(line: _Line) -> str:
    return "pipe" if line.kind in ("lone_pipe", "piece", "ended", "rule") else line.kind


def _blocks(lines: Sequence[_Line]) -> Iterator[Block]:
    for kind, run in groupby(lines, key=_kind_of_block):
        if kind == "blank":
            continue
        members = list(run)
        if kind == "text" or all(_NUMBERING.fullmatch(line.text) for line in members):
            yield from map(_paragraph, members)
        elif cells := tuple(_cells(members, kind)):
            yield Grid(cells, ruled=False, start=cells[0].start, end=cells[-1].end)


def _paragraph(line: _Line) -> Paragraph:
    bare, start, end = line.span_of(line.text, 0)
    mark = _HEADING.match(bare)
    if mark is None or mark.end() == len(bare):
        return Paragraph(bare, start, end, page=line.page)
    return Paragraph(
        bare[mark.end() :], start + mark.end(), end, heading_level=len(mark[1]), page=line.page
    )


def _cells(lines: Sequence[_Line], kind: str) -> Iterator[GridCell]:
    rows = [line for line in lines if line.kind == "pipe"]
    led = sum(line.bare.startswith("|") for line in rows) >= _LEADING_PIPES * len(rows)
    unclosed = _unclosed(rows)
    below = _continued(lines)
    for row, line in enumerate(line for line in lines if line.kind not in ("ended", "rule")):
        pieces = _pieces(line, kind, led, unclosed)
        if "-" in line.text and _is_rule([text for text, _, _ in pieces]):
            continue
        for column, (text, start, end) in enumerate(pieces):
            if text or line.start not in below:
                yield GridCell(row, column, text, start, end, page=line.page)


def _continued(lines: Sequence[_Line]) -> frozenset[int]:
    """Where lines start that go on with a row: in a box with a rule after every row, all but the
    first line below a rule. What is empty there was written in the line above, or is blank there.
    """
    rules = sum(line.kind == "rule" for line in lines)
    if rules < _FEWEST_ROWS or rules * _LONGEST_ROW < len(lines):
        return frozenset()
    pairs = pairwise(lines)
    return frozenset(line.start for above, line in pairs if {above.kind, line.kind} == {"pipe"})


def _unclosed(rows: Sequence[_Line]) -> int:
    """How many pipes stand in the widest lines, where these have none at their ends; else 0."""
    counts = [(line.text.count("|"), line.bare.endswith("|")) for line in rows]
    widest = max((count for count, closed in counts if not closed), default=0)
    return widest if all(count <= widest for count, _ in counts) else 0


def _pieces(line: _Line, kind: str, led: bool, unclosed: int = 0) -> list[tuple[str, int, int]]:
    for separator, name in _SEPARATORS.items():
        if kind == name:
            return [line.span_of(text, at) for text, at in _separated(line.text, separator)]
    pieces = []
    start = 0
    for piece in line.text.split("|" if kind == "pipe" else "\t"):
        pieces.append(line.span_of(piece, start))
        start += len(piece) + 1
    if kind == "pipe" and len(pieces) > 1:
        if not pieces[-1][0] and line.text.count("|") != unclosed:
            pieces.pop()
        if led and len(pieces) > 1 and not pieces[0][0]:
            pieces.pop(0)
    return pieces


def _is_rule(texts: Sequence[str]) -> bool:
    """A Markdown rule under a header; `-` and `--` alone are struck-out cells, not a rule."""
    filled = [text for text in texts if text]
    return (
        bool(filled)
        and all(map(_RULE.fullmatch, filled))
        and any("---" in text or ":" in text for text in filled)
    )


READER = Reader(
    name="TXT",
    media_type="text/plain",
    recognises=lambda data: looks_like_text(data) and not data.lstrip().startswith(b"<?xml"),
    read=read_text,
    last_resort=True,
)
