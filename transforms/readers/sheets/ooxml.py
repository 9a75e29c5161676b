"""Bytes of an XLSX -> what calamine does not tell of its cells, by sheet.

A formula may have been written by a program that never computed it: its value is then absent, or
the 0 that such programs put there. What stands in such a cell is its formula. A cell with an error
holds the name of the error (`#DIV/0!`). An empty cell with a border is a cell of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from transforms.readers.sheets.rows import LARGEST_COUNT, Place
from transforms.readers.xml import Element, by_local_name, local_name, parse_xml
from transforms.readers.zipped import ZippedParts

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ZEROS = ("0", "0.0")


@dataclass(slots=True)
class Untold:
    """Of one sheet: what stands in cells without a sure value, and the empty cells with borders."""

    texts: dict[Place, str] = field(default_factory=dict)
    zeros: dict[Place, str] = field(default_factory=dict)  # formulas whose value is 0
    computed: bool = False  # whether a formula has another value
    drawn: set[Place] = field(default_factory=set)


def untold(data: bytes) -> Mapping[int, Untold]:
    """What calamine does not tell, by number of the sheet from 0.

    Raises UnreadableFileError as the readers of parts and of XML do.
    """
    parts = ZippedParts(data)
    root = _root(parts, _WORKBOOK)
    if root is None:
        return {}
    bordered = frozenset(_bordered_styles(_root(parts, _STYLES)))
    sheets = {number: _look(sheet, bordered) for number, sheet in _sheets(parts, root)}
    to_compute = any(
        element.get("fullCalcOnLoad") in ("1", "true") for element in by_local_name(root, "calcPr")
    )
    if to_compute and not any(sheet.computed for sheet in sheets.values()):
        for sheet in sheets.values():
            sheet.texts |= sheet.zeros
    return sheets


def _root(parts: ZippedParts, name: str) -> Element | None:
    content = parts.read(name)
    return None if content is None else parse_xml(content, name)


def _sheets(parts: ZippedParts, workbook: Element) -> Iterator[tuple[int, Element]]:
    """The root of each sheet with its number, in the order of the workbook."""
    relations = _root(parts, _RELATIONS)
    targets = {
        relation.get("Id"): relation.get("Target") or ""
        for relation in by_local_name(relations, "Relationship")
    } if relations is not None else {}  # fmt: skip
    for number, sheet in enumerate(by_local_name(workbook, "sheet")):
        key = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        target = targets.get(key, "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        root = _root(parts, path) if path.endswith(".xml") else None
        if root is not None:
            yield number, root


def _bordered_styles(styles: Element | None) -> Iterator[str]:
    """The numbers of the cell styles that draw a border."""
    if styles is None:
        return
    borders = [
        any(side.get("style") not in (None, "none") for side in border)
        for border in by_local_name(styles, "border")
    ]
    formats = next(by_local_name(styles, "cellXfs"), ())
    for number, style in enumerate(formats):
        border = style.get("borderId") or "0"
        if border.isdecimal() and int(border) < len(borders) and borders[int(border)]:
            yield str(number)


def _look(sheet: Element, bordered: frozenset[str]) -> Untold:
    found = Untold()
    for cell in by_local_name(sheet, "c"):
        place = _place(cell.get("r") or "")
        if place is None:
            continue
        inner = {local_name(child): child.text or "" for child in cell}
        value = inner.get("v", "")
        if cell.get("t") == "e":
            found.texts[place] = value or "#N/A"
        elif "f" in inner and cell.get("t") != "str":
            _look_at_formula(found, place, value, f"={inner['f']}")
        elif not inner and cell.get("s") in bordered and len(found.drawn) < LARGEST_COUNT:
            found.drawn.add(place)
    return found


def _look_at_formula(found: Untold, place: Place, value: str, formula: str) -> None:
    if not value:
        found.texts[place] = formula
    elif value in _ZEROS:
        found.zeros[place] = formula
    else:
        found.computed = True


def _place(reference: str) -> Place | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
