"""Bytes of a DOC or WPS file -> its text and the runs of properties over it.

Layouts are those of [MS-DOC]: 2.5 (FIB), 2.8.35 (PlcPcd), 2.9.177 (PapxFkp), 2.9.33 (ChpxFkp).
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import NamedTuple

import olefile

from transforms.document import UnreadableFileError
from transforms.readers.office.doc_sprms import short_modifier

_WORD_97 = 0x00C1  # the first nFib of the layout that is read here
_IDENT = 0xA5EC
_ENCRYPTED, _OBFUSCATED, _TABLE_1 = 0x0100, 0x8000, 0x0200
_LENGTHS = 0x4C  # of the main text, notes, headers, macros, comments, end notes, text boxes
_PAIRS = 0x9A  # pairs of offset and length
_STYLES, _RUNS, _PARAGRAPHS, _PIECES, _LISTS, _OVERRIDES = 1, 12, 13, 33, 73, 74
_ANCHORS, _BOXES = 40, 56
_ANCHOR, _BOX = 26, 22  # bytes of an Spa and an FTXBXS
_BOX_SHAPE = 14  # where an FTXBXS names its shape; an Spa does at its start
_PAGE = 512
_COMPRESSED = 0x40000000
_BOX_INFO = 13  # bytes of a BxPap
# Two bytes of a Chinese character of GB 2312, which old programs stored as if it were Latin text.
_GB_PAIR = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]")
_FEW_PAIRS = 4  # different ones; signs such as · and × make some by chance
_PAIRED_SHARE = 0.6  # of the high bytes; the others are punctuation

_ReadProperties = Callable[[bytes, int], bytes]


class Piece(NamedTuple):
    """Text that stands in one place of the file."""

    start: int  # character position
    end: int
    offset: int  # of its first byte
    width: int  # bytes a character
    modifiers: bytes  # for all of it


class Box(NamedTuple):
    """A text box: the position it is anchored at, and those of its text."""

    anchor: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Runs:
    """Where runs begin in the file, in ascending order, and the properties of each."""

    starts: list[int]
    ends: list[int]
    properties: list[bytes]

    def at(self, offset: int) -> bytes:
        """The properties at a byte of the file."""
        index = bisect_right(self.starts, offset) - 1
        return self.properties[index] if index >= 0 and offset < self.ends[index] else b""

    def over(self, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """The runs that touch these bytes, in order, each with its first byte and its end."""
        index = max(bisect_right(self.starts, start) - 1, 0)
        while index < len(self.starts) and self.starts[index] < end:
            if self.ends[index] > start:
                yield self.starts[index], self.ends[index], self.properties[index]
            index += 1


class DocFile:
    """An opened file. `text` is all of it, with U+0000 where a counted place has no character."""

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableFileError: `damaged`, `encrypted`, `old_word`."""
        try:
            self._open(data)
        except (struct.error, IndexError, OSError, ValueError) as error:
            raise UnreadableFileError("damaged", error=error) from error

    def _open(self, data: bytes) -> None:
        with olefile.OleFileIO(BytesIO(data)) as file:
            self._word: bytes = file.openstream("WordDocument").read()
            ident, version = struct.unpack_from("<HH", self._word, 0)
            (flags,) = struct.unpack_from("<H", self._word, 0x0A)
            if ident != _IDENT or version < _WORD_97:
                raise UnreadableFileError("old_word")
            if flags & (_ENCRYPTED | _OBFUSCATED):
                raise UnreadableFileError("encrypted")
            table = "1Table" if flags & _TABLE_1 else "0Table"
            self._table: bytes = file.openstream(table).read()
            self.huge: bytes = file.openstream("Data").read() if file.exists("Data") else b""
        self.pieces = list(self._read_pieces())
        self._starts = [piece.start for piece in self.pieces]
        lengths = struct.unpack_from("<7i", self._word, _LENGTHS)
        self.main_length = max(lengths[0], 0)
        boxes = sum(lengths[:6])  # before the text boxes stand notes, headers and comments
        self.boxes = self._read_boxes(boxes, boxes + lengths[6]) if lengths[6] > 0 else []
        self.text = "".join(map(self._text_of, self.pieces))
        self.paragraphs = self._runs(_PARAGRAPHS, _paragraph_properties, _BOX_INFO)
        self.runs = self._runs(_RUNS, _run_properties, 1)

    def part(self, pair: int, *, to_end: bool = False) -> bytes:
        """A part of the table stream by its number in the FIB; empty where there is none."""
        start, length = struct.unpack_from("<II", self._word, _PAIRS + 8 * pair)
        return self._table[start : None if to_end else start + length] if length else b""

    def style_sheet(self) -> bytes:
        """The STSH."""
        return self.part(_STYLES)

    def lists(self) -> tuple[bytes, bytes]:
        """Lists with the levels that follow them, and the overrides with theirs."""
        return self.part(_LISTS, to_end=True), self.part(_OVERRIDES)

    def offset_of(self, position: int) -> tuple[int, bytes]:
        """Where a character stands in the file, and the modifiers of its piece."""
        piece = self.pieces[max(bisect_right(self._starts, position) - 1, 0)]
        return piece.offset + (position - piece.start) * piece.width, piece.modifiers

    def _read_boxes(self, start: int, end: int) -> list[Box]:
        """Text boxes in the order of their anchors; one with all their text where the tables of
        boxes and anchors do not fit."""
        anchors = _positioned(self.part(_ANCHORS), _ANCHOR)
        shapes = {entry[:4]: position for position, _, entry in anchors}
        boxes = [
            Box(shapes.get(entry[_BOX_SHAPE : _BOX_SHAPE + 4], end), start + first, start + last)
            for first, last, entry in _positioned(self.part(_BOXES), _BOX)
        ]
        in_order = all(a.end <= b.start for a, b in pairwise(boxes))
        if not boxes or not in_order or any(box.end < box.start for box in boxes):
            return [Box(end, start, end)]
        return sorted(boxes)

    def _read_pieces(self) -> Iterator[Piece]:
        data = self.part(_PIECES)
        lists: list[bytes] = []
        at = 0
        while data[at] == 1:
            (length,) = struct.unpack_from("<H", data, at + 1)
            lists.append(data[at + 3 : at + 3 + length])
            at += 3 + length
        (length,) = struct.unpack_from("<I", data, at + 1)
        table = data[at + 5 : at + 5 + length]
        count = (len(table) - 4) // 12
        positions = struct.unpack_from(f"<{count + 1}I", table, 0)
        # Characters that several pieces share would let a small file have endless text.
        if list(positions) != sorted(positions) or positions[-1] > len(self._word):
            raise UnreadableFileError("damaged", error="PlcPcd")
        for index in range(count):
            _, place, prm = struct.unpack_from("<HIH", table, 4 * (count + 1) + 8 * index)
            chosen = prm >> 1
            stated = lists[chosen] if prm & 1 and chosen < len(lists) else b""
            if not prm & 1:
                stated = short_modifier(prm)
            one_byte = bool(place & _COMPRESSED)
            offset = place & 0x3FFFFFFF
            offset = offset // 2 if one_byte else offset
            yield Piece(positions[index], positions[index + 1], offset, 2 - one_byte, stated)

    def _text_of(self, piece: Piece) -> str:
        """The text of a piece, in as many characters as it says."""
        length = piece.end - piece.start
        data = self._word[piece.offset : piece.offset + length * piece.width]
        if piece.width == 2:
            text = data.decode("utf-16-le", "replace")
            if (
                len(text) < len(data) // 2
            ):  # two code units are counted where they are one character
                text = "".join(char if char <= "\uffff" else char + "\0" for char in text)
        else:
            text = _one_byte_text(data)
        return text.ljust(length, "\0")

    def _runs(self, pair: int, read: _ReadProperties, info: int) -> Runs:
        """The properties of all runs, from the pages that a table of pages leads to."""
        data = self.part(pair)
        count = (len(data) - 4) // 8
        if count * _PAGE > len(self._word) + _PAGE:
            raise UnreadableFileError("damaged", error="PlcBte")
        found: list[tuple[int, int, bytes]] = []
        for number in struct.unpack_from(f"<{count}I", data, 4 * (count + 1)) if count > 0 else ():
            start = (number & 0x3FFFFF) * _PAGE
            page = self._word[start : start + _PAGE]
            if len(page) < _PAGE:
                continue
            runs = page[_PAGE - 1]
            places = struct.unpack_from(f"<{runs + 1}I", page, 0)
            for run in range(runs):
                at = 2 * page[4 * (runs + 1) + info * run]
                found.append((places[run], places[run + 1], read(page, at) if at else b""))
        found.sort(key=lambda run: run[0])
        return Runs([run[0] for run in found], [run[1] for run in found], [run[2] for run in found])


