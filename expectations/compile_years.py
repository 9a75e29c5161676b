"""Rules over two years -> SQL over the views of expectations/scopes.py, one function a kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from expectations.across import before
from expectations.predicates import Predicate, any_of, has_mark, sum_of
from transforms.statute.rule_schema import (
    GoesOnRule,
    ProportionRule,
    RollForwardRule,
    SameUnitRule,
    YearsRule,
)
from transforms.statute.rules import Instance
from transforms.statute.year_rules import EXPLAINED

MYRIAD = 10_000


def _roll_forward(rule: RollForwardRule, one: Instance) -> Predicate:
    expected = _before(one)
    for sign, keys in (("+", rule.added), ("-", rule.taken)):
        cells = [key for key in one.right if {key.row_key, key.column_key} & set(keys)]
        expected += f" {sign} {sum_of(cells)}" if cells else ""
    now = sum_of(one.left)
    broken = {
        "equal": f"{now} <> {expected}",
        "at_least": f"{now} < {expected}",
        "at_most": f"{now}::DOUBLE * 100 > ({expected})::DOUBLE * {100 + rule.percent_more}",
    }[rule.relation]
    return Predicate(broken, concerns=_concerns(rule, one))


def _goes_on(rule: GoesOnRule, one: Instance) -> Predicate:
    now, then = sum_of(one.left), _before(one)
    broken = f"case when {now} + {then} is not null then {then} > 0 and {now} = 0 end"
    return Predicate(broken, concerns=_concerns(rule, one))


def _same_unit(rule: SameUnitRule, one: Instance) -> Predicate:
    now, then = sum_of(one.left), _before(one)
    least, most = (MYRIAD * (100 + sign * rule.percent) // 100 for sign in (-1, 1))
    far = any_of(
        [
            f"({small} > 0 and {large} between {small}::DOUBLE * {least} "
            f"and {small}::DOUBLE * {most})"
            for large, small in ((now, then), (then, now))
        ]
    )
    broken = f"case when {now} + {then} is not null then {far} end"
    return Predicate(broken, concerns=_concerns(rule, one))


def _proportion(rule: ProportionRule, one: Instance) -> str:
    of, whole = sum_of(one.left), f"({sum_of(one.right)} + {_before(one)})"
    above = f"{of} > {rule.times} * greatest({whole}, {rule.least})"  # greatest() skips nulls
    return f"case when {of} + {whole} is not null then {above} end"


def _before(one: Instance) -> str:
    columns = [before(key) for key in one.before]
    return columns[0] if len(columns) == 1 else f"({' + '.join(columns)})"


def _concerns(rule: YearsRule, one: Instance) -> str | None:
    """Where an explanation softens a rule, one instance is for those that give none."""
    if rule.explained is None:
        return None
    given = any_of([has_mark(mark) for mark in rule.explained.marks])
    return given if one.line.endswith(EXPLAINED) else f"not {given}"


YEAR_COMPILERS: dict[str, Callable[[Any, Instance], str | Predicate]] = {
    "roll_forward": _roll_forward,
    "goes_on": _goes_on,
    "same_unit": _same_unit,
    "proportion": _proportion,
}
