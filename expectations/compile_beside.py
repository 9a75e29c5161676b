"""Rules on shared slips and replaced filings -> SQL over the relation of expectations/across.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from expectations.predicates import Predicate, any_of, has_mark, quoted
from transforms.statute.rule_schema import RefiledRule, SharedSlipRule
from transforms.statute.rules import Instance


def _shared_slip(rule: SharedSlipRule, one: Instance) -> Predicate:  # noqa: ARG001
    """Unknown where there is nothing to compare the report with."""
    found = f"[s for s in slips if s.mark = {quoted(one.line)}]"
    return Predicate(
        f"case when len({found}) > 0 then true "
        "when county_id is not null and report_year is not null then false end",
        witness=f"{found}[1]",
    )


def _refiled(rule: RefiledRule, one: Instance) -> Predicate:  # noqa: ARG001
    """Unknown where it is not known whose report it is, and so what it replaces."""
    told = any_of([has_mark(mark) for mark in rule.marks])
    return Predicate(
        f"case when len(changes) > 0 then not {told} "
        "when body_id is not null and report_year is not null then false end",
        witness="changes",
    )


BESIDE_COMPILERS: dict[str, Callable[[Any, Instance], str | Predicate]] = {
    "shared_slip": _shared_slip,
    "refiled": _refiled,
}
