"""Rules on numbers repeated from the year before -> SQL over the relation of across.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from expectations.predicates import Predicate, listed, quoted
from transforms.statute.rule_schema import RepeatedNumbersRule, RepeatedWholeRule
from transforms.statute.rules import Instance


def _repeated_numbers(rule: RepeatedNumbersRule, one: Instance) -> Predicate:  # noqa: ARG001
    """Concerns reports that state enough numbers for so many of them to be repeated."""
    states = " + ".join(
        f"coalesce(list_max(stated[{quoted(kind)}]) >= {rule.least}, false)::int"
        for kind in rule.claims
    )
    same = (
        f"[{{'claim': {quoted(kind)}, 'value': n}} for n in "
        f"list_intersect(stated[{quoted(kind)}], previous_stated[{quoted(kind)}]) "
        f"if n >= {rule.least}]"
        for kind in rule.claims
    )
    found = f"flatten([found for found in [{', '.join(same)}] if found is not null])"
    different = f"len(list_distinct([one.value for one in {found}]))"
    return Predicate(
        f"case when previous_report_id is not null then {different} > {rule.most} end",
        witness=found,
        concerns=f"{states} > {rule.most}",
    )


def _repeated_whole(rule: RepeatedWholeRule, one: Instance) -> Predicate:  # noqa: ARG001
    """Concerns reports with a whole and its parts; where these agree, equal wholes are chance."""
    wholes = f"p.claim in ({listed(rule.claims)}) and p.whole >= {rule.least}"
    more = f"p.parts > p.whole and p.split in ({listed(rule.within)})"
    apart = f"(p.complete and p.parts <> p.whole or {more})"
    before = "coalesce(list_contains(previous_stated[p.claim], p.whole), false)"
    found = f"[p for p in part_sums if {wholes} and {apart} and {before}]"
    return Predicate(
        f"case when previous_report_id is not null then len({found}) > 0 end",
        witness=f"{found}[1]",
        concerns=f"len([p for p in part_sums if {wholes}]) > 0",
    )


REPEAT_COMPILERS: dict[str, Callable[[Any, Instance], str | Predicate]] = {
    "repeated_numbers": _repeated_numbers,
    "repeated_whole": _repeated_whole,
}
