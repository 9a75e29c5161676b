"""The home's ledger of corrections -> SQL: what was corrected, and whether it still fits.

A correction is `applied` when the cell still reads as its `was`, `stale` when it reads otherwise
now, `unused` when the warehouse has no such report or cell. Only applied ones give a cell its
`corrected_value`; what was read stays as it is, and the rules look at that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from transforms.corrections import Entry, load_ledger
from transforms.statute.loader import StatuteError, all_cell_keys
from warehouse import ledgers, sql
from warehouse.errors import HomeError
from warehouse.home import Home
from warehouse.tables import TYPES

STATES = ("applied", "stale", "unused")
_DECIMAL = TYPES["decimal"].sql
_DECLARED = (
    "ledger VARCHAR, report_id VARCHAR, cell_no INTEGER, cell VARCHAR, "
    f"was {_DECIMAL}, was_status VARCHAR, now {_DECIMAL}, "
    "reason VARCHAR, evidence VARCHAR, who VARCHAR, date DATE"
)

# The reports are named as constants: their Parquet row groups are found without reading the others.
_CORRECTIONS = """create table stored.corrections as
select ledger.*, read.value as read_value, read.status as read_status,
    case when read.status is null then 'unused'
        when read.value = was or read.status = was_status then 'applied'
        else 'stale' end as state
from stored.ledger left join (
    select report_id, cell_no, value, status from stored.cells where report_id in ({reports})
) as read using (report_id, cell_no)
order by ledger.report_id, cell_no"""


def read_ledger(home: Home) -> tuple[Entry, ...]:
    """The corrections of this home. Raises HomeError naming file and line of a wrong one."""
    try:
        return load_ledger(home.corrections)
    except (StatuteError, OSError) as error:
        raise HomeError("bad_corrections", error=error) from error


def count_states(database: Path) -> dict[str, int]:
    """How many corrections of a published warehouse are in each of STATES."""
    return ledgers.count_states(database, "corrections", STATES)


def statements(ledger: Sequence[Entry]) -> Iterator[str]:
    """The tables `stored.ledger` and `stored.corrections`; needs the view `stored.cells`."""
    yield f"create table stored.ledger ({_DECLARED})"
    if ledger:
        rows = ", ".join(f"({', '.join(_values(entry))})" for entry in ledger)
        yield f"insert into stored.ledger values {rows}"
    reports = {entry.correction.report_id for entry in ledger}
    yield _CORRECTIONS.format(reports=", ".join(map(sql.text, sorted(reports))) or "null")


def _values(entry: Entry) -> Iterator[str]:
    place, correction = entry
    number = isinstance(correction.was, Decimal)
    yield sql.text(place)
    yield sql.text(correction.report_id)
    yield str(all_cell_keys().index(correction.cell) + 1)
    yield sql.text(str(correction.cell))
    yield f"{correction.was:f}" if number else "null"
    yield "null" if number else sql.text(str(correction.was))
    yield f"{correction.now:f}"
    for words in (correction.reason, correction.evidence, correction.who):
        yield sql.text(words)
    yield f"date '{correction.date:%Y-%m-%d}'"
