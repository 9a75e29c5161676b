"""A rule -> its formula over cell keys, one line, the same in both languages."""

from __future__ import annotations

from transforms.statute.rule_schema import (
    BaseRule,
    EveryCellRule,
    FormYearRule,
    LineRule,
    PeriodRule,
    PublishedRule,
    SectionsRule,
    ShareRule,
    StatedRule,
)
from transforms.statute.schema import Years


def formula(rule: BaseRule) -> str:
    """What must hold. For a rule over rows or columns, which of them stands behind `for`."""
    match rule:
        case LineRule():
            return f"{_relation(rule)} for {_lines(rule)}"
        case EveryCellRule():
            bound = ">= 0" if getattr(rule, "kind") == "nonnegative" else "is whole"  # noqa: B009
            return f"cell {bound} for {len(rule.lines((rule.forms or ())[-1]))} cells of the form"
        case SectionsRule():
            return f"section_numbers contains {', '.join(map(str, rule.sections))}"
        case StatedRule():
            return f"{rule.field} is stated"
        case PeriodRule():
            return f"period = Y-{rule.start} to Y-{rule.end}, Y = report_year"
        case FormYearRule():
            return "; ".join(f"not form {c.form} {_years(c.years)}" for c in rule.wrong)
        case PublishedRule(earliest=None):
            return f"published_on <= (Y+1)-{rule.latest}, Y = report_year"
        case PublishedRule():
            return f"published_on >= (Y+1)-{rule.earliest}, Y = report_year"
        case _:
            raise TypeError(f"{rule.id}: no formula for {type(rule).__name__}")


def _relation(rule: LineRule) -> str:
    left, right = rule.terms((rule.forms or ())[-1])
    one, other = " + ".join(left), " + ".join(right) or "0"
    match getattr(rule, "kind"):  # noqa: B009
        case "balance" | "sum":
            return f"{one} = {other}"
        case "bound":
            return f"{one} >= {other}"
        case "share" if isinstance(rule, ShareRule):
            return f"{one} <= {rule.percent} % of {other} where {other} >= {rule.whole_from}"
        case "zero_if":
            return f"{one} = 0 where {' = '.join(right)} = 0"
        case "zero_together":
            return f"({one} = 0) = ({other} = 0)"
        case kind:
            raise TypeError(f"{rule.id}: no formula for kind {kind}")


def _lines(rule: LineRule) -> str:
    which = "every" if rule.of == "all" else "/".join(rule.of)
    return f"table {rule.table}, {rule.each} {which}"


def _years(years: Years) -> str:
    if years.until is None:
        return f"from {years.since} on" if years.since else "in any year"
    return f"until {years.until}" if years.since is None else f"in {years.since}-{years.until}"
