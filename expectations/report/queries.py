"""Published warehouse and batch id -> plain rows for the page and the lists. The only SQL here.

`$batch` is the batch id in every query. Rows come in a stated order, so that the same warehouse
gives the same page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]

SEVERITIES = ("critical", "warning", "info")  # worst first
STATUSES = ("reported", "recovered", "blank", "ambiguous", "missing", "invalid")

_WORST_FIRST = f"list_position({list(SEVERITIES)}, severity)"
_CELL = "concat_ws('|', table_no, row_key, column_key)"
_STATUS_COUNTS = ", ".join(
    f"count_if(status = '{status}')::bigint as {status}" for status in STATUSES
)
_SEVERITY_COUNTS = ", ".join(
    f"count_if(severity = '{level}')::bigint as {level}" for level in SEVERITIES
)

_MOST_FINDINGS = ", ".join(f"coalesce(counted.{level}, 0) desc" for level in SEVERITIES)

BATCH_IDS = "select batch_id from batches order by batch_id"

BATCH = "select * from batches where batch_id = $batch"

DOCUMENTS = """
select source_path, status, reason, reason_en, bytes
from documents where batch_id = $batch order by source_path
"""

# Extracted reports with the file each came from. A file met twice in a batch is extracted once.
_MINE = """
select r.*, d.source_path, d.media_type
from reports r
join documents d on d.document_id = r.document_id and d.batch_id = r.batch_id
where r.batch_id = $batch and d.status = 'extracted'
"""

REPORTS = f"""
with mine as ({_MINE}),
read_cells as (
    select report_id, count(*) as cells, {_STATUS_COUNTS}
    from cells where batch_id = $batch group by report_id
),
counted as (
    select report_id, {_SEVERITY_COUNTS}
    from findings where batch_id = $batch group by report_id
),
rules_broken as (
    select report_id, list(rule_id || if(times > 1, ' ×' || times, '') order by rule_id) as rules
    from (
        select report_id, rule_id, count(*) as times
        from findings where batch_id = $batch group by all
    ) group by report_id
)
select mine.report_id, mine.source_path, mine.body_name, mine.division_path, mine.report_year,
    mine.form, mine.published_on, mine.is_current,
    {", ".join(f"coalesce({name}, 0) as {name}" for name in ("cells", *STATUSES, *SEVERITIES))},
    coalesce(rules, []) as rules
from mine
left join read_cells using (report_id)
left join counted using (report_id)
left join rules_broken using (report_id)
order by mine.is_current desc, {_MOST_FINDINGS}, mine.source_path
"""

# Accepted by a waiver in force.
WAIVED = """
select severity, count(*) as findings
from findings where batch_id = $batch and waiver = 'in_force' group by severity
"""

CELLS_BY_TABLE = f"""
select table_no, count(*) as cells, {_STATUS_COUNTS}
from cells where batch_id = $batch group by table_no order by table_no
"""

RULES = f"""
with used as (
    select r.rule_id, r.title_zh, r.title_en, r.severity, r.scope, r.legal_basis,
        x.assessed, x.violated, x.not_assessable,
        (
            select count(*) from findings f
            where f.batch_id = x.batch_id and f.rule_id = x.rule_id
        ) as findings
    from rule_results x join rules r using (rule_id)
    where x.batch_id = $batch
)
select * from used order by {_WORST_FIRST}, violated desc, rule_id
"""

# The first `$most` findings of each rule, all of them where $most is null; those about most
# applications come first, then those of the reports that stand first in REPORTS. A root finding
# and those that point to it may have different rules.
FINDINGS = f"""
with mine as ({_MINE}),
counted as (
    select report_id, {_SEVERITY_COUNTS}
    from findings where batch_id = $batch group by report_id
),
numbered as (
    select f.finding_id, f.rule_id, f.severity, f.message_zh, f.message_en, f.observed, f.expected,
        f.cells, f.char_start, f.char_end, f.applications, f.root_finding_id, f.suspect_cells,
        f.explanation_zh, f.explanation_en, f.checked_by, f.waiver, f.waiver_reason,
        f.waiver_who, f.waiver_until, f.report_id, mine.document_id,
        mine.body_name, mine.report_year, mine.form, mine.is_current, mine.source_path,
        mine.media_type, rules.title_zh, rules.title_en, rules.legal_basis,
        row_number() over (
            partition by f.rule_id
            order by coalesce(f.applications, 0) desc, {_MOST_FINDINGS}, mine.source_path,
                f.char_start nulls first, f.finding_id
        ) as place_in_rule
    from findings f
    join mine using (report_id)
    join counted using (report_id)
    join rules using (rule_id)
    where f.batch_id = $batch
)
select * from numbered where place_in_rule <= coalesce($most, place_in_rule)
order by {_WORST_FIRST}, rule_id, place_in_rule
"""

CELLS_OF_FINDINGS = f"""
select report_id, {_CELL} as cell, value, status, raw_text, char_start, char_end
from cells
where batch_id = $batch and list_contains($reports, report_id)
    and {_CELL} in (select unnest($keys))
