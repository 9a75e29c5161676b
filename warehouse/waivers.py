"""The home's ledger of waivers -> SQL: which findings are waived, and whether that still holds.

A waiver is `expired` after its last day, judged by the latest day a run was for; `source_changed`
where the current report is not the file that was looked at; `unused` where there is no such
finding; else `in_force`. A finding is never hidden or changed by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from transforms.ledgers import Entry
from transforms.waivers import Waiver, load_waivers
from warehouse import ledgers, sql
from warehouse.home import Home

Waivers = Sequence[Entry[Waiver]]

IN_FORCE = "in_force"
STATES = (IN_FORCE, "expired", "source_changed", "unused")
_DECLARED = (
    "ledger VARCHAR, rule_id VARCHAR, body_name VARCHAR, division_code VARCHAR, "
    "report_year INTEGER, document_id VARCHAR, reason VARCHAR, who VARCHAR, until DATE"
)

# One row a waived rule and report. The few bodies are named as constants, so that the reports of
# others are not read.
_WAIVED = """create view stored.waived as
select rule_id, report_id, waiver.ledger, waiver.reason, who, until,
    case when until < {as_of} then 'expired'
        when not starts_with(reports.document_id, waiver.document_id) then 'source_changed'
        else 'in_force' end as state
from stored.waiver_ledger as waiver
join (select * from reports where body_name in ({bodies})) as reports
    on reports.body_name = waiver.body_name and reports.report_year = waiver.report_year
    and (waiver.division_code is null or reports.division_code = waiver.division_code)"""

# Several waivers may be for one finding, with and without a division: the best stands beside it.
BEST = (
    "select distinct on (rule_id, report_id) * from stored.waived "
    f"order by state <> '{IN_FORCE}', until desc, ledger"
)

WAIVERS = """{columns} from stored.waiver_ledger as ledger left join (
    select waived.ledger, arg_min(waived.state, not reports.is_current) as state
    from stored.waived as waived
    join findings using (rule_id, report_id)
    join reports using (report_id) group by waived.ledger
    union select waived.ledger, waived.state from stored.missing where waived is not null
) as matched on matched.ledger = ledger.ledger"""


def read_waivers(home: Home) -> Waivers:
    """The waivers of this home. Raises HomeError naming file and line of a wrong one."""
    return ledgers.read(load_waivers, home.waivers, "bad_waivers")


def count_states(database: Path) -> dict[str, int]:
    """How many waivers of a published warehouse are in each of STATES."""
    return ledgers.count_states(database, "waivers", STATES)


def ledger_table(entries: Waivers) -> Iterator[str]:
    """The table `stored.waiver_ledger`."""
    yield from ledgers.table("stored.waiver_ledger", _DECLARED, map(_values, entries))


def waived_view(entries: Waivers, as_of: date | None) -> str:
    """The view `stored.waived`; needs `reports`. Without a day nothing is expired."""
    bodies = ", ".join(sorted({sql.text(entry.record.body) for entry in entries})) or "null"
    return _WAIVED.format(bodies=bodies, as_of=f"{sql.literal(as_of)}::DATE")


def _values(entry: Entry[Waiver]) -> Iterator[sql.Value]:
    place, waiver = entry
    yield from (place, waiver.rule, waiver.body, waiver.division, waiver.year, waiver.document)
    yield from (waiver.reason, waiver.who, waiver.until)
