"""Body names -> sheet names that Excel accepts and that differ from one another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

_LONGEST = 31  # UTF-16 units, Excel's limit
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = "history"  # Excel keeps that name for itself


def sheet_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """A safe name for each wanted one, in order; none is in `taken` or there twice.

    Excel does not tell upper from lower case. A name met again gets ` (2)`, ` (3)`, ...
    """
    used = {_RESERVED, *(name.casefold() for name in taken)}
    names = []
    for raw in wanted:
        name = next(name for name in _attempts(raw) if name.casefold() not in used)
        used.add(name.casefold())
        names.append(name)
    return names


def _attempts(raw: str) -> Iterable[str]:
    clean = _FORBIDDEN.sub("_", raw).strip().strip("'").strip() or "_"
    for number in count(1):
        suffix = "" if number == 1 else f" ({number})"
        yield _cut(clean, _LONGEST - len(suffix)).rstrip("' ") + suffix


def _cut(text: str, units: int) -> str:
    while len(text.encode("utf-16-le", "replace")) > 2 * units:
        text = text[:-1]
    return text