"""

TEXTS = "select document_id, text from texts where document_id in (select unnest($documents))"

# A duplicate was read when it came first; it is no problem. `is_cell`: the place is the printed
# key of a cell of the report's form.
PROBLEMS = f"""
select p.code, p.place, p.message_zh, p.message_en, p.source_path, p.report_id, r.body_name,
    r.form,
    exists (
        select 1 from cells where cells.report_id = p.report_id and {_CELL} = p.place
    ) as is_cell
from problems p
join documents d on d.batch_id = p.batch_id and d.source_path = p.source_path
left join reports r on r.report_id = p.report_id
where p.batch_id = $batch and d.status <> 'duplicate'
order by p.code, p.source_path, p.problem_no
"""

# The first `$most`; `in_all` says how many there are.
UNCLEAR_CELLS = f"""
with mine as ({_MINE})
select {_CELL} as cell, c.status, c.raw_text, c.candidates, mine.body_name, mine.report_year,
    mine.form, mine.source_path, count(*) over () as in_all
from cells c join mine using (report_id)
where c.batch_id = $batch and c.status in ('ambiguous', 'invalid')
order by c.status, mine.source_path, c.cell_no limit $most
"""

MISSING_CELLS = f"""
with mine as ({_MINE}),
by_report as (
    select mine.body_name, mine.report_year, mine.source_path, c.table_no, count(*) as cells,
        count_if(c.status = 'missing')::bigint as missing
    from cells c join mine using (report_id)
    where c.batch_id = $batch group by all having missing > 0
)
select *, count(*) over () as in_all from by_report order by source_path, table_no limit $most
"""

# Of the report years of the batch; the first `$most`.
NOT_FILED = """
select *, count(*) over () as in_all from not_filed
where report_year in (select report_year from reports where batch_id = $batch)
    or (filed_before and filed_after and (
        report_year - 1 in (select report_year from reports where batch_id = $batch)
        or report_year + 1 in (select report_year from reports where batch_id = $batch)))
order by report_year, roster, ledger, body_name limit $most
"""


class UnknownBatchError(Exception):
    """The warehouse has no such batch. The message names the batches it has."""


class Warehouse:
    """A read-only look at one batch of a published warehouse."""

    def __init__(self, database: Path, batch_id: str) -> None:
        self._connection = duckdb.connect(str(database), read_only=True)
        self._batch_id = batch_id

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def rows(self, query: str, **parameters: object) -> list[Row]:
        """The rows of a query; the batch id is filled in where the query asks for it."""
        if "$batch" in query:
            parameters["batch"] = self._batch_id
        table = self._connection.execute(query, parameters).to_arrow_table()
        rows: list[Row] = table.to_pylist()
        return rows

    def batch(self) -> Row:
        """The batch's own row. Raises UnknownBatchError when the warehouse has no such batch."""
        found = self.rows(BATCH)
        if not found:
            known = ", ".join(row["batch_id"] for row in self.rows(BATCH_IDS)) or "none"
            raise UnknownBatchError(
                f"batch {self._batch_id!r} is not in the warehouse; it has: {known}"
            )
        return found[0]
