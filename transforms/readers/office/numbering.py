"""List levels and how often each was met -> the automatic number of a paragraph.

Headings such as 一、 and （二） are often no text of the file: the program counts them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_DIGITS = "〇一二三四五六七八九"
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟")
_COUNTED = ("零一二三四五六七八九", "十百千")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LARGEST = 9999  # what Chinese counting without 万 reaches
_PLACE = re.compile("%([1-9])")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

# Names are those of OOXML (ST_NumberFormat); the other formats translate theirs.
_COUNTING = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "koreanCounting",
    ]
)
_SYMBOLS = {  # format: (its one, how many there are in a row)
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "ideographEnclosedCircle": ("㊀", 10),
    "ideographParenthesized": ("㈠", 10),
}
_ROWS = {"ideographTraditional": _STEMS, "ideographZodiac": _BRANCHES}
SILENT = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `pattern` has %1 to %9 where the numbers of levels 1 to 9 stand."""

    form: str = "decimal"
    pattern: str = ""
    start: int = 1
    decimal: bool = False  # all numbers in it are written as decimal ones
    restarts: bool = True  # when a higher level goes on


@dataclass(slots=True)
class Counter:
    """One list: its levels, and the numbers reached."""

    levels: list[Level]
    _reached: dict[int, int] = field(default_factory=dict)

    def restart(self, level: int, start: int) -> None:
        """Let the next number of a level be `start`."""
        self._reached[level] = start - 1

    def next_label(self, level: int) -> str:
        """Count a paragraph of this level (0-based); what is printed before it, maybe nothing."""
        if not 0 <= level < len(self.levels):
            return ""
        own = self.levels[level]
        self._reached[level] = self._reached.get(level, own.start - 1) + 1
        for deeper in range(level + 1, len(self.levels)):
            if self.levels[deeper].restarts:
                self._reached.pop(deeper, None)
        if own.form in SILENT and (own.form == "bullet" or "%" in own.pattern):
            return ""
        return _PLACE.sub(lambda place: self._number(int(place[1]) - 1, own), own.pattern)

    def _number(self, level: int, shown_by: Level) -> str:
        if level >= len(self.levels):
            return ""
        stated = self.levels[level]
        reached = self._reached.get(level, stated.start)
        return written(reached, "decimal" if shown_by.decimal else stated.form)


def written(number: int, form: str) -> str:
    """A number in one of the number formats; in digits where the format has none for it."""
    if form in SILENT:
        return ""
    if form in _SYMBOLS:
        first, count = _SYMBOLS[form]
        return chr(ord(first) + number - 1) if 1 <= number <= count else str(number)
    if form in _ROWS:
        row = _ROWS[form]
        return row[number - 1] if 1 <= number <= len(row) else str(number)
    if not 0 < number <= _LARGEST:
        return str(number)
    if form in _COUNTING:
        return _counted(number, *_COUNTED)
    if form == "chineseLegalSimplified":
        return _counted(number, *_LEGAL)
    if form == "ideographLegalTraditional":
        return _counted(number, *_LEGAL_TRADITIONAL)
    return _western(number, form)


def _western(number: int, form: str) -> str:
    if form in {"upperRoman", "lowerRoman"}:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form in {"upperLetter", "lowerLetter"}:
        times, letter = divmod(number - 1, 26)
        return chr(ord("A" if form == "upperLetter" else "a") + letter) * (times + 1)
    digits = str(number)
    if form == "decimalZero":
        return digits.zfill(2)
    if form in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}:
        return "".join(_DIGITS[int(digit)] for digit in digits)
    if form in {"decimalFullWidth", "decimalFullWidth2"}:
        return digits.translate(_FULL_WIDTH)
    return digits


def _counted(number: int, digits: str, units: str) -> str:
    """1 -> 一, 10 -> 十, 21 -> 二十一, 105 -> 一百零五."""
    text = ""
    figures = str(number)
    for place, figure in enumerate(figures):
        unit = len(figures) - place - 1
        if figure != "0":
            text += digits[int(figure)] + (units[unit - 1] if unit else "")
        elif text and not text.endswith(digits[0]):
            text += digits[0]
    text = text.rstrip(digits[0])
    return text.removeprefix(digits[1]) if text.startswith("一十") else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text
