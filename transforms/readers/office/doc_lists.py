"""Styles and lists of a DOC file -> what a style says, and automatic numbers.

Layouts are those of [MS-DOC]: 2.9.271 (STSH), 2.9.147 (LSTF), 2.9.150 (LVLF), 2.9.131 (LFO).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from transforms.readers.office.numbering import Counter, Level

_FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
    10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth",
    17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle", 19: "decimalFullWidth2",
    22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle", 30: "ideographTraditional",
    31: "ideographZodiac", 33: "taiwaneseCounting", 34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}  # fmt: skip
_LIST, _LEVEL, _OVERRIDE = 28, 28, 16  # bytes of LSTF, LVLF, LFO
_LEVELS = 9
_SIMPLE, _LEGAL, _NO_RESTART = 0x1, 0x4, 0x8
_STARTS, _FORMATS = 0x10, 0x20
_MOST_OVERRIDES = 0x7FE  # beyond, a list number says that the number is not shown
_MOST_STYLES = 0xFFE
_BASE = 10  # bytes of a style before its name, unless the sheet says more
_PARAGRAPH_STYLE = 1
_DEEPEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class DocStyle:
    """A style: what it is based on, and its modifiers of paragraphs."""

    base: int
    modifiers: bytes


def read_styles(sheet: bytes) -> dict[int, DocStyle]:
    """Paragraph styles by number; what breaks off is left out."""
    styles: dict[int, DocStyle] = {}
    try:
        size, count, base = struct.unpack_from("<HHH", sheet, 0)
        at = size + 2
        for number in range(min(count, _MOST_STYLES)):
            (length,) = struct.unpack_from("<H", sheet, at)
            style = sheet[at + 2 : at + 2 + length]
            at += 2 + length
            if length and (read := _read_style(style, max(base, _BASE))) is not None:
                styles[number] = read
    except (struct.error, IndexError):
        pass
    return styles


def _read_style(data: bytes, base: int) -> DocStyle | None:
    (kind,) = struct.unpack_from("<H", data, 2)
    if kind & 0xF != _PARAGRAPH_STYLE:
        return None
    (characters,) = struct.unpack_from("<H", data, base)
    at = base + 2 + 2 * characters + 2
    at += at % 2
    (length,) = struct.unpack_from("<H", data, at)
    return DocStyle(kind >> 4, data[at + 4 : at + 2 + length])  # behind the style's own number


def style_chain(styles: dict[int, DocStyle], number: int) -> list[bytes]:
    """The modifiers of a style, those of what it is based on first."""
    chain: list[bytes] = []
    for _ in range(_DEEPEST_CHAIN):
        style = styles.get(number)
        if style is None:
            break
        chain.append(style.modifiers)
        number = style.base
    return chain[::-1]


class DocLists:
    """Automatic numbers, asked for in document order."""

    def __init__(self, lists: bytes, overrides: bytes) -> None:
        """`lists` is the PlfLst and the levels behind it, `overrides` the PlfLfo."""
        self._levels: dict[int, list[Level]] = {}
        self._of_override: list[tuple[int, list[tuple[int, int | None, Level | None]]]] = []
        self._counters: dict[int, Counter] = {}
        self._begun: set[int] = set()
        try:
            if lists and overrides:
                self._read_lists(lists)
                self._read_overrides(overrides)
        except (struct.error, IndexError):
            pass  # what could be read of them stands

    def label(self, number: int, level: int) -> str:
        """The number of the next paragraph of this list override (from 1); empty for none."""
        if not 0 < number <= min(len(self._of_override), _MOST_OVERRIDES):
            return ""
        list_id, changes = self._of_override[number - 1]
        if list_id not in self._levels:
            return ""
        counter = self._counters.setdefault(list_id, Counter(self._levels[list_id]))
        if number not in self._begun:
            self._begun.add(number)
            for at, start, changed in changes:
                if changed is not None and at < len(counter.levels):
                    counter.levels[at] = changed
                if start is not None:
                    counter.restart(at, start)
        return counter.next_label(level)

    def _read_lists(self, data: bytes) -> None:
        (count,) = struct.unpack_from("<H", data, 0)
        at = 2 + count * _LIST
        for index in range(count):
            (list_id,) = struct.unpack_from("<i", data, 2 + index * _LIST)
            simple = data[2 + index * _LIST + 26] & _SIMPLE
            levels: list[Level] = []
            for _ in range(1 if simple else _LEVELS):
                level, at = _read_level(data, at)
                levels.append(level)
            self._levels[list_id] = levels

    def _read_overrides(self, data: bytes) -> None:
        (count,) = struct.unpack_from("<I", data, 0)
        at = 4 + count * _OVERRIDE
        for index in range(min(count, _MOST_OVERRIDES)):
            start = 4 + index * _OVERRIDE
            (list_id,) = struct.unpack_from("<i", data, start)
            changes: list[tuple[int, int | None, Level | None]] = []
            self._of_override.append((list_id, changes))
            at += 4
            for _ in range(data[start + 12]):
                first, flags = struct.unpack_from("<iI", data, at)
                at += 8
                level = None
                if flags & _FORMATS:
                    level, at = _read_level(data, at)
                    first = level.start
                changes.append((flags & 0xF, first if flags & _STARTS else None, level))


def _read_level(data: bytes, at: int) -> tuple[Level, int]:
    start, form, flags = struct.unpack_from("<iBB", data, at)
    skipped = data[at + 24] + data[at + 25]  # modifiers of run and paragraph
    at += _LEVEL + skipped
    (length,) = struct.unpack_from("<H", data, at)
    at += 2
    text = data[at : at + 2 * length].decode("utf-16-le", "replace")
    pattern = "".join(f"%{ord(char) + 1}" if char < "\t" else char for char in text)
    level = Level(_FORMS.get(form, "decimal"), pattern, start, bool(flags & _LEGAL),
                  not flags & _NO_RESTART)  # fmt: skip
    return level, at + 2 * length
