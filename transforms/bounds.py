"""Report -> the report with no number that is too large to be stored and added up.

Values are stored as DECIMAL(18, 6). A number of ten digits before the point is less than that
holds by two, so that the sums of a report's cells fit as well.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from transforms.records import CellStatus, Problem, Report

PLACES = 6  # decimals of a value
LIMIT = Decimal(10) ** 10


def fit(report: Report) -> Report:
    """The report with cells that can be stored.

    A value that does not fit is no count and no amount: its cell becomes `invalid`,
    keeps its raw text, and a problem is added.
    """
    misfits = {cell.key for cell in report.cells if not fits(cell.value)}
    if not misfits:
        return report
    return replace(
        report,
        cells=tuple(
            cell._replace(value=None, status=CellStatus.INVALID) if cell.key in misfits else cell
            for cell in report.cells
        ),
        problems=report.problems
        + tuple(
            Problem("value_out_of_range", str(cell.key), (("value", str(cell.value)),))
            for cell in report.cells
            if cell.key in misfits
        ),
    )


def fits(value: Decimal | None) -> bool:
    """Whether it is below the limit, with no more decimals. Raises ValueError for no number."""
    if value is None:
        return True
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{value} is no number")
    return abs(value) < LIMIT and (exponent >= -PLACES or value == round(value, PLACES))
