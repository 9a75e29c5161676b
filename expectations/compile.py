"""Rule records -> SQL predicates over the view `report_facts`, three-valued.

A predicate is true where the rule is violated, false where it holds, null where that cannot be
known: a cell is null, or form, year or kind of body is unknown. The same text feeds the Great
Expectations suites, the findings and the counts. One function a kind turns an instance into SQL;
adding a rule of a known kind needs no Python.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from transforms.records import CellKey
from transforms.statute.rule_schema import (
    BaseRule,
    BoundRule,
    FormYearRule,
    PeriodRule,
    PublishedRule,
    SectionsRule,
    ShareRule,
    StatedRule,
    ZeroIfRule,
    ZeroTogetherRule,
)
from transforms.statute.rules import Instance, instances, rules


@dataclass(frozen=True, slots=True)
class CompiledInstance:
    """One instance with its SQL: whether it applies, and whether it is violated if it does."""

    instance: Instance
    applies: str
    broken: str

    @property
    def violated(self) -> str:
        """True where it applies and is violated; false or null elsewhere."""
        return f"{self.applies} and {self.broken}"


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule over a report: violated if any instance is, else unknown if any is, else satisfied."""

    rule: BaseRule
    instances: tuple[CompiledInstance, ...]

    @property
    def violated(self) -> str:
        """The predicate of the whole rule: true, false or null."""
        groups = [
            f"(case when {applies} then {_any(broken)} when not ({applies}) then false end)"
            for applies, broken in self._by_applies().items()
        ]
        return _any(groups)

    @property
    def in_play(self) -> str:
        """False where the rule does not concern the report at all; never null."""
        return _any([f"coalesce({applies}, true)" for applies in self._by_applies()])

    @property
    def state(self) -> str:
        """`violated`, `satisfied`, `not_assessable` or `not_applicable`, as SQL text."""
        return (
            f"case when not {self.in_play} then 'not_applicable' else case {self.violated} "
            "when true then 'violated' when false then 'satisfied' else 'not_assessable' end end"
        )

    def _by_applies(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for one in self.instances:
            groups.setdefault(one.applies, []).append(one.broken)
        return groups


@cache
def compiled_rules() -> dict[str, CompiledRule]:
    """Every rule by id, compiled."""
    return {rule_id: compile_rule(rule) for rule_id, rule in rules().items()}


def compile_rule(rule: BaseRule) -> CompiledRule:
    """All instances of a rule as SQL."""
    kind = COMPILERS[getattr(rule, "kind")]  # noqa: B009  (every rule of the union has a kind)
    return CompiledRule(
        rule,
        tuple(
            CompiledInstance(one, _applies(rule, one), f"({kind(rule, one)})")
            for one in instances(rule)
        ),
    )


def sum_of(cells: Sequence[CellKey]) -> str:
    """The sum of cells; null when one is null, 0 when there is none."""
    if len(cells) == 1:
        return cells[0].column_name
    return "(" + " + ".join(key.column_name for key in cells) + ")" if cells else "0"


def _applies(rule: BaseRule, one: Instance) -> str:
    conditions = []
    if one.forms is not None:
        conditions.append(f"form in ({', '.join(map(quoted, one.forms))})")
    if rule.years.since is not None:
        conditions.append(f"report_year >= {rule.years.since}")
    if rule.years.until is not None:
        conditions.append(f"report_year <= {rule.years.until}")
    if rule.bodies:
        conditions.append(f"body_level in ({', '.join(map(quoted, rule.bodies))})")
    return "(" + " and ".join(conditions or ["true"]) + ")"


def _if_known(one: Instance, broken: str) -> str:
    """Null unless every cell has a value. Sums and comparisons are so by themselves, `and` not."""
    return f"case when {sum_of(one.cells)} is not null then {broken} end"


def _any(predicates: Sequence[str]) -> str:
    return "(" + " or ".join(predicates) + ")"


def quoted(value: str) -> str:
    """A text as a SQL literal. NUL, which SQL text cannot hold, is left out."""
    return "'" + value.replace("'", "''").replace("\0", "") + "'"


def _day(year: str, month_day: str) -> str:
    month, day = month_day.split("-")
    return f"make_date({year}, {int(month)}, {int(day)})"


def _unequal(rule: BaseRule, one: Instance) -> str:  # noqa: ARG001
    return f"{sum_of(one.left)} <> {sum_of(one.right)}"


def _bound(rule: BoundRule, one: Instance) -> str:  # noqa: ARG001
    return f"{sum_of(one.left)} < {sum_of(one.right)}"


def _share(rule: ShareRule, one: Instance) -> str:
    part, whole = sum_of(one.left), sum_of(one.right)
    return _if_known(
        one, f"{whole} >= {rule.whole_from} and {part} * 100 > {whole} * {rule.percent}"
    )


def _zero_if(rule: ZeroIfRule, one: Instance) -> str:  # noqa: ARG001
    zero = " and ".join(f"{key.column_name} = 0" for key in one.right)
    return _if_known(one, f"{zero} and {_any([f'{key.column_name} <> 0' for key in one.left])}")


def _zero_together(rule: ZeroTogetherRule, one: Instance) -> str:  # noqa: ARG001
    return f"({sum_of(one.left)} = 0) <> ({sum_of(one.right)} = 0)"


def _negative(rule: BaseRule, one: Instance) -> str:  # noqa: ARG001
    return f"{sum_of(one.left)} < 0"


def _fraction(rule: BaseRule, one: Instance) -> str:  # noqa: ARG001
    return f"{sum_of(one.left)} <> trunc({sum_of(one.left)})"


# A report in which no heading at all was found tells nothing of what it leaves out.
_HEADINGS_READ = "len(section_numbers) > 0"


def _sections(rule: SectionsRule, one: Instance) -> str:  # noqa: ARG001
    return (
        f"case when {_HEADINGS_READ} then not list_has_all(section_numbers, {[*rule.sections]}) end"
    )


def _stated(rule: StatedRule, one: Instance) -> str:  # noqa: ARG001
    return f"case when {_HEADINGS_READ} then {rule.field} is null end"


def _period(rule: PeriodRule, one: Instance) -> str:  # noqa: ARG001
    start, end = _day("report_year", rule.start), _day("report_year", rule.end)
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


def _published(rule: PublishedRule, one: Instance) -> str:  # noqa: ARG001
    if rule.earliest is not None:
        return f"published_on < {_day('report_year + 1', rule.earliest)}"
    assert rule.latest is not None
    return f"published_on > {_day('report_year + 1', rule.latest)}"


COMPILERS: dict[str, Callable[[Any, Instance], str]] = {
    "balance": _unequal,
    "sum": _unequal,
    "bound": _bound,
    "share": _share,
    "zero_if": _zero_if,
    "zero_together": _zero_together,
    "nonnegative": _negative,
    "integer": _fraction,
    "sections_present": _sections,
    "stated": _stated,
    "period": _period,
    "form_year": _form_year,
    "published": _published,
}
