"""Rules across years and bodies -> what they look at, as SQL over `report_facts` and `reports`.

One row a report, with the cells of the same body's report of the year before as `previous__...`
columns, last filing against last filing; they are null where there is no such report, so that a
rule over them says by itself that it cannot be assessed.
"""

from __future__ import annotations

from functools import cache

from expectations.predicates import quoted
from expectations.rollup import rolled_up_of
from transforms.records import CellKey
from transforms.statute.loader import all_cell_keys
from transforms.statute.rule_schema import FILING
from transforms.statute.rules import instances, rules

WITHIN = "report"  # the scope of rules that look at one report by itself
BODIES = "bodies"  # that of rules that look at other bodies too


@cache
def cells_before() -> tuple[CellKey, ...]:
    """The cells of the year before that some rule looks at, in printed order."""
    named = {key for rule in rules().values() for one in instances(rule) for key in one.before}
    return tuple(key for key in all_cell_keys() if key in named)


def before(key: CellKey) -> str:
    """The column of a cell of the year before."""
    return f"previous__{key.column_name}"


def relation(scope: str, batch_id: str) -> str:
    """What rules of a scope look at when a batch is checked, as a query."""
    if scope == WITHIN:
        return f"select * from report_facts where batch_id = {quoted(batch_id)}"
    if scope == FILING:
        return filings_of(batch_id)
    cells = ", ".join(f"{key.column_name} as {before(key)}" for key in cells_before())
    names = ", ".join(f"previous.{before(key)}" for key in cells_before())
    summed, members = "", ""
    if scope == BODIES:
        summed = "all_members, rolled_up, "
        members = (
            f"left join ({rolled_up_of(affected(batch_id))}) as summed "
            "on summed.government_id = report_facts.report_id "
        )
    return (
        "select report_facts.*, previous_report_id, previous_form, previous_stated, alike, "
        f"{summed}{names} "
        f"from report_facts left join ({alike_of(batch_id)}) as found using (report_id) {members}"
        "left join (select body_id, report_year + 1 as report_year, "
        "report_id as previous_report_id, form as previous_form, stated as previous_stated, "
        f"{cells} "
        "from report_facts where is_current) as previous "
        "on previous.body_id = report_facts.body_id "
        "and previous.report_year = report_facts.report_year and report_facts.is_current "
        "where (report_facts.report_id, report_facts.batch_id) "
        f"in (select report_id, batch_id from ({affected(batch_id)}))"
    )


def filings_of(batch_id: str) -> str:
    """The filings that are due for the years of a batch, and the gaps that it makes seen."""
    years = f"(select report_year from reports where batch_id = {quoted(batch_id)})"
    return (
        "select ledger || ' ' || body_name || ' ' || report_year as report_id, "
        "null::VARCHAR as form, true as is_current, * from stored.filings "
        f"where report_year in {years} or (filed_before and filed_after "
        f"and (report_year - 1 in {years} or report_year + 1 in {years}))"
    )


def affected(batch_id: str) -> str:
    """The reports on which a batch bears: its own, the same bodies' of these years and the next,
    those of the same county and year, and the government of its prefecture of that year.

    Also where an earlier version of the batch had a report that is gone (`stored.replaced`).
    """
    batch = quoted(batch_id)
    touched = (
        f"select body_id, county_id, report_year from reports where batch_id = {batch} "
        "union all select body_id, county_id, report_year from stored.replaced"
    )
    return (
        f"select report_id, batch_id from reports where batch_id = {batch} union "
        f"select reports.report_id, reports.batch_id from reports join ({touched}) as touched "
        "on reports.body_id = touched.body_id and reports.report_year "
        "in (touched.report_year, touched.report_year + 1) union "
        f"select reports.report_id, reports.batch_id from reports join ({touched}) as touched "
        "on reports.county_id = touched.county_id and reports.report_year = touched.report_year "
        "union select reports.report_id, reports.batch_id "
        f"from reports join ({touched}) as touched "
        "on reports.county_id = left(touched.county_id, 4) || '00' "
        "and reports.report_year = touched.report_year "
        "where reports.body_level = 'prefecture_government'"
    )


def alike_of(batch_id: str) -> str:
    """What was found alike when a batch was compared, one list a report, as a query."""
    return (
        "select report_id, list({'what': what, 'compared_with': compared_with, "
        "'section_no': section_no, 'other': other, 'year': year, 'similarity': similarity} "
        "order by similarity desc, other_report_id) as alike from stored.similarities "
        f"where checked_by = {quoted(batch_id)} group by report_id"
    )
