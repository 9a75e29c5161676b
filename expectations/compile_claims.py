"""Rules over the numbers of the narrative -> SQL, one function a kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any

from expectations.across import before
from expectations.predicates import Predicate, listed, quoted, sum_of
from transforms.claim_words import claim_kinds
from transforms.records import CellKey
from transforms.statute.loader import cells_by_name
from transforms.statute.rule_schema import (
    ClaimAgreeRule,
    ClaimCellsRule,
    ClaimChangeRule,
    ClaimYearRule,
    MultipleRule,
    PartsRule,
    Reading,
    ReadingsRule,
)
from transforms.statute.rules import Instance

MYRIAD = 10_000
PERCENT = "%"


def _claim_cells(rule: ClaimCellsRule, one: Instance) -> Predicate:
    """Satisfied by any number that is a lawful reading; unknown where a reading is."""
    numbers = stated(one.line)
    readings = [_sum(reading) for reading in _readings(rule, one)]
    if rule.at_most:
        lawful = f"list_min({numbers}) <= greatest({', '.join(readings)})"
    elif Decimal(rule.tolerance):
        near = (f"abs(n - ({reading})) <= {rule.tolerance}" for reading in readings)
        lawful = f"len([n for n in {numbers} if {' or '.join(near)}]) > 0"
    elif rule.fewer_by:
        fewer = cells_by_name((one.forms or ())[0])[rule.fewer_by].column_name
        near = (f"n between ({reading}) - {fewer} and ({reading})" for reading in readings)
        lawful = f"len([n for n in {numbers} if {' or '.join(near)}]) > 0"
    else:
        lawful = f"list_has_any({numbers}, [{', '.join(readings)}])"
    one_of = {
        "zero": f"list_contains({numbers}, 0)",
        "above_zero": f"list_max({numbers}) > 0",
        "any": f"len({numbers}) > 0",
    }[rule.stated]
    return Predicate(
        f"case when {lawful} then false when {sum_of(one.cells)} is not null then true end",
        concerns=f"coalesce({one_of}, false)",
    )


def _claim_agree(rule: ClaimAgreeRule, one: Instance) -> Predicate:
    """Two values, of which one is a lawful reading and one is none; without readings, two."""
    numbers = stated(one.line)
    differ = f"len(list_distinct({numbers})) > 1"
    several = f"coalesce(len({numbers}) > 1, false)"
    readings = ", ".join(_sum(reading) for reading in _readings(rule, one))
    if not readings:
        return Predicate(differ, concerns=several)
    mixed = f"list_has_any({numbers}, [{readings}]) and not list_has_all([{readings}], {numbers})"
    known = f"{sum_of(one.cells)} is not null"
    return Predicate(
        f"case when not ({differ}) then false when {known} then {mixed} end", concerns=several
    )


def stated(kind: str) -> str:
    """The exact numbers of the report year of one kind of claim; null where there is none."""
    return f"stated[{quoted(kind)}]"


def _claim_year(rule: ClaimYearRule, one: Instance) -> Predicate:  # noqa: ARG001
    """A number of an earlier year, where the report year has none of its kind to compare it to."""
    own = "[o.claim for o in claims if o.year = report_year]"
    found = (
        f"[c for c in claims if c.claim in ({listed(rule.claims)}) and c.qualifier = 'exact' "
        f"and c.year < report_year and c.year >= report_year - {rule.back} "
        f"and not list_contains({own}, c.claim)]"
    )
    return Predicate(
        f"case when report_year is not null then len({found}) > 0 end",
        witness=f"{found}[1]",
        concerns="len(claims) > 0",
    )


def _claim_change(rule: ClaimChangeRule, one: Instance) -> Predicate:
    """Satisfied by any two readings that differ so; unknown where a cell of either year is, and
    for percentages where nothing was counted the year before."""
    numbers, readings = stated(one.line), _readings(rule, one)
    pairs = [(_sum(now), _sum(then, before)) for now in readings for then in readings]
    differ = [f"n = ({now}) - ({then})" for now, then in pairs]
    known = f"{sum_of(one.cells)} + {' + '.join(before(key) for key in one.before)} is not null"
    if claim_kinds()[one.line].unit == PERCENT:
        differ = [
            f"abs(n::DOUBLE * ({then}) - (({now}) - ({then}))::DOUBLE * 100) "
            f"< ({then})::DOUBLE * if(n = floor(n), 1, {rule.loose})"
            for now, then in pairs
        ]
        known += "".join(f" and ({then}) > 0" for then in dict.fromkeys(then for _, then in pairs))
    lawful = f"len([n for n in {numbers} if coalesce({' or '.join(differ)}, false)]) > 0"
    return Predicate(
        f"case when {known} then not ({lawful}) end",
        concerns=f"coalesce(len({numbers}) > 0, false)",
    )


def _parts(rule: PartsRule, one: Instance) -> Predicate:  # noqa: ARG001
    of = f"p.claim in ({listed(rule.wholes)}) and p.split in ({listed(rule.splits)})"
    apart = f"p.whole <> p.parts and p.whole <> p.parts::DOUBLE * {MYRIAD}"
    broken = {
        "equal": f"p.complete and {apart}",
        "at_most": f"not p.complete and p.parts > p.whole and {apart}",
        "differs": apart,
        "not_myriad": f"p.parts > 0 and p.whole = p.parts::DOUBLE * {MYRIAD}",
        "not_near": f"{apart} and abs(p.parts - p.whole)::DOUBLE * 100 "
        f"<= p.whole::DOUBLE * {rule.percent}",
    }[rule.relation]
    found = f"[p for p in part_sums if {of} and {broken}]"
    return Predicate(
        f"len({found}) > 0",
        witness=f"{found}[1]",
        concerns=f"len([p for p in part_sums if {of}]) > 0",
    )


def _multiple(rule: MultipleRule, one: Instance) -> Predicate:
    numbers = stated(one.line)
    broken = f"[n for n in {numbers} if n % {rule.of_yuan} <> 0]"
    return Predicate(f"len({broken}) > 0", concerns=f"{numbers} is not null")


def _readings(rule: ReadingsRule, one: Instance) -> Sequence[Reading]:
    return rule.readings((one.forms or ("",))[0], one.line)


def _sum(reading: Reading, column: Callable[[CellKey], str] = attrgetter("column_name")) -> str:
    return " ".join(f"{'-' if sign < 0 else '+'} {column(key)}" for key, sign in reading)


CLAIM_COMPILERS: dict[str, Callable[[Any, Instance], str | Predicate]] = {
    "claim_cells": _claim_cells,
    "claim_agree": _claim_agree,
    "claim_change": _claim_change,
    "claim_year": _claim_year,
    "parts": _parts,
    "multiple": _multiple,
}
