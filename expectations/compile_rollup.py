"""Rules on what the members of a government sum up to -> SQL over the relation of across.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from expectations.predicates import Predicate, cell_number
from transforms.statute.rollup_rules import COMPLETE, RollUpRule
from transforms.statute.rules import Instance


def _roll_up(rule: RollUpRule, one: Instance) -> Predicate:
    """Unknown where the report sums nothing up, is on no roster, or a number is not known."""
    part = rule.part(one.line)
    own = ", ".join(key.column_name for key in one.left)
    numbers = ", ".join(str(cell_number(key)) for key in one.left)
    pairs = f"list_zip([{own}], list_select(rolled_up, [{numbers}]))"
    room = f"{part.rounded} * (pair[2].bodies + 1)"
    least = "pair[2].most" if part.shared else "greatest(pair[2].most, pair[2].but_office)"
    below = f"pair[1] + {room} < {least}"
    known = "pair[1] is not null"
    asked = "rolled_up is not null"
    broken = below
    if rule.relation == "equal":
        known += " and pair[2].known"
        asked += " and all_members"
        above = f"pair[1] - {room} > pair[2].whole"
        apart = " and ".join(
            f"abs(pair[1] - pair[2].{reading}) > {room}" for reading in ("whole", "but_office")
        )
        broken = f"({below} or {above})" if part.shared else apart
    found = f"[pair[2] for pair in {pairs} if {known} and {broken}]"
    all_known = f"len([1 for pair in {pairs} if {known}]) = {len(one.left)}"
    return Predicate(
        f"case when {asked} then case when len({found}) > 0 then true "
        f"when {all_known} then false end end",
        witness=found,
        concerns=_concerns(rule, one),
    )


def _concerns(rule: RollUpRule, one: Instance) -> str | None:
    """One instance of two is for governments whose members have all filed."""
    if rule.complete is None:
        return None
    wanted = "true" if one.line.endswith(COMPLETE) else "false"
    return f"coalesce(all_members, false) = {wanted}"


ROLLUP_COMPILERS: dict[str, Callable[[Any, Instance], str | Predicate]] = {"roll_up": _roll_up}
