"""The text of a DOC file and its properties -> lines and tables, tracked changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from transforms.readers.joining import join
from transforms.readers.office.doc_file import DocFile
from transforms.readers.office.doc_lists import DocLists, read_styles, style_chain
from transforms.readers.office.doc_sprms import (
    ParagraphFacts,
    RunFacts,
    paragraph_facts,
    run_facts,
)
from transforms.readers.office.flow import Aside, Flow
from transforms.readers.office.stacked import TableStack

_PARAGRAPH, _CELL, _SECTION = "\r", "\x07", "\x0c"
_NOTHING = "\0"
_MARKS = re.compile("[\r\x07\x0c]")
_FIELD_OR_END = re.compile("[\x13\x14\x15\r\x07\x0c]")
_FIELD_BEGIN, _FIELD_RESULT = "\x13", "\x14"
# A picture or an embedded file, or a drawn shape, in the place of its character.
_DRAWN = re.compile("[\x01\x08]")
_SHOWN = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\xa0": " ", "\t": " "}
_SPECIAL = str.maketrans({chr(code): None for code in (*range(9), *range(0x0F, 0x20))} | _SHOWN)
_HEADINGS = range(1, 10)  # numbers of the built-in styles, fixed in every file
_BODY_TEXT = 9


class DocBody:
    """Reads the main text and the text boxes of a file."""

    def __init__(self, file: DocFile) -> None:
        self._file = file
        self._styles = read_styles(file.style_sheet())
        self._lists = DocLists(*file.lists())
        self._aside = Aside()
        self._stack = TableStack()
        self._floating: list[tuple[int, Flow]] = []  # text boxes still to come, by their anchor
        self._open: list[str] = []  # text of the line now open
        self._kept: set[int] = set()  # depths of tables whose row now open has a cell not deleted
        self._facts = lru_cache(maxsize=4096)(self._read_facts)
        self._asides = dict(self._set_aside())

    def read(self) -> Flow:
        """Lines and tables, each text box behind the paragraph that it is anchored in."""
        boxes = [(box.anchor, self._read_part(box.start, box.end)) for box in self._file.boxes]
        self._floating = boxes
        flow = self._read_part(0, self._file.main_length)
        for _, box in self._floating:
            flow += box
        return flow

    def _set_aside(self) -> Iterator[tuple[int, str]]:
        """Take out of the text what is deleted, hidden or struck out, and raised; yield the raised
        by where it stood."""
        file = self._file
        pieces: list[str] = []
        for piece in file.pieces:
            end = piece.offset + (piece.end - piece.start) * piece.width
            text = file.text[piece.start : piece.end]
            for first, last, facts in self._runs_over(piece.offset, end, piece.modifiers):
                start = (first - piece.offset) // piece.width
                stop = (last - piece.offset) // piece.width
                part = text[start:stop]
                if facts.raised and not (facts.deleted or facts.unseen):
                    yield piece.start + start, part
                text = text[:start] + _replaced(part, facts) + text[stop:]
            pieces.append(text)
        self._text = "".join(pieces)

    def _runs_over(
        self, start: int, end: int, modifiers: bytes
    ) -> Iterator[tuple[int, int, RunFacts]]:
        """The runs in these bytes whose text is not simply read."""
        runs = self._file.runs
        of_piece = run_facts(modifiers) if modifiers else _PLAIN
        if of_piece != _PLAIN:
            yield start, end, of_piece
        for first, last, properties in runs.over(start, end):
            facts = _known_run_facts(properties)
            if facts != _PLAIN:
                yield max(first, start), min(last, end), facts

    def _read_part(self, start: int, end: int) -> Flow:
        self._stack = TableStack()
        text = _without_instructions(self._text[start:end])
        at = 0
        for mark in _MARKS.finditer(text):
            self._add(text[at : mark.start()], start + at)
            self._end(mark[0], start + mark.start())
            at = mark.end()
        self._add(text[at:], start + at)
        if any(piece.strip() for piece in self._open):
            self._end_line(ParagraphFacts(), 0, 0, end)
        self._open.clear()
        return self._stack.finish()

    def _add(self, text: str, start: int) -> None:
        if not text:
            return
        if _DRAWN.search(text):
            self._aside.drawn = True
        if self._asides:
            for at in range(start, start + len(text)):
                self._aside.raised += self._asides.get(at, "")
        self._open.append(text.translate(_SPECIAL))

    def _end(self, mark: str, at: int) -> None:
        offset, modifiers = self._file.offset_of(at)
        facts = self._facts(self._file.paragraphs.at(offset), modifiers)
        depth = facts.tables
        style = int.from_bytes(self._file.paragraphs.at(offset)[:2], "little")
        if mark == _CELL and facts.row_end:
            self._end_row(facts, max(depth, 1), offset)
        elif facts.inner_row_end and mark == _PARAGRAPH:
            self._end_row(facts, max(depth, 2), offset)
        elif mark == _CELL or (facts.inner_cell_end and mark == _PARAGRAPH):
            depth = max(depth, 1 if mark == _CELL else 2)
            self._end_line(facts, style, depth, at)
            self._stack.end_cell(self._aside, depth)
            self._aside = Aside()
            if not self._is_deleted(offset):
                self._kept.add(depth)
        else:
            self._end_line(facts, style, depth, at)

    def _end_row(self, facts: ParagraphFacts, depth: int, offset: int) -> None:
        """A row is deleted with all its marks; one alone may be the trace of another change."""
        deleted = self._is_deleted(offset) and depth not in self._kept
        self._kept.discard(depth)
        self._open.clear()
        self._aside = Aside()
        self._stack.end_row(facts.edges, depth, deleted=deleted)

    def _is_deleted(self, offset: int) -> bool:
        return _known_run_facts(self._file.runs.at(offset)).deleted

    def _end_line(self, facts: ParagraphFacts, style: int, depth: int, at: int) -> None:
        text = "".join(self._open)
        self._open.clear()
        label = ""
        if facts.list_number:
            label = self._lists.label(facts.list_number, facts.list_level or 0).strip()
        if label:
            text = join([label, text.strip()]) if text.strip() else label
        level = _heading(facts, style)
        for line in text.split("\n"):
            if line:
                self._stack.add_line(line, level, depth)
        while self._floating and self._floating[0][0] <= at:
            self._stack.add(self._floating.pop(0)[1], depth)
        if not depth:
            self._aside = Aside()

    def _read_facts(self, properties: bytes, modifiers: bytes) -> ParagraphFacts:
        style = int.from_bytes(properties[:2], "little")
        lists = [*style_chain(self._styles, style), properties[2:], modifiers]
        return paragraph_facts(lists, self._file.huge)


_PLAIN = RunFacts()


@lru_cache(maxsize=4096)
def _known_run_facts(properties: bytes) -> RunFacts:
    return run_facts(properties)


def _replaced(text: str, facts: RunFacts) -> str:
    """What is left of the text of a run, in as many characters."""
    if facts.symbol:
        return facts.symbol * len(text)
    if facts.deleted:  # with the ends of its paragraphs
        return re.sub("[^\x07\x0c]", _NOTHING, text)
    if facts.unseen or facts.raised:
        return re.sub("[^\r\x07\x0c\x13\x14\x15]", _NOTHING, text)
    return text


def _heading(facts: ParagraphFacts, style: int) -> int | None:
    if facts.outline is not None:
        return min(facts.outline + 1, 6) if facts.outline < _BODY_TEXT else None
    return min(style, 6) if style in _HEADINGS else None


def _without_instructions(text: str) -> str:
    """The text with the instruction of every field blanked, its result left, nothing moved.

    An instruction is never longer than its paragraph.
    """
    if _FIELD_BEGIN not in text:
        return text
    pieces = []
    hidden: list[bool] = []  # of the open fields: whether their instruction is being read
    at = 0
    for mark in _FIELD_OR_END.finditer(text):
        between = text[at : mark.start()]
        pieces.append(_NOTHING * len(between) if any(hidden) else between)
        at = mark.end()
        pieces.append(mark[0] if _MARKS.fullmatch(mark[0]) else _NOTHING)
        if mark[0] == _FIELD_BEGIN:
            hidden.append(True)
        elif mark[0] == _FIELD_RESULT and hidden:
            hidden[-1] = False
        elif mark[0] == "\x15" and hidden:
            hidden.pop()
        elif _MARKS.fullmatch(mark[0]):
            hidden = [False] * len(hidden)
    return "".join((*pieces, text[at:]))