def _positioned(data: bytes, size: int) -> list[tuple[int, int, bytes]]:
    """The entries of a table of positions: first position, the next entry's, what is said of it."""
    count = max(len(data) - 4, 0) // (4 + size)
    positions = struct.unpack_from(f"<{count + 1}i", data, 0) if count else ()
    at = 4 * (count + 1)
    return [
        (*positions[index : index + 2], data[at + size * index : at + size * (index + 1)])
        for index in range(count)
    ]


def _paragraph_properties(page: bytes, at: int) -> bytes:
    """Style number and modifiers of a paragraph."""
    words = page[at]
    if words:
        return page[at + 1 : at + 2 * words]
    return page[at + 2 : at + 2 + 2 * page[at + 1]]


def _run_properties(page: bytes, at: int) -> bytes:
    return page[at + 1 : at + 1 + page[at]]


def _one_byte_text(data: bytes) -> str:
    """Latin text, or Chinese in GB 18030 where nearly all of the high bytes pair up as such."""
    high = len(data) - len(data.decode("ascii", "ignore"))
    pairs = _GB_PAIR.findall(data) if high >= 2 * _FEW_PAIRS else []
    if len(set(pairs)) >= _FEW_PAIRS and 2 * len(pairs) >= _PAIRED_SHARE * high:
        # Two bytes were two characters to whoever counted: the second one becomes nothing.
        return "".join(
            char + "\0" * (len(char.encode("gb18030")) - 1)
            for char in data.decode("gb18030", "replace")
        )[: len(data)]
    return "".join(map(_LATIN.__getitem__, data))


# Bytes that Windows-1252 leaves out are control characters, as Word has them.
_LATIN = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]
