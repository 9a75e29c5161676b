"""What befalls the numbers of a report: blanks, strikes, words, units, other digits."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from benchmarks.generator.model import Damage, Expected, Kind, Manuscript, Sheet, SheetCell
from benchmarks.generator.numbers import print_number
from benchmarks.generator.wording import pick, wording
from transforms.statute.schema import Column

FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
RUNS = frozenset({"runs_together"})


def _columns(manuscript: Manuscript) -> dict[tuple[int, str, str], Column]:
    return {
        (table.number, row.key, column.key): column
        for table in manuscript.printed.tables
        for block, row in table.rows()
        for column in block.columns
    }


def _a_sheet(manuscript: Manuscript, rng: Random) -> Sheet | None:
    sheets = manuscript.sheets()
    return rng.choice(sheets) if sheets else None


def _plain(cell: SheetCell) -> bool:
    """Still as printed: no other damage has changed it."""
    return cell.role == "value" and cell.text.replace(".", "").lstrip("-").isdigit()


def _blank(manuscript: Manuscript, cell: SheetCell, text: str = "") -> None:
    cell.text = text
    if cell.key in manuscript.truth and manuscript.truth[cell.key].kind is not Kind.MISSING:
        manuscript.truth[cell.key] = Expected(Kind.BLANK)


def full_width_digits(manuscript: Manuscript, rng: Random) -> None:
    for cell in manuscript.cells("value"):
        if _plain(cell) and rng.random() < 0.5:
            cell.text = cell.text.translate(FULL_WIDTH)


def thousands(manuscript: Manuscript, rng: Random) -> None:
    comma = rng.choice([",", "，"])
    for cell in manuscript.cells("value"):
        if _plain(cell):
            cell.text = f"{Decimal(cell.text):,}".replace(",", comma)


def only_totals(manuscript: Manuscript, rng: Random) -> None:  # noqa: ARG001
    """Table 3 with only its last column filled."""
    for sheet in manuscript.sheets(3):
        for row in sheet.data_rows():
            for cell in sheet.values(row)[:-1]:
                _blank(manuscript, cell)


def blank_zeros(manuscript: Manuscript, rng: Random) -> None:
    sheet = _a_sheet(manuscript, rng)
    for cell in sheet.cells if sheet else ():
        if cell.role == "value" and cell.text == "0":
            _blank(manuscript, cell)


def blank_totals(manuscript: Manuscript, rng: Random) -> None:  # noqa: ARG001
    """Components filled, totals left empty."""
    for sheet in manuscript.sheets(3):
        for row in sheet.data_rows():
            for cell in sheet.values(row)[-1:]:
                _blank(manuscript, cell)


def struck_zeros(manuscript: Manuscript, rng: Random) -> None:
    sheet, mark = _a_sheet(manuscript, rng), pick(rng, "strike_marks")
    for cell in sheet.cells if sheet else ():
        if cell.role == "value" and cell.text == "0":
            _blank(manuscript, cell, mark)


def units(manuscript: Manuscript, rng: Random) -> None:
    """Money with its unit inside the cell, sometimes in yuan; counts with a measure word."""
    columns, words = _columns(manuscript), wording()
    for cell in manuscript.cells("value"):
        if cell.key is None or not _plain(cell):
            continue
        column = columns.get(cell.key)
        if column and column.decimal and cell.text != "0":
            yuan = Decimal(cell.text) * 10_000
            if yuan == yuan.to_integral_value() and rng.random() < 0.5:
                cell.text = words["yuan"].format(n=print_number(yuan))
            else:
                cell.text = words["ten_thousand"].format(n=cell.text)
        elif column and column.unit == "件" and cell.key.table_no == 2 and rng.random() < 0.3:
            cell.text = words["item"].format(n=cell.text)


def remarks(manuscript: Manuscript, rng: Random) -> None:
    for cell in manuscript.cells("value"):
        made = cell.key is not None and cell.key.table_no == 2 and cell.key.column_key == "made"
        if made and _plain(cell) and cell.text != "0":
            cell.text = pick(rng, "remarks", n=cell.text)


def signed_words(manuscript: Manuscript, rng: Random) -> None:
    columns = _columns(manuscript)
    for cell in manuscript.cells("value"):
        column = columns.get(cell.key) if cell.key else None
        if column and column.signed and _plain(cell) and cell.text != "0":
            value = int(cell.text)
            forms = wording()["signs"]["up" if value > 0 else "down"]
            cell.text = rng.choice(forms).format(n=abs(value))


def letter_o(manuscript: Manuscript, rng: Random) -> None:
    """The letter O where a zero is meant, in one row of table 3."""
    for sheet in manuscript.sheets(3)[:1]:
        for cell in sheet.values(rng.choice(sheet.data_rows())):
            if cell.text == "0":
                cell.text = rng.choice("Oo")
                manuscript.forget(cell.key)


def chinese_numerals(manuscript: Manuscript, rng: Random) -> None:
    digits, ten = wording()["digits"], wording()["ten"]
    for cell in manuscript.cells("value"):
        if _plain(cell) and cell.text.isdigit() and 0 < int(cell.text) < 20 and rng.random() < 0.5:
            number = int(cell.text)
            head = ten if number >= 10 else ""
            cell.text = head + (digits[number % 10] if number % 10 else "")


def spaced_numbers(manuscript: Manuscript, rng: Random) -> None:
    for cell in manuscript.cells("value"):
        cell.text = f"{' ' * rng.randint(0, 2)}{cell.text}{' ' * rng.randint(0, 1)}"


def bold_cells(manuscript: Manuscript, rng: Random) -> None:
    before, after = rng.choice([("<b>", "</b>"), ("**", "**")])
    for cell in manuscript.cells("value", "group", "caption"):
        if cell.text and rng.random() < 0.3:
            cell.text = f"{before}{cell.text}{after}"


def garbage_cell(manuscript: Manuscript, rng: Random) -> None:
    """Words where a number is due."""
    cells = [cell for cell in manuscript.cells("value") if _plain(cell)]
    cell = rng.choice(cells) if cells else None
    if cell and cell.key in manuscript.truth and manuscript.truth[cell.key].kind is Kind.VALUE:
        cell.text = pick(rng, "garbage")
        manuscript.truth[cell.key] = Expected(Kind.INVALID)


def broken_sum(manuscript: Manuscript, rng: Random) -> None:
    """The body's own arithmetic error: one cell of table 3 or 4 is off. Printed is true."""
    cells = [c for c in manuscript.cells("value") if c.key and c.key.table_no > 2 and _plain(c)]
    cell = rng.choice(cells) if cells else None
    if cell is None or cell.key not in manuscript.truth:
        return
    value = int(cell.text) + rng.choice([1, 2, 10])
    cell.text = str(value)
    manuscript.truth[cell.key] = Expected(manuscript.truth[cell.key].kind, Decimal(value))
    manuscript.consistent = False


VALUE_DAMAGES = (
    Damage("broken_sum", broken_sum),
    Damage("units", units, RUNS),
    Damage("remarks", remarks, RUNS),
    Damage("signed_words", signed_words, RUNS),
    Damage("letter_o", letter_o, RUNS),
    Damage("chinese_numerals", chinese_numerals, RUNS),
    Damage("garbage_cell", garbage_cell, RUNS),
    Damage("thousands", thousands, RUNS),
    Damage("full_width_digits", full_width_digits),
    Damage("only_totals", only_totals),
    Damage("blank_totals", blank_totals, conflicts=frozenset({"only_totals"})),
    Damage("blank_zeros", blank_zeros),
    Damage("struck_zeros", struck_zeros),
    Damage("bold_cells", bold_cells, frozenset({"html", "runs_together"})),
    Damage("spaced_numbers", spaced_numbers, RUNS),
)
