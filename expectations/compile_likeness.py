"""Rules on reports that are alike -> SQL over the views of expectations/scopes.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from expectations.predicates import Predicate, quoted
from transforms.statute.rule_schema import AlikeRule
from transforms.statute.rules import Instance


def _alike(rule: AlikeRule, one: Instance) -> Predicate:
    """Unknown where the section was not read, or there is nothing to compare the report with."""
    found = f"one.what = {quoted(rule.what)} and one.compared_with = {quoted(rule.other)}"
    known = "county_id is not null and report_year is not null"
    if rule.other == "year":
        known = "previous_report_id is not null"
    if rule.what == "text":
        section = one.line.removeprefix("section_")
        found += f" and one.section_no = {section}"
        known += f" and list_contains(section_numbers, {section})"
    listed = f"[one for one in alike if {found}]"
    return Predicate(
        f"case when len({listed}) > 0 then true when {known} then false end",
        witness=f"{listed}[1]",
    )


LIKENESS_COMPILERS: dict[str, Callable[[Any, Instance], str | Predicate]] = {"alike": _alike}
