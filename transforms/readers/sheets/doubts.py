"""Bytes of an XLSX -> the cells whose value the file does not hold, by sheet.

A formula may have been written by a program that never computed it: its value is then absent, or
the 0 that such programs put there. What stands in such a cell is its formula. A cell with an error
holds the name of the error (`#DIV/0!`), which calamine gives as empty.
"""

from __future__ import annotations

import re

from transforms.readers.sheets.rows import Place
from transforms.readers.xml import Element, by_local_name, local_name, parse_xml
from transforms.readers.zipped import ZippedParts

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def uncertain_cells(data: bytes) -> dict[int, dict[Place, str]]:
    """What stands in cells without a sure value, by number of the sheet from 0.

    Raises UnreadableFileError as the readers of parts and of XML do.
    """
    parts = ZippedParts(data)
    book, relations = parts.read(_WORKBOOK), parts.read(_RELATIONS)
    if book is None or relations is None:
        return {}
    root = parse_xml(book, _WORKBOOK)
    targets = {
        relation.get("Id"): relation.get("Target") or ""
        for relation in by_local_name(parse_xml(relations, _RELATIONS), "Relationship")
    }
    sheets: dict[int, _Doubts] = {}
    for number, sheet in enumerate(by_local_name(root, "sheet")):
        target = targets.get(next((v for k, v in sheet.items() if k.endswith("}id")), ""), "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        content = parts.read(path)
        if content is not None and path.endswith(".xml"):
            sheets[number] = _Doubts(parse_xml(content, path))
    to_compute = any(
        element.get("fullCalcOnLoad") in ("1", "true") for element in by_local_name(root, "calcPr")
    )
    never_computed = to_compute and not any(sheet.computed for sheet in sheets.values())
    return {number: sheet.texts(never_computed) for number, sheet in sheets.items()}


class _Doubts:
    """The formulas and errors of one sheet."""

    def __init__(self, root: Element) -> None:
        self._sure: dict[Place, str] = {}
        self._zeros: dict[Place, str] = {}  # formulas whose value is 0
        self.computed = False  # whether a formula has another value
        for cell in by_local_name(root, "c"):
            place = _place(cell.get("r") or "")
            if place is not None:
                self._look_at(cell, place)

    def _look_at(self, cell: Element, place: Place) -> None:
        inner = {local_name(child): child.text or "" for child in cell}
        value, kind = inner.get("v", ""), cell.get("t")
        if kind == "e":
            self._sure[place] = value or "#N/A"
        elif "f" in inner and kind != "str":
            formula = f"={inner['f']}"
            if not value:
                self._sure[place] = formula
            elif value in ("0", "0.0"):
                self._zeros[place] = formula
            else:
                self.computed = True

    def texts(self, never_computed: bool) -> dict[Place, str]:
        return {**self._sure, **self._zeros} if never_computed else self._sure


def _place(reference: str) -> Place | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
