"""The home's ledger of waivers -> SQL: which findings are waived, and whether that still holds.

A waiver is `expired` after its last day, judged by the latest day a run was for; `source_changed`
where the current report is not the file that was looked at; `unused` where there is no such
finding; else `in_force`. A finding is never hidden or changed by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from transforms.statute.loader import StatuteError
from transforms.waivers import Entry, load_waivers
from warehouse import ledgers, sql
from warehouse.errors import HomeError
from warehouse.home import Home

STATES = ("in_force", "expired", "source_changed", "unused")
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

WAIVERS = """{columns} from stored.waiver_ledger as ledger left join (
    select waived.ledger, arg_min(waived.state, not reports.is_current) as state
    from stored.waived as waived
    join findings using (rule_id, report_id)
    join reports using (report_id) group by waived.ledger
) as matched on matched.ledger = ledger.ledger"""


def read_waivers(home: Home) -> tuple[Entry, ...]:
    """The waivers of this home. Raises HomeError naming file and line of a wrong one."""
    try:
        return load_waivers(home.waivers)
    except (StatuteError, OSError) as error:
        raise HomeError("bad_waivers", error=error) from error


def count_states(database: Path) -> dict[str, int]:
    """How many waivers of a published warehouse are in each of STATES."""
    return ledgers.count_states(database, "waivers", STATES)


def ledger_table(entries: Sequence[Entry]) -> Iterator[str]:
    """The table `stored.waiver_ledger`."""
    yield f"create table stored.waiver_ledger ({_DECLARED})"
    if entries:
        rows = ", ".join(f"({', '.join(_values(entry))})" for entry in entries)
        yield f"insert into stored.waiver_ledger values {rows}"


def waived_view(entries: Sequence[Entry], as_of: date | None) -> str:
    """The view `stored.waived`; needs `reports`. Without a day nothing is expired."""
    bodies = ", ".join(sorted({sql.text(entry.waiver.body) for entry in entries})) or "null"
    return _WAIVED.format(bodies=bodies, as_of=f"date '{as_of}'" if as_of else "null::DATE")


def _values(entry: Entry) -> Iterator[str]:
    place, waiver = entry
    yield from map(sql.text, (place, waiver.rule, waiver.body))
    yield sql.text(waiver.division) if waiver.division else "null"
    yield str(waiver.year)
    yield sql.text(waiver.document) if waiver.document else "null"
    yield from map(sql.text, (waiver.reason, waiver.who))
    yield f"date '{waiver.until}'"
