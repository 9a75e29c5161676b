"""A batch -> what the rules of each scope look at when it is checked, as views of one database.

`checked_report` has the reports of the batch; `checked_years` and `checked_bodies` those on which
it bears, also of other batches, with what stands beside them; `checked_filing` has the reports that
are due. What is beside a report is found once and kept in a table: found anew in every suite, it
would cost more than all the rules.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from expectations.across import affected, alike_of, beside, filings_of
from expectations.neighbours import changes_of, slips_of
from expectations.predicates import quoted
from expectations.rollup import rolled_up_of
from transforms.statute.loader import forms
from transforms.statute.rule_schema import FILING

WITHIN = "report"  # the scope of rules that look at one report by itself
ACROSS = ("years", "bodies")  # those of rules that look at others too
AFFECTED = "checked_affected"  # the reports on which the batch bears
_BESIDE = "checked_beside"


def prepare(connection: duckdb.DuckDBPyConnection, batch_id: str, *, across: bool = True) -> None:
    """Make the views, in place of those of an earlier run; `across` years and bodies too."""
    for statement in _statements(batch_id, across=across):
        connection.execute(statement)


def relation(scope: str, form: str | None = None) -> str:
    """What the rules of a scope look at, one row a report; of one form only, if it is given."""
    return f"checked_{scope}_{form}" if form else f"checked_{scope}"


def beside_reports(batch_id: str, reports: str) -> str:
    """What stands beside the reports that a query gives when a batch is checked, as a query."""
    return beside(
        reports,
        alike_of(batch_id),
        rolled_up_of(reports),
        slips_of(batch_id),
        changes_of(batch_id),
    )


def _statements(batch_id: str, *, across: bool) -> Iterator[str]:
    of_batch = f"select * from report_facts where batch_id = {quoted(batch_id)}"
    yield from _views(WITHIN, of_batch)
    if not across:
        return
    yield f"create or replace table {AFFECTED} as {affected(batch_id)}"
    found = beside_reports(batch_id, f"from {AFFECTED}")
    yield f"create or replace table {_BESIDE} as {found}"
    beside_it = f"select * from report_facts join {_BESIDE} using (report_id, batch_id)"
    for scope in ACROSS:
        yield from _views(scope, beside_it)
    yield from _views(FILING, filings_of(batch_id))


def _views(scope: str, query: str) -> Iterator[str]:
    yield f"create or replace view {relation(scope)} as {query}"
    for form in forms():
        of_form = f"from {relation(scope)} where form = {quoted(form)}"
        yield f"create or replace view {relation(scope, form)} as {of_form}"
