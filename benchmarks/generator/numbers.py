"""A form and a seed -> the numbers of a report, consistent with the form's arithmetic."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from transforms.records import CellKey
from transforms.statute.schema import Block, Form, Table

ALL_ZERO_SHARE = 0.65  # of tables 3; most townships receive no application in a year
RECEIVED = ("new_received", "carried_in")
CLOSING = ("results_total", "carried_out")
LARGEST = 60_000


def draw_values(rng: Random, form: Form) -> dict[CellKey, Decimal]:
    """A value for every printed cell: table 2 in bounds, tables 3 and 4 with their sums."""
    values: dict[CellKey, Decimal] = {}
    for table in form.tables:
        if table.number == 2:
            values.update(_disclosures(rng, table))
        elif table.number == 3:
            values.update(_applications(rng, table.blocks[0]))
        else:
            values.update(_proceedings(rng, table.blocks[0]))
    return values


def print_number(value: Decimal) -> str:
    """A number as an office prints it: no exponent, no trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _count(rng: Random, zero_share: float) -> int:
    """Zero mostly; else long-tailed, up to tens of thousands."""
    return 0 if rng.random() < zero_share else min(int(rng.paretovariate(0.55)), LARGEST)


def _disclosures(rng: Random, table: Table) -> dict[CellKey, Decimal]:
    zero_share = rng.choice((0.95, 0.6, 0.25))
    values: dict[CellKey, Decimal] = {}
    for block, row in table.rows():
        for column, value in _disclosure_row(rng, block, zero_share).items():
            values[CellKey(2, row.key, column)] = value
    return values


def _disclosure_row(rng: Random, block: Block, zero_share: float) -> dict[str, Decimal]:
    first, second, third = (_count(rng, zero_share) for _ in range(3))
    row: dict[str, Decimal] = {}
    for column in block.columns:
        if column.decimal:
            amount = Decimal(rng.randrange(1, 10 ** rng.choice((4, 6, 8)))).scaleb(-4)
            empty = first == 0 if column.key == "amount" and len(block.columns) > 1 else second == 0
            row[column.key] = Decimal(0) if empty else amount
        elif column.key in ("in_force", "in_force_published"):
            row[column.key] = Decimal(first + second + third)
        elif column.signed:
            change = rng.randint(-min(first, 40), 40) if rng.random() > zero_share else 0
            row[column.key] = Decimal(change)
        else:
            chosen = {"published": second, "repealed": min(second, 9), "decisions": third}
            row[column.key] = Decimal(chosen.get(column.key, first))
    return row


def _applications(rng: Random, block: Block) -> dict[CellKey, Decimal]:
    columns = [column.key for column in block.columns]
    counts = {row.key: dict.fromkeys(columns, 0) for row in block.rows}
    if rng.random() > ALL_ZERO_SHARE:
        applications = max(1, _count(rng, 0))
        for column, share in zip(columns[:-1], _shares(rng, len(columns) - 1), strict=True):
            _fill_column(rng, counts, column, round(applications * share))
    for row in counts.values():
        row[columns[-1]] = sum(row[column] for column in columns[:-1])
    return {
        CellKey(3, row, column): Decimal(count)
        for row, cells in counts.items()
        for column, count in cells.items()
    }


def _shares(rng: Random, size: int) -> list[float]:
    """Natural persons take most; the others what is left, often nothing."""
    first = rng.uniform(0.6, 1.0)
    rest = [rng.random() if rng.random() < 0.4 else 0.0 for _ in range(size - 1)]
    total = sum(rest) or 1.0
    return [first, *(part / total * (1 - first) for part in rest)]


def _fill_column(
    rng: Random, counts: dict[str, dict[str, int]], column: str, received: int
) -> None:
    carried_in = rng.randint(0, received // 8) if received else 0
    carried_out = rng.randint(0, received // 8) if received else 0
    counts["new_received"][column] = received
    counts["carried_in"][column] = carried_in
    counts["carried_out"][column] = carried_out
    left = received + carried_in - carried_out
    counts["results_total"][column] = left
    outcomes = [row for row in counts if row not in (*RECEIVED, *CLOSING)]
    for row in outcomes:
        part = rng.randint(0, left) if row == "granted" or rng.random() < 0.3 else 0
        counts[row][column] = part
        left -= part
    counts[rng.choice(outcomes)][column] += left


def _proceedings(rng: Random, block: Block) -> dict[CellKey, Decimal]:
    columns = [column.key for column in block.columns]
    zero_share = rng.choice((1.0, 1.0, 0.8, 0.3))
    values: dict[CellKey, Decimal] = {}
    for row in block.rows:
        parts = [min(_count(rng, zero_share), 400) for _ in columns[:-1]]
        for column, part in zip(columns, [*parts, sum(parts)], strict=True):
            values[CellKey(4, row.key, column)] = Decimal(part)
    return values
