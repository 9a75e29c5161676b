"""The home's ledger of corrections -> SQL: what was corrected, and whether it still fits.

A correction is `applied` when the cell still reads as its `was`, `stale` when it reads otherwise
now, `unused` when the warehouse has no such report or cell. Only applied ones give a cell its
`corrected_value`; what was read stays as it is, and the rules look at that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from transforms.corrections import Correction, load_corrections
from transforms.ledgers import Entry
from transforms.statute.loader import all_cell_keys
from warehouse import ledgers, sql
from warehouse.home import Home
from warehouse.tables import TYPES

Corrections = Sequence[Entry[Correction]]

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


def read_corrections(home: Home) -> Corrections:
    """The corrections of this home. Raises HomeError naming file and line of a wrong one."""
    return ledgers.read(load_corrections, home.corrections, "bad_corrections")


def count_states(database: Path) -> dict[str, int]:
    """How many corrections of a published warehouse are in each of STATES."""
    return ledgers.count_states(database, "corrections", STATES)


def statements(entries: Corrections) -> Iterator[str]:
    """The tables `stored.ledger` and `stored.corrections`; needs the view `stored.cells`."""
    yield from ledgers.table("stored.ledger", _DECLARED, map(_values, entries))
    reports = {entry.record.report_id for entry in entries}
    yield _CORRECTIONS.format(reports=", ".join(map(sql.text, sorted(reports))) or "null")


def _values(entry: Entry[Correction]) -> Iterator[sql.Value]:
    place, correction = entry
    number = isinstance(correction.was, Decimal)
    yield from (place, correction.report_id, all_cell_keys().index(correction.cell) + 1)
    yield str(correction.cell)
    yield from (correction.was, None) if number else (None, str(correction.was))
    yield from (correction.now, correction.reason, correction.evidence, correction.who)
    yield correction.date
