"""Rules across years and bodies -> what stands beside a report, as SQL over the warehouse.

For each report on which a batch bears: the cells of the same body's report of the year before as
`previous__...` columns, last filing against last filing, the reports it repeats, and the sum of a
government's members. Columns are null where there is nothing of the kind, so that a rule over them
says by itself that it cannot be assessed.
"""

from __future__ import annotations

from functools import cache

from expectations.predicates import quoted
from transforms.records import CellKey
from transforms.statute.loader import all_cell_keys
from transforms.statute.rules import instances, rules

# The first reports after another body of the roster was merged into this one.
HEIRS = (
    "select distinct heir.report_id as heir_id from stored.roster_ledger as gone "
    "join stored.filed as heir on heir.roster = gone.roster "
    "and heir.body_name = gone.into_body and heir.report_year = gone.until + 1"
)


@cache
def cells_before() -> tuple[CellKey, ...]:
    """The cells of the year before that some rule looks at, in printed order."""
    named = {key for rule in rules().values() for one in instances(rule) for key in one.before}
    return tuple(key for key in all_cell_keys() if key in named)


def before(key: CellKey) -> str:
    """The column of a cell of the year before."""
    return f"previous__{key.column_name}"


def beside(affected: str, alike: str, rolled_up: str, slips: str, changes: str) -> str:
    """What stands beside each report that `affected` gives, one row a report, as a query.

    A report that was filed again is compared with no other year, nor is one for the year in which
    the body took over from another: what it carries in is then of both.
    """
    cells = ", ".join(f"{key.column_name} as {before(key)}" for key in cells_before())
    names = ", ".join(f"previous.{before(key)}" for key in cells_before())
    # a condition on the left side alone would make DuckDB compare every row with every other
    return (
        "select own.report_id, own.batch_id, previous_report_id, previous_form, previous_stated, "
        f"alike, slips, changes, all_members, rolled_up, {names} "
        f"from reports as own join ({affected}) as touched using (report_id, batch_id) "
        f"left join ({alike}) as found using (report_id) "
        f"left join ({slips}) as shared using (report_id) "
        f"left join ({changes}) as replaced using (report_id) "
        f"left join ({rolled_up}) as summed on summed.government_id = own.report_id "
        f"left join ({HEIRS}) as heirs on heirs.heir_id = own.report_id "
        "left join (select body_id, report_year + 1 as report_year, "
        "report_id as previous_report_id, form as previous_form, stated as previous_stated, "
        f"{cells} "
        "from report_facts where is_current) as previous on previous.body_id = own.body_id "
        "and previous.report_year = "
        "case when own.is_current and heir_id is null then own.report_year end"
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
    those of the same county and year, the government of its prefecture of that year, and those of
    other counties that repeat one of its own.

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
        "where reports.body_level = 'prefecture_government' "
        "union select report_id, batch_id from stored.similarities "
        f"where checked_by = {batch} and compared_with = 'elsewhere'"
    )


def alike_of(batch_id: str) -> str:
    """What was found alike when a batch was compared, one list a report, as a query."""
    return (
        "select report_id, list({'what': what, 'compared_with': compared_with, "
        "'section_no': section_no, 'other': other, 'year': year, 'similarity': similarity} "
        "order by similarity desc, other_report_id) as alike from stored.similarities "
        f"where checked_by = {quoted(batch_id)} group by report_id"
    )
