"""What befalls the labels and headers of a report: breaks, lost and changed characters, moves."""

from __future__ import annotations

from random import Random

from benchmarks.generator.model import Damage, Manuscript, Sheet, SheetCell
from benchmarks.generator.sheets import insert_row
from benchmarks.generator.wording import wording

SHORTEST = 4  # labels shorter than this are left whole: two lost characters would leave nothing


def _labels(manuscript: Manuscript, share: float, rng: Random) -> list[SheetCell]:
    """Some long row labels that no other damage has broken."""
    cells = [c for c in manuscript.cells("label") if len(c.text) >= SHORTEST and "\n" not in c.text]
    return [cell for cell in cells if rng.random() < share]


def _cut(rng: Random, text: str, joint: str) -> str:
    at = rng.randint(2, len(text) - 1)
    return text[:at] + joint + text[at:]


def label_spaces(manuscript: Manuscript, rng: Random) -> None:
    for cell in _labels(manuscript, 0.5, rng):
        cell.text = _cut(rng, cell.text, " ")
    for cell in manuscript.cells("header", "group"):
        if len(cell.text) > 2 and rng.random() < 0.5:
            cell.text = _cut(rng, cell.text, " ")


def label_newline(manuscript: Manuscript, rng: Random) -> None:
    """A label broken over two lines inside its cell."""
    for cell in _labels(manuscript, 0.3, rng):
        cell.text = _cut(rng, cell.text, "\n")


def header_newline(manuscript: Manuscript, rng: Random) -> None:
    for cell in manuscript.cells("header"):
        if len(cell.text) > 2 and rng.random() < 0.5:
            cell.text = _cut(rng, cell.text, "\n")


def label_continued(manuscript: Manuscript, rng: Random) -> None:
    """The tail of a label on a row of its own below the numbers."""
    for sheet in manuscript.sheets():
        for row in reversed(sheet.data_rows()):
            label = next((c for c in sheet.anchors(row) if c.role == "label"), None)
            if label and len(label.text) > 5 and rng.random() < 0.2:
                at = len(label.text) // 2
                below = insert_row(sheet, row)
                tail = SheetCell(below, label.column, label.text[at:], "label")
                tail.column_span = label.column_span
                label.text = label.text[:at]
                sheet.cells.append(tail)


def characters_lost(manuscript: Manuscript, rng: Random) -> None:
    for cell in _labels(manuscript, 0.4, rng):
        at = rng.randint(2, len(cell.text) - 1)
        cell.text = cell.text[:at] + cell.text[at + 1 :]


def characters_changed(manuscript: Manuscript, rng: Random) -> None:
    changes = wording()["changed_characters"]
    for cell in _labels(manuscript, 0.5, rng):
        places = [i for i, character in enumerate(cell.text) if character in changes]
        if places:
            at = rng.choice(places)
            cell.text = cell.text[:at] + changes[cell.text[at]] + cell.text[at + 1 :]


def header_characters_lost(manuscript: Manuscript, rng: Random) -> None:
    """As 然人 for 自然人."""
    for cell in manuscript.cells("header"):
        if len(cell.text) > 2 and rng.random() < 0.4:
            at = rng.choice([0, len(cell.text) - 1])
            cell.text = cell.text[:at] + cell.text[at + 1 :]


def header_cut(manuscript: Manuscript, rng: Random) -> None:  # noqa: ARG001
    """Two equal headers: the first two columns of table 2 keep three characters."""
    for sheet in manuscript.sheets(2):
        headers = [cell for cell in sheet.cells if cell.role == "header" and cell.row == 1]
        for cell in headers[:2]:
            cell.text = cell.text[:3]


def label_lost(manuscript: Manuscript, rng: Random) -> None:
    """One row of table 3 keeps its numbers and loses its label."""
    for sheet in manuscript.sheets(3)[:1]:
        rows = sheet.data_rows()
        row = rng.choice(rows[1:-1] or rows)
        for cell in sheet.anchors(row):
            if cell.role == "label":
                cell.text = ""


def group_moved(manuscript: Manuscript, rng: Random) -> None:
    """A group label printed beside its second or third child."""
    for sheet in manuscript.sheets(3):
        for cell in sheet.cells:
            if cell.role == "group" and cell.column == 1 and cell.row_span > 2:
                down = rng.randint(1, 2)
                cell.row += down
                cell.row_span -= down


