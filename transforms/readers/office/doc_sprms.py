"""Property modifiers of a DOC file -> what they say of a paragraph, a table row, a run.

Names and layouts are those of [MS-DOC] 2.6 (single property modifiers) and 2.9 (TC80).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from transforms.readers.office.stacked import CellEdges

_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes, by the kind in the top bits; 6 states its length
_T_DEF_TABLE = 0xD608
_P_CHG_TABS = 0xC615
_TC80 = 20  # bytes
_WORD = struct.Struct("<H")
_LONG = struct.Struct("<i")

# Paragraph
_P_IN_TABLE, _P_TTP, _P_ITAP = 0x2416, 0x2417, 0x6649
_P_INNER_CELL, _P_INNER_TTP = 0x244B, 0x244C
_P_ILVL, _P_ILFO, _P_OUT_LVL = 0x260A, 0x460B, 0x2640
_P_HUGE = (0x6646, 0x6645)
_T_VERT_MERGE, _T_MERGE = 0xD62B, 0x5624
# Character
_C_DELETED, _C_VANISH, _C_STRIKE, _C_DSTRIKE = 0x0800, 0x083C, 0x0837, 0x2A53
_C_ISS, _C_SYMBOL = 0x2A48, 0x6A09
# A run of fast-saved pieces states one modifier in short.
_SHORT = {0x18: _P_IN_TABLE, 0x19: _P_TTP, 0x41: _C_DELETED, 0x57: _C_STRIKE, 0x5C: _C_VANISH}


@dataclass(slots=True)
class ParagraphFacts:
    """What the modifiers of a paragraph say; None where they say nothing."""

    in_table: bool = False
    row_end: bool = False
    depth: int = 0  # of tables it stands in, where stated
    inner_cell_end: bool = False
    inner_row_end: bool = False
    list_level: int | None = None
    list_number: int | None = None  # from 1; 0 takes it off the list
    outline: int | None = None  # 0 to 8; 9 is body text
    edges: list[CellEdges] = field(default_factory=list)

    @property
    def tables(self) -> int:
        """How many tables it stands in."""
        return max(self.depth, 1) if self.in_table or self.depth else 0


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What the modifiers of a run say."""

    deleted: bool = False
    unseen: bool | None = None  # hidden or struck out; None where they say nothing
    raised: bool = False
    symbol: str = ""


def modifiers(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each modifier of a list with its operand; stops where the list breaks off."""
    at = 0
    while at + 2 <= len(data):
        (sprm,) = _WORD.unpack_from(data, at)
        at += 2
        size = _OPERANDS[sprm >> 13]
        if sprm == _T_DEF_TABLE:
            size = _WORD.unpack_from(data, at)[0] + 1 if at + 2 <= len(data) else 0
        elif not size:
            size = 1 + data[at] if at < len(data) else 0
            if sprm == _P_CHG_TABS and size == 256:
                return  # its true length stands in it; nothing of use follows
        if not size or at + size > len(data):
            return
        yield sprm, data[at : at + size]
        at += size


def short_modifier(prm: int) -> bytes:
    """The list of modifiers that a piece states in two bytes; empty for those of no use here."""
    sprm = _SHORT.get(prm >> 1 & 0x7F)
    return b"" if sprm is None else struct.pack("<HB", sprm, prm >> 8)


def paragraph_facts(lists: list[bytes], huge: bytes) -> ParagraphFacts:
    """Facts of a paragraph from its lists of modifiers in the order they apply.

    `huge` is the Data stream, where long lists stand.
    """
    facts = ParagraphFacts()
    for data in lists:
        for sprm, operand in modifiers(data):
            if sprm in _P_HUGE:
                start = _LONG.unpack(operand)[0]
                if 0 <= start <= len(huge) - 2:
                    length = _WORD.unpack_from(huge, start)[0]
                    for inner, of_inner in modifiers(huge[start + 2 : start + 2 + length]):
                        _apply(facts, inner, of_inner)
            else:
                _apply(facts, sprm, operand)
    return facts


_FLAGS = {
    _P_IN_TABLE: "in_table",
    _P_TTP: "row_end",
    _P_INNER_CELL: "inner_cell_end",
    _P_INNER_TTP: "inner_row_end",
}
_BYTES = {_P_ILVL: "list_level", _P_OUT_LVL: "outline"}


def _apply(facts: ParagraphFacts, sprm: int, operand: bytes) -> None:
    if sprm in _FLAGS:
        setattr(facts, _FLAGS[sprm], operand[0] != 0)
    elif sprm in _BYTES:
        setattr(facts, _BYTES[sprm], operand[0])
    elif sprm == _P_ITAP:
        facts.depth = _LONG.unpack(operand)[0]
    elif sprm == _P_ILFO:
        facts.list_number = _WORD.unpack(operand)[0]
    elif sprm == _T_DEF_TABLE:
        facts.edges = _table_edges(operand)
    elif sprm == _T_VERT_MERGE and len(operand) >= 3 and operand[1] < len(facts.edges):
        cell = facts.edges[operand[1]]
        facts.edges[operand[1]] = cell._replace(continues=operand[2] == 1)
    elif sprm == _T_MERGE:
        for at in range(operand[0] + 1, min(operand[1], len(facts.edges))):
            facts.edges[at] = facts.edges[at]._replace(joins_left=True)


def _table_edges(operand: bytes) -> list[CellEdges]:
    """Cells of a row. Horizontally merged ones are a run of marked cells: the mark of its first
    cell begins a merged cell, the other mark goes on with it."""
    count = operand[2] if len(operand) > 2 else 0
    places = [place for (place,) in struct.iter_unpack("<h", operand[3 : 3 + 2 * (count + 1)])]
    described = operand[3 + 2 * (count + 1) :]
    cells: list[CellEdges] = []
    begins = 0  # the mark that begins a merged cell in the run of marked cells now open
    for at, (left, right) in enumerate(pairwise(places)):
        word = described[at * _TC80 : at * _TC80 + 2]
        flags = _WORD.unpack(word)[0] if len(word) == 2 else 0
        mark = min(flags & 3, 2)
        joins = bool(mark and begins and mark != begins)
        begins = (begins or mark) if mark else 0
        cells.append(CellEdges(left, right, joins, flags >> 5 & 3 == 1))
    return cells


def run_facts(data: bytes) -> RunFacts:
    """Facts of a run."""
    deleted = raised = False
    unseen: bool | None = None
    symbol = ""
    for sprm, operand in modifiers(data):
        if sprm == _C_DELETED:
            deleted = operand[0] == 1
        elif sprm in {_C_VANISH, _C_STRIKE, _C_DSTRIKE}:
            # 128 and 129 ask for the style's and its opposite: no style of a report is hidden.
            on = operand[0] in {1, 129}
            unseen = on or unseen
        elif sprm == _C_ISS:
            raised = operand[0] in {1, 2}
        elif sprm == _C_SYMBOL:
            code = _WORD.unpack(operand[2:4])[0]
            symbol = chr(code) if code >= 0x20 and not 0xD800 <= code < 0xE000 else ""
    return RunFacts(deleted, unseen, raised, symbol)
