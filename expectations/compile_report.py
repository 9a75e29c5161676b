"""Rules over the report as a whole -> SQL, one function a kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from expectations.predicates import HEADINGS_READ, Predicate, any_of, day, has_mark, listed, quoted
from transforms.bodies import bodies
from transforms.statute.report_rules import AFTER_LOCAL
from transforms.statute.rule_schema import (
    DeadlineRule,
    FormYearRule,
    LengthRule,
    MarkedRule,
    PeriodRule,
    PublishedRule,
    SectionsRule,
    StatedRule,
    UnmarkedRule,
)
from transforms.statute.rules import Instance

CORRECTION = "correction_notice"  # the mark of a report that corrects another


def _sections(rule: SectionsRule, one: Instance) -> str:  # noqa: ARG001
    return (
        f"case when {HEADINGS_READ} then not list_has_all(section_numbers, {[*rule.sections]}) end"
    )


def _stated(rule: StatedRule, one: Instance) -> str:  # noqa: ARG001
    unsaid = f" and not ({has_mark(rule.or_marked)})" if rule.or_marked else ""
    return f"case when {HEADINGS_READ} then {rule.field} is null{unsaid} end"


def _period(rule: PeriodRule, one: Instance) -> str:  # noqa: ARG001
    start, end = day("report_year", rule.start), day("report_year", rule.end)
    return (
        "case when period_start is not null and period_end is not null "
        f"then period_start <> {start} or period_end <> {end} end"
    )


def _form_year(rule: FormYearRule, one: Instance) -> str:
    case = next(case for case in rule.wrong if case.form == one.line)
    conditions = [f"form = {quoted(case.form)}"]
    if case.years.since is not None:
        conditions.append(f"report_year >= {case.years.since}")
    if case.years.until is not None:
        conditions.append(f"report_year <= {case.years.until}")
    return (
        "case when form is not null and report_year is not null "
        f"then {' and '.join(conditions)} end"
    )


def _published(rule: PublishedRule, one: Instance) -> Predicate:  # noqa: ARG001
    limit = day("report_year + 1", rule.earliest or rule.latest or "")
    broken = f"published_on {'<' if rule.earliest else '>'} {limit}"
    if rule.mark is None:
        return Predicate(broken)
    return Predicate(
        f"case when {has_mark(rule.mark)} then true else {broken} end",
        witness=f"marks[{quoted(rule.mark)}]",
    )


def _deadline(rule: DeadlineRule, one: Instance) -> Predicate:
    due, latest, local = deadline("due"), deadline("latest"), _local(rule)
    year_end = day("report_year + 1", "12-31")
    late = {
        "after_due": f"published_on > {due} and published_on <= {latest}",
        "after_latest": f"published_on > {latest} and published_on <= {year_end}",
        "after_year": f"published_on > {year_end}",
        AFTER_LOCAL: f"published_on > {local} and published_on <= {due}",
    }
    return Predicate(
        f"case when body_level is not null then {late[one.line]} end",
        witness={"after_latest": latest, AFTER_LOCAL: local}.get(one.line, due),
        concerns=f"not ({has_mark(CORRECTION)})"
        + (f" and body_level in ({listed(tuple(rule.local))})" if one.line == AFTER_LOCAL else ""),
    )


def _local(rule: DeadlineRule) -> str:
    """The office's own day for the body; null for kinds of which it says nothing."""
    cases = " ".join(
        f"when {quoted(kind)} then {day('report_year + 1', on)}" for kind, on in rule.local.items()
    )
    return f"(case body_level {cases} end)" if cases else "null"


def _length(rule: LengthRule, one: Instance) -> str:  # noqa: ARG001
    return f"section_lengths[{rule.section}] > {rule.most}"


def deadline(field: str) -> str:
    """The day by which the body must have published, as SQL; null for a body of no known kind."""
    by_day: dict[str, list[str]] = {}
    for body in bodies().values():
        by_day.setdefault(getattr(body, field), []).append(body.id)
    cases = " ".join(
        f"when body_level in ({', '.join(map(quoted, kinds))}) then {day('report_year + 1', on)}"
        for on, kinds in by_day.items()
    )
    return f"(case {cases} end)"


def _marked(rule: MarkedRule, one: Instance) -> Predicate:  # noqa: ARG001
    found = [has_mark(mark) for mark in rule.marks]
    missing = (
        f"not {any_of(found)}"
        if rule.needed == "any"
        else any_of([f"not ({one_found})" for one_found in found])
    )
    return Predicate(
        f"case when not ({missing}) then false when {_reads(rule.reads)} then true end",
        witness="map_keys(marks)",
    )


def _unmarked(rule: UnmarkedRule, one: Instance) -> Predicate:
    known = [_reads(rule.reads)]
    known += [any_of([has_mark(mark) for mark in rule.given])] if rule.given else []
    return Predicate(
        f"case when {has_mark(one.line)} then true when {' and '.join(known)} then false end",
        witness=f"marks[{quoted(one.line)}]",
    )


def _reads(sections: tuple[int, ...]) -> str:
    """Whether these sections were found, in a file that does not break off."""
    return f"coalesce(list_has_all(section_numbers, {[*sections]}), false)"


REPORT_COMPILERS: dict[str, Callable[[Any, Instance], str | Predicate]] = {
    "sections_present": _sections,
    "length": _length,
    "stated": _stated,
    "period": _period,
    "form_year": _form_year,
    "published": _published,
    "deadline": _deadline,
    "marked": _marked,
    "unmarked": _unmarked,
}
