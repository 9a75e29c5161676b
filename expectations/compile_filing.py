"""Rules on reports that are not there -> SQL over `stored.filings`, one row a body and year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from expectations.predicates import Predicate
from transforms.statute.rule_schema import FilingRule
from transforms.statute.rules import Instance


def _filing(rule: FilingRule, one: Instance) -> Predicate:  # noqa: ARG001
    """Unknown while the day has not passed, or where the run was for no day."""
    return Predicate(
        "case when has_filed then false when due_on < as_of then true end",
        concerns="filed_before and filed_after" if rule.gap else None,
    )


FILING_COMPILERS: dict[str, Callable[[Any, Instance], str | Predicate]] = {"filing": _filing}
