"""Name of a body and the text around it -> the administrative division it belongs to, or none.

Codes are those of divisions.csv.gz, cities and provinces filled up to six digits as in GB/T 2260
(`640000`, `640500`, `640502`, township `640502101`). A name that several divisions bear is decided
by the names of their counties, then cities, then provinces in the text; undecided stays open.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from transforms.statute.loader import FOLDER, load_record
from transforms.statute.schema import Record, Text

_LEVELS = (2, 4, 6, 9)  # digits of a code: province, city, county, township
_COUNTY = 6
_WORD = 2  # characters of names that are words as well: 城区, 郊区


class PlaceNames(Record):
    """place_names.yaml; its comments say what each field means."""

    no_place: tuple[Text, ...]
    province_endings: tuple[Text, ...]
    peoples: tuple[Text, ...]
    filler: Text
    unknown_place: Text


@dataclass(frozen=True, slots=True)
class Division:
    """`level` is 1 province, 2 city, 3 county, 4 township; `path` goes from the province down."""

    code: str
    path: str
    level: int


def find_divisions(
    body_name: str, context: str, levels: tuple[int, ...] = (1, 2, 3, 4)
) -> tuple[Division, ...]:
    """The divisions of some levels that a body name can mean, by code.

    One where name and context decide, several where nothing tells which of them bears the name
    here, none where the name leads to no place of these levels or on to a county not in the data.
    """
    found: list[str] = []
    rest = body_name
    between = re.compile(_words().filler)
    while rest:
        step = _next_place(rest, found)
        if step is None:
            break
        found, length = step
        rest = rest[length:]
        rest = rest[filler.end() :] if (filler := between.match(rest)) else rest
    if found and re.match(_words().unknown_place, rest) and len(found[0]) < _COUNTY:
        return ()
    found = [code for code in found if _level(code) in levels]
    return tuple(_division(code) for code in sorted(_decide(found, context)))


def names_above(code: str) -> tuple[str, ...]:
    """The names, also the short ones, of prefecture and county that a division of the register is
    or lies in; of a province its own."""
    stem = code if len(code) == _LEVELS[-1] else re.sub(r"(?:00){1,2}$", "", code)
    above = [stem[:digits] for digits in _LEVELS[1:3] if digits <= len(stem)] or [stem]
    return tuple(name for one in above for name in _names_of(one))


def is_place(name: str) -> bool:
    """Whether a text is the name of a place, or such names from the higher to the lower."""
    found: list[str] = []
    while name:
        step = _next_place(name, found)
        if step is None:
            return False
        found, length = step
        name = name[length:]
    return bool(found)


def divisions_below(code: str, level: int) -> tuple[Division, ...]:
    """Every division of a level within another, by code; none for a code not in the register."""
    above = code.removesuffix("000") if len(code) == _LEVELS[-1] else code
    while len(above) > _LEVELS[0] and above.endswith("00"):
        above = above[:-2]
    if above not in _names():
        return ()
    return tuple(
        _division(other)
        for other in _names()
        if len(other) == _LEVELS[level - 1]
        and _lies_in(other, above)
        and _names()[other] not in _words().no_place
    )


def level_of(code: str) -> int:
    """The level of a code as identities have it: 1 province, 2 city, 3 county, 4 township; of
    none, 0."""
    if len(code) != _COUNTY:
        return _LEVELS.index(len(code)) + 1 if code else 0
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def _next_place(rest: str, above: list[str]) -> tuple[list[str], int] | None:
    """Codes of the longest place name at the beginning of the text that lies in one of `above`."""
    names = _by_name()
    for length in range(min(len(rest), _longest_name()), 1, -1):
        codes = names.get(rest[:length], "").split()
        if codes and above:
            codes = [code for code in codes if any(_lies_in(code, higher) for higher in above)]
        if codes:
            return codes, length
    return None


def _lies_in(code: str, higher: str) -> bool:
    return code != higher and code.startswith(higher)


def _decide(codes: list[str], context: str) -> list[str]:
    """The codes whose county stands in the text; of these, or else, whose city, then province."""
    for digits in reversed(_LEVELS[:-1]):
        if len(codes) < 2:
            break
        near = [
            code
            for code in codes
            if len(code) > digits
            and any(len(n) > _WORD and n in context for n in _names_of(code[:digits]))
        ]
        codes = near or codes
    return codes


def _level(code: str) -> int:
    return _LEVELS.index(len(code)) + 1


def _division(code: str) -> Division:
    parts = [_names()[code[:digits]] for digits in _LEVELS if digits <= len(code)]
    return Division(
        code=code.ljust(6, "0"),
        path="/".join(part for part in parts if part not in _words().no_place),
        level=_level(code),
    )


@cache
def _words() -> PlaceNames:
    return load_record(FOLDER / "place_names.yaml", PlaceNames)


@cache
def _names() -> dict[str, str]:
    """Name by code, as in the data file."""
    text = gzip.decompress((FOLDER / "divisions.csv.gz").read_bytes()).decode()
    fields = text.replace("\n", ",").split(",")
    return dict(zip(fields[::2], fields[1::2], strict=False))


@cache
def _by_name() -> dict[str, str]:
    """Codes, parted by blanks, by full name and by the short names of provinces."""
    names = _names()
    found = dict(zip(names.values(), names, strict=True))
    bearers = Counter(names.values())
    shared: dict[str, list[str]] = {}
    for code, name in names.items():
        if bearers[name] > 1:
            shared.setdefault(name, []).append(code)
    found.update({name: " ".join(codes) for name, codes in shared.items()})
    for code, name in _short_provinces():
        found[name] = f"{found[name]} {code}" if name in found else code
    for code, name in _short_autonomous().items():
        found.setdefault(name, code)  # a name of the register stands for itself
    for no_place in _words().no_place:
        found.pop(no_place, None)
    return found


def _short_provinces() -> Iterator[tuple[str, str]]:
    endings = re.compile(rf"(?:{'|'.join(_words().province_endings)})+$")
    for code, name in _names().items():
        if len(code) == 2 and (short := endings.sub("", name)) != name:
            yield code, short


@cache
def _short_autonomous() -> dict[str, str]:
    """恩施州 for 恩施土家族苗族自治州, by code; none where two would share it."""
    peoples = re.compile(rf"(?:{'|'.join(_words().peoples)})+自治(?=[州县旗]$)")
    short = {code: peoples.sub("", name) for code, name in _names().items() if len(code) in {4, 6}}
    bearers = Counter(short.values())
    return {
        code: name
        for code, name in short.items()
        if name != _names()[code] and len(name) > _WORD and bearers[name] == 1
    }


def _names_of(code: str) -> Iterator[str]:
    """The name of a division, and its short one; none of a division that is no place."""
    name = _names().get(code, "")
    if name and name not in _words().no_place:
        yield name
        if code in _short_autonomous():
            yield _short_autonomous()[code]


@cache
def _longest_name() -> int:
    return max(map(len, _by_name()))
