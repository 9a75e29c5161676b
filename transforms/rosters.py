"""A folder of rosters -> the bodies that should file, checked: CSV files with a heading line.

    body,kind,division
    某县民政局,department,
    某县人民政府,county_government,640422
    *,township_government,640422

`kind` is a key of bodies.yaml or its Chinese name. `*` stands for every division of that kind in
the register of divisions below `division`: townships, subdistricts, counties. Further columns,
`from` and `until`, may give the first and last report year of a body that came or went, and `into`
the body of the roster that took over from it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, NoReturn

from transforms.bodies import Body, bodies, kind_of, shortened
from transforms.divisions import Division, divisions_below
from transforms.ledgers import ledger_files
from transforms.statute.loader import StatuteError

SUFFIX = ".csv"
NEEDED, FURTHER = ("body", "kind", "division"), ("from", "until", "into")
EVERY = "*"
LEVELS = {"county_government": 3, "township_government": 4, "subdistrict_office": 4}


class Due(NamedTuple):
    """A body that should file. `by_division`: known by its division, not by its name."""

    roster: str
    place: str  # file and line
    body: str
    kind: Body
    division: str | None
    by_division: bool
    since: int | None
    until: int | None
    into: str | None

    @property
    def short_name(self) -> str:
        """The name cut short, as in `body_id`."""
        return shortened(self.body)


def load_rosters(folder: Path) -> tuple[Due, ...]:
    """Every body of the folder's files, by file and line; none where the folder is not there.

    Raises StatuteError, naming file and line, for what it does not know; OSError.
    """
    found: list[Due] = []
    for path in ledger_files(folder, SUFFIX):
        found += _read(path)
    return tuple(found)


def _read(path: Path) -> Iterator[Due]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        _fail(path, 1, "is no text in UTF-8; save it as CSV UTF-8")
    reader = csv.DictReader(lines, skipinitialspace=True)
    heading = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = heading
    if set(NEEDED) - set(heading) or set(heading) - {*NEEDED, *FURTHER}:
        _fail(path, 1, f"the heading should be {','.join(NEEDED)}[,{','.join(FURTHER)}]")
    seen: dict[tuple[str, str | None], int] = {}
    for row in reader:
        if None in row or None in row.values():
            _fail(path, reader.line_num, f"has not {len(heading)} values")
        for due in _expected(path, reader.line_num, {k: v.strip() for k, v in row.items()}):
            first = seen.setdefault((due.body, due.division), reader.line_num)
            if first != reader.line_num:
                _fail(path, reader.line_num, f"{due.body} is in line {first} too")
            yield due


def _expected(path: Path, line: int, row: dict[str, str]) -> Iterator[Due]:
    kinds = {name: kind for kind in bodies().values() for name in (kind.id, kind.label)}
    kind = kinds.get(row["kind"])
    if kind is None:
        names = ", ".join(f"{one.id} ({one.label})" for one in bodies().values())
        _fail(path, line, f"kind {row['kind']!r} is not one of {names}")
    division = row["division"] or None
    if division is not None and not (division.isascii() and division.isdigit()):
        _fail(path, line, f"division {division!r} is no code such as 640422")
    since, until = (_year(path, line, row.get(name, "")) for name in FURTHER[:2])
    into = row.get("into") or None
    if into and until is None:
        _fail(path, line, "into needs the last year in until")
    place = f"{path.name}:{line}"
    if row["body"] != EVERY:
        if not row["body"]:
            _fail(path, line, "body is empty")
        yield Due(path.stem, place, row["body"], kind, division, False, since, until, into)
        return
    below = _register(kind, division)
    if not below:
        _fail(path, line, f"* needs a kind of {', '.join(LEVELS)} and a division that has some")
    for one in below:
        yield Due(
            path.stem, place, one.path.replace("/", ""), kind, one.code, True, since, until, None
        )


def _register(kind: Body, division: str | None) -> list[Division]:
    if kind.id not in LEVELS or division is None:
        return []
    below = divisions_below(division, LEVELS[kind.id])
    if kind.id == "county_government":
        return [*below]
    return [one for one in below if (found := kind_of(one.path)) and found.id == kind.id]


def _year(path: Path, line: int, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        _fail(path, line, f"{text!r} is no year")
    return int(text)


def _fail(path: Path, line: int, what: str) -> NoReturn:
    raise StatuteError(f"{path}:{line}: {what}")
