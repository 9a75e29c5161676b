"""Name of a body and the text around it -> the administrative division it belongs to, or none.

Codes are those of divisions.csv.gz, cities and provinces filled up to six digits as in GB/T 2260
(`640000`, `640500`, `640502`, township `640502101`). A name that several divisions bear is decided
by the names of their counties, then cities, then provinces in the text; undecided stays null.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from transforms.statute.loader import FOLDER

# Levels between province and county that are no places of their own.
_NO_PLACE = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
_ETHNIC = re.compile(
    r"(?:壮族|回族|维吾尔|特别行政区|自治区|省|市)+$"
)  # what a province's short name goes without
_LEVELS = (2, 4, 6, 9)  # digits of a code: province, city, county, township
_FILLER = re.compile(r"人民政府|政府|的|[\s、·]")


@dataclass(frozen=True, slots=True)
class Division:
    """`level` is 1 province, 2 city, 3 county, 4 township; `path` goes from the province down."""

    code: str
    path: str
    level: int


def locate(body_name: str, context: str) -> Division | None:
    """The division that a body name leads to: the lowest place it names, when only one fits."""
    found: list[str] = []
    rest = body_name
    while rest:
        step = _next_place(rest, found)
        if step is None:
            break
        found, length = step
        rest = rest[length:]
        rest = rest[filler.end() :] if (filler := _FILLER.match(rest)) else rest
    if len(found) > 1:
        found = _decide(found, context)
    return _division(found[0]) if len(found) == 1 else None


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
    """The codes whose county stands in the text, or else whose city, or else whose province."""
    for digits in reversed(_LEVELS[:-1]):
        near = [
            code
            for code in codes
            if len(code) > digits
            and len(name := _names().get(code[:digits], "")) > 2  # 城区, 郊区: words as well
            and name in context
            and name not in _NO_PLACE
        ]
        if near:
            return near
    return codes


def _division(code: str) -> Division:
    parts = [_names()[code[:digits]] for digits in _LEVELS if digits <= len(code)]
    return Division(
        code=code.ljust(6, "0"),
        path="/".join(part for part in parts if part not in _NO_PLACE),
        level=_LEVELS.index(len(code)) + 1,
    )


@cache
def _names() -> dict[str, str]:
    """Name by code, as in the data file."""
    text = gzip.decompress((FOLDER / "divisions.csv.gz").read_bytes()).decode()
    fields = text.replace("\n", ",").split(",")
    return dict(zip(fields[::2], fields[1::2], strict=False))


@cache
def _by_name() -> dict[str, str]:
    """Codes, parted by blanks, by full name and by the short names of provinces."""
    found: dict[str, str] = {}
    for code, name in (*_names().items(), *_short_provinces()):
        found[name] = f"{found[name]} {code}" if name in found else code
    for no_place in _NO_PLACE:
        found.pop(no_place, None)
    return found


def _short_provinces() -> Iterator[tuple[str, str]]:
    for code, name in _names().items():
        if len(code) == 2 and (short := _ETHNIC.sub("", name)) != name:
            yield code, short


@cache
def _longest_name() -> int:
    return max(map(len, _by_name()))