def group_lost(manuscript: Manuscript, rng: Random) -> None:
    for cell in manuscript.cells("group"):
        if rng.random() < 0.6:
            cell.text = ""


def group_vertical(manuscript: Manuscript, rng: Random) -> None:
    """A group label one character a line, or spaced out."""
    joint = rng.choice(["\n", " "])
    for cell in manuscript.cells("group"):
        cell.text = joint.join(cell.text)


def traditional(manuscript: Manuscript, rng: Random) -> None:  # noqa: ARG001
    table = str.maketrans(wording()["traditional"])
    for cell in manuscript.cells("caption", "header", "note", "group", "label"):
        cell.text = cell.text.translate(table)
    for line in manuscript.lines("heading"):
        line.text = line.text.translate(table)


def half_width_marks(manuscript: Manuscript, rng: Random) -> None:  # noqa: ARG001
    table = str.maketrans("（），：“”", '(),:""')
    for cell in manuscript.cells("caption", "header", "note", "group", "label"):
        cell.text = cell.text.translate(table)
    for line in manuscript.lines("heading", "paragraph"):
        line.text = line.text.translate(table)


def numbering_changed(manuscript: Manuscript, rng: Random) -> None:
    mark = rng.choice(["、", "．", " ", ". "])
    for cell in manuscript.cells("label"):
        if cell.text[:1].isdigit() and cell.text[1:2] == ".":
            cell.text = cell.text[0] + mark + cell.text[2:]


def label_variants(manuscript: Manuscript, rng: Random) -> None:
    """Other wordings of rows and columns that the form file knows from real reports."""
    known = {
        line.label: line.variants
        for table in manuscript.printed.tables
        for block, row in table.rows()
        for line in (row, *block.columns)
        if line.variants
    }
    for cell in manuscript.cells("label", "header"):
        if cell.text in known and rng.random() < 0.7:
            cell.text = rng.choice(known[cell.text])


def results_garbled(manuscript: Manuscript, rng: Random) -> None:  # noqa: ARG001
    """Table 4: the result labels read across two lines, as 结果 结果 over 维持 正确."""
    for sheet in manuscript.sheets(4):
        lowest = min(sheet.data_rows(), default=0)
        cells = [c for c in sheet.cells if c.role == "header" and c.row + c.row_span == lowest]
        below = insert_row(sheet, lowest - 1)
        for cell in cells:
            half = len(cell.text) // 2
            tail = SheetCell(below, cell.column, cell.text[half:], "header")
            cell.text = cell.text[:half]
            sheet.cells.append(tail)


def header_rows_lost(manuscript: Manuscript, rng: Random) -> None:
    """One table begins with its first numbers."""
    sheets = [sheet for sheet in manuscript.sheets() if sheet.table_no > 2]
    if sheets:
        _strip_header(rng.choice(sheets))


def _strip_header(sheet: Sheet) -> None:
    top = min(sheet.data_rows(), default=0)
    sheet.cells = [cell for cell in sheet.cells if cell.row >= top]
    for cell in sheet.cells:
        cell.row -= top


LABEL_DAMAGES = (
    Damage("label_variants", label_variants),
    Damage("characters_changed", characters_changed),
    Damage("characters_lost", characters_lost),
    Damage("numbering_changed", numbering_changed, frozenset({"runs_together"})),
    Damage("traditional", traditional),
    Damage("half_width_marks", half_width_marks),
    Damage("header_characters_lost", header_characters_lost),
    Damage("header_cut", header_cut),
    Damage("header_rows_lost", header_rows_lost, conflicts=frozenset({"results_garbled"})),
    Damage("results_garbled", results_garbled, frozenset({"ruled"})),
    Damage("label_lost", label_lost),
    Damage("group_lost", group_lost),
    Damage("group_moved", group_moved, frozenset({"ruled"}), frozenset({"group_lost"})),
    Damage("group_vertical", group_vertical),
    Damage("label_spaces", label_spaces),
    Damage("label_continued", label_continued),
    Damage("label_newline", label_newline),
    Damage("header_newline", header_newline),
)
