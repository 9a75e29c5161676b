"""Text of one cell -> a number, a blank or neither. The words it knows are in statute/values.yaml.

A cell is read only when all of its text is explained; anything else is invalid, never nearly right.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.fold import clean
from transforms.records import CellStatus
from transforms.statute.loader import FOLDER, load_record
from transforms.statute.schema import Column, Record

# No leading zero: `00` is two cells run together, not a number.
_PLAIN = r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|(?:0|[1-9]\d*)(?:\.\d+)?"
_SHORT = re.compile(r"0|-?[1-9]\d{0,14}")
# A space between digits may part two numbers: it stays.
_REVERSED = "\u202e"
_MYRIAD = 10_000
_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")


class Value(NamedTuple):
    """What a cell says: `value` is set exactly when `status` is reported."""

    status: CellStatus
    value: Decimal | None = None


BLANK = Value(CellStatus.BLANK)
INVALID = Value(CellStatus.INVALID)
ZERO = Value(CellStatus.REPORTED, Decimal(0))


class ValueWords(Record):
    """The words met in number cells: strike-outs, signs, units with their factor."""

    struck_out: tuple[str, ...]
    empty: tuple[str, ...]
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    dashes: tuple[str, ...]  # signs that are a minus only where a change is asked for
    units: dict[str, dict[str, str]]  # unit of the column -> word in the cell -> factor
    like_zero: tuple[str, ...]
    digits: dict[str, int]
    powers: dict[str, int]
    inexact: tuple[str, ...]


def read_value(raw: str, column: Column) -> Value:
    """The value of a cell in the unit of its column (`251000元` under 万元 is 25.1)."""
    if column.printed_unit is None and (short := _short(raw)):
        return short
    if _REVERSED in raw:
        return INVALID  # shown the other way round than it is stored
    text = _SPACE.sub("", clean(raw))
    if is_struck_out(text):
        return BLANK
    spelled = spelled_number(text)
    if spelled is not None:
        return Value(CellStatus.REPORTED, Decimal(spelled))
    match = _pattern(column.unit).fullmatch(text)
    if match is None or (match["word"] and not column.signed):
        return INVALID
    if match["sign"] in _words().dashes and not column.signed:
        return INVALID
    number = Decimal(match["number"].replace(",", ""))
    unit = match["unit"] or column.printed_unit or column.unit
    factor = Decimal(_words().units[column.unit][unit])
    if number % 1 and not column.decimal:
        return INVALID  # nothing is counted in fractions
    negative = (match["sign"] or match["word"] or "") in _words().minus
    return Value(CellStatus.REPORTED, -number * factor if negative and number else number * factor)


@lru_cache(maxsize=4096)
def _short(raw: str) -> Value | None:
    """The value of a plain number; kept, for small ones fill most cells."""
    return Value(CellStatus.REPORTED, Decimal(raw)) if _SHORT.fullmatch(raw) else None


def unit_in(heading: str, column: Column) -> str | None:
    """The unit a folded column heading ends with, if it is one we know."""
    words = _words().units[column.unit]
    found = re.search(rf"({'|'.join(sorted(words, key=len, reverse=True))})$", heading)
    return found[1] if found else None


def looks_like_zero(raw: str) -> bool:
    """Whether a cell holds a letter or sign that is drawn like a nought."""
    return clean(raw) in _words().like_zero


def spelled_number(text: str) -> int | None:
    """A number in Chinese numerals below 10,000,000 (`一百零三`), or null.

    Only a spelling that the number itself would be given is read, so that `三四` (three or four)
    is not taken for 34 nor `十百` for anything.
    """
    digits, powers = _words().digits, _words().powers
    if not text or any(char not in digits and char not in powers for char in text):
        return None
    total = section = digit = 0
    for char in text:
        if char in digits:
            digit = digits[char]
        elif powers[char] == _MYRIAD:
            total, section, digit = (total + section + digit) * _MYRIAD, 0, 0
        else:
            section, digit = section + (digit or 1) * powers[char], 0
    return total + section + digit if len(text) == 1 or _is_regular(text) else None


def _is_regular(text: str) -> bool:
    """Whether digits and powers alternate as they do in a spelled-out number."""
    words = _words()
    zero = "".join(char for char, digit in words.digits.items() if digit == 0)
    digit = "".join(char for char, digit in words.digits.items() if digit)
    ten, hundred, thousand, myriad = (
        f"[{''.join(char for char, worth in words.powers.items() if worth == power)}]"
        for power in (10, 100, 1000, _MYRIAD)
    )
    small = (
        rf"(?:[{digit}]{thousand}[{zero}]?)?(?:[{digit}]{hundred}[{zero}]?)?"
        rf"(?:[{digit}]?{ten})?[{digit}]?"
    )
    return re.fullmatch(rf"(?:{small}{myriad}[{zero}]?)?{small}", text) is not None


@lru_cache(maxsize=4096)
def is_struck_out(text: str) -> bool:
    """Whether a cell holds nothing, or a mark that stands for nothing."""
    plain = "".join(clean(text).split()).removesuffix("。")
    return not plain or plain in _words().struck_out or plain in _words().empty


def is_empty(text: str) -> bool:
    """Whether a cell holds nothing at all, or a tool's mark for that."""
    return not text or text in _words().empty


@lru_cache(maxsize=4096)
def looks_numeric(text: str) -> bool:
    """Whether a cell is a number of some kind, whatever its column."""
    plain = _SPACE.sub("", clean(text))
    return any(_pattern(unit).fullmatch(plain) for unit in _words().units)


def is_inexact(text: str) -> bool:
    """Whether a word is a number with something beside it that takes its exactness, or a mark."""
    return _inexact().fullmatch(clean(text)) is not None


def hedge_before(label: str) -> int:
    """How many characters at the end of a label belong to the number that follows (`数量约`)."""
    ends = (word for word in _words().inexact if label.endswith(word))
    return max(map(len, ends), default=0)


@cache
def _inexact() -> re.Pattern[str]:
    word = "|".join(re.escape(clean(word)) for word in _words().inexact)
    mark = r"\(?[\d]{1,2}\)|\[\d{1,2}\]|\*|\([^()]{1,4}\)|注\d"
    return re.compile(rf"(?:{word})?(?:{_PLAIN})(?:{word}|{mark})?")


@cache
def _words() -> ValueWords:
    return load_record(FOLDER / "values.yaml", ValueWords)


@cache
def _pattern(unit: str) -> re.Pattern[str]:
    words = _words()

    def any_of(items: tuple[str, ...]) -> str:
        return "|".join(re.escape(item) for item in sorted(items, key=len, reverse=True))

    signs = tuple(w for w in (*words.plus, *words.minus) if not w.isalpha())
    spoken = tuple(w for w in (*words.plus, *words.minus) if w.isalpha())
    return re.compile(
        rf"(?P<word>{any_of(spoken)})?(?P<sign>{any_of(signs)})?\(?(?P<number>{_PLAIN})\)?"
        rf"(?P<unit>{any_of(tuple(words.units[unit]))})?(?P<remark>\([^()\d][^()]*\))?"
    )
