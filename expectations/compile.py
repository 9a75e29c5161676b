"""Rule records -> SQL predicates over the view `report_facts`, three-valued.

A predicate is true where the rule is violated, false where it holds, null where that cannot be
known: a cell is null, or form, year or kind of body is unknown. The same text feeds the Great
Expectations suites, the findings and the counts. One function a kind turns an instance into SQL
(compile_cells.py, compile_report.py,
compile_claims.py, compile_years.py); a rule of a known kind needs no Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from expectations.compile_beside import BESIDE_COMPILERS
from expectations.compile_cells import CELL_COMPILERS
from expectations.compile_claims import CLAIM_COMPILERS
from expectations.compile_filing import FILING_COMPILERS
from expectations.compile_likeness import LIKENESS_COMPILERS
from expectations.compile_repeats import REPEAT_COMPILERS
from expectations.compile_report import REPORT_COMPILERS
from expectations.compile_rollup import ROLLUP_COMPILERS
from expectations.compile_years import YEAR_COMPILERS
from expectations.predicates import Predicate, any_of, listed
from expectations.scopes import WITHIN
from transforms.bodies import bodies
from transforms.statute.profile import EVERYWHERE, Profile
from transforms.statute.rule_schema import BaseRule, Severity
from transforms.statute.rules import Instance, instances, rules

COMPILERS: dict[str, Callable[[Any, Instance], str | Predicate]] = {
    **CELL_COMPILERS,
    **REPORT_COMPILERS,
    **CLAIM_COMPILERS,
    **YEAR_COMPILERS,
    **REPEAT_COMPILERS,
    **LIKENESS_COMPILERS,
    **ROLLUP_COMPILERS,
    **FILING_COMPILERS,
    **BESIDE_COMPILERS,
}


@dataclass(frozen=True, slots=True)
class CompiledInstance:
    """One instance with its SQL: whether it applies, and whether it is violated if it does.

    `witness`, where there is one, gives what violates it.
    """

    instance: Instance
    applies: str
    broken: str
    witness: str | None = None

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
            f"(case when {applies} then {any_of(broken)} when not ({applies}) then false end)"
            for applies, broken in self._by_applies().items()
        ]
        return any_of(groups)

    @property
    def in_play(self) -> str:
        """False where the rule does not concern the report at all; never null."""
        return any_of([f"coalesce({applies}, true)" for applies in self._by_applies()])

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


Book = Mapping[str, CompiledRule]


@cache
def compiled_rules() -> dict[str, CompiledRule]:
    """Every rule by id, compiled, also those that apply only where an office wants them."""
    return {rule_id: compile_rule(rule) for rule_id, rule in rules().items()}


def book_of(profile: Profile) -> Book:
    """The rules that a profile applies, compiled as it wants them."""
    every = compiled_rules()
    book = {}
    for rule_id, rule in profile.in_force().items():
        known = every[rule_id]
        severity = profile.severity(rule_id)
        book[rule_id] = known if rule is known.rule else compile_rule(rule, severity)
    return book


@cache
def usual_book() -> Book:
    """The rules that apply where an office says nothing else."""
    return book_of(EVERYWHERE)


def compile_rule(rule: BaseRule, severity: Severity | None = None) -> CompiledRule:
    """All instances of a rule as SQL; `severity` replaces that of every instance."""
    found = instances(rule)
    if severity is not None:
        found = tuple(replace(one, severity=severity) for one in found)
    return CompiledRule(rule, tuple(_compile(rule, one) for one in found))


def _compile(rule: BaseRule, one: Instance) -> CompiledInstance:
    kind = COMPILERS[getattr(rule, "kind")]  # noqa: B009  (every rule of the union has a kind)
    made = kind(rule, one)
    predicate = Predicate(made) if isinstance(made, str) else made
    applies = _applies(rule, one, predicate.concerns)
    return CompiledInstance(one, applies, f"({predicate.broken})", predicate.witness)


def _applies(rule: BaseRule, one: Instance, concerns: str | None) -> str:
    conditions = []
    if one.forms is not None:
        conditions.append(f"form in ({listed(one.forms)})")
    if rule.years.since is not None:
        conditions.append(f"report_year >= {rule.years.since}")
    if rule.years.until is not None:
        conditions.append(f"report_year <= {rule.years.until}")
    if rule.scope != WITHIN:
        conditions.append("is_current")  # a report that was filed again is compared with no other
    if rule.bodies:
        conditions.append(_of_bodies(rule.bodies))
    if concerns is not None:
        conditions.append(f"({concerns})")
    return "(" + " and ".join(conditions or ["true"]) + ")"


def _of_bodies(wanted: tuple[str, ...]) -> str:
    """Whether the body is of these kinds; null where its level is open and some would be."""
    among = f"body_level in ({listed(wanted)})"
    open_kinds = [
        body.id
        for body in bodies().values()
        if body.id not in wanted and not set(wanted).isdisjoint(body.at_level.values())
    ]
    if not open_kinds:
        return among
    return f"case when body_level not in ({listed(open_kinds)}) then {among} end"
