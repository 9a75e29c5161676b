"""A report whose numbers do not add up -> the fewest cells that could be wrong.

The sums of the form and the roll-forward from the year before are equations over cells. The cells
sought are those whose change would settle every broken equation and upset none that holds; first
one cell, then two. What cannot be assessed says nothing. Never a correction: only where to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from expectations.across import before
from expectations.compile import CompiledInstance, compiled_rules
from expectations.findings import finding_id, violating
from expectations.labels import cell_label
from expectations.scopes import WITHIN
from expectations.words import number
from transforms.messages import Language, Messages
from transforms.records import CellKey
from transforms.statute.loader import all_cell_keys
from transforms.statute.rule_schema import BalanceRule, RollForwardRule, SumRule
from transforms.statute.rules import Instance
from transforms.statute.year_rules import EXPLAINED

SEVERITIES = ("critical", "warning", "info")
MOST_CELLS = 2  # more cells explain anything
MOST_SETS = 4  # more sets that would do equally say nothing
MOST_SUMS = 4  # a cell stands in its row, its column, the balance and the carry-over
Row = Mapping[str, Any]


class Place(NamedTuple):
    """A cell of this report or of the one of the year before."""

    key: CellKey
    previous: bool = False

    @property
    def column(self) -> str:
        """Its column in the relation across years."""
        return before(self.key) if self.previous else self.key.column_name


class Change(NamedTuple):
    """A cell, what it says and what it would have to say."""

    place: Place
    says: Decimal
    fits: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Equation:
    """sum(sign * cell) = 0, as an instance of a rule asks it."""

    rule_id: str
    line: str
    forms: tuple[str, ...]
    since: int
    terms: Mapping[Place, int]
    gravity: tuple[int, int]  # severity and place in the rule book: the order of choosing a root

    def gap(self, row: Row) -> Decimal | None:
        """By how much it fails; null where a cell is not known or the form is another."""
        if row["form"] not in self.forms or (row["report_year"] or 0) < self.since:
            return None
        values = [(row.get(place.column), sign) for place, sign in self.terms.items()]
        known = [value * sign for value, sign in values if value is not None]
        return sum(known, Decimal(0)) if len(known) == len(values) else None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Broken equations that the same few cells would settle, the gravest first; each set of
    changes in `sets` would do."""

    equations: tuple[Equation, ...]
    sets: tuple[tuple[Change, ...], ...]


@cache
def equations() -> tuple[Equation, ...]:
    """Every sum that a report must keep, by itself and from the year before."""
    return tuple(
        Equation(
            rule_id,
            one.instance.line.removesuffix(EXPLAINED),
            one.instance.forms or (),
            compiled.rule.years.since or 0,
            terms,
            (SEVERITIES.index(one.instance.severity), place),
        )
        for place, (rule_id, compiled) in enumerate(compiled_rules().items())
        for one in compiled.instances
        if (terms := _terms(compiled.rule, one.instance))
    )


def summing() -> list[CompiledInstance]:
    """The compiled instances behind the equations: a report that breaks one is to be localised."""
    return [
        one
        for compiled in compiled_rules().values()
        for one in compiled.instances
        if _terms(compiled.rule, one.instance)
    ]


def _terms(rule: object, one: Instance) -> dict[Place, int]:
    if isinstance(rule, BalanceRule | SumRule):
        return {Place(k): 1 for k in one.left} | {Place(k): -1 for k in one.right}
    if isinstance(rule, RollForwardRule) and rule.relation == "equal":
        taken = set(rule.taken)
        own = {Place(k): 1 if {k.row_key, k.column_key} & taken else -1 for k in one.right}
        now = {Place(k): 1 for k in one.left}
        return now | own | {Place(k, previous=True): -1 for k in one.before}
    return {}


def explain(row: Row) -> Iterator[Explanation]:
    """What explains the broken equations of a report, table by table.

    `row` has the columns of the relation across years, or of `report_facts` alone.
    """
    gaps = {one: gap for one in _of_report(row) if (gap := one.gap(row)) is not None}
    broken = [one for one in gaps if gaps[one]]
    for table in sorted({_table(one) for one in broken}):
        members = [one for one in broken if _table(one) == table]
        for group in [members, *_connected(members)]:
            sets = _settle(group, gaps, row)
            if len(sets) == 1 or (sets and len(group) > 1):  # of one sum, any term may be wrong
                ordered = tuple(sorted(group, key=lambda one: (*one.gravity, one.line)))
                yield Explanation(ordered, tuple(sets))
                if group is members:
                    break


def _of_report(row: Row) -> list[Equation]:
    """Each equation once: one that an explanation softens is there under two names."""
    seen: dict[tuple[str, frozenset[Place]], Equation] = {}
    for one in equations():
        seen.setdefault((one.rule_id, frozenset(one.terms)), one)
    return [one for one in seen.values() if row["form"] in one.forms]


def _table(one: Equation) -> int:
    return next(iter(one.terms)).key.table_no


def _connected(broken: Sequence[Equation]) -> list[list[Equation]]:
    """Groups of equations that share cells, directly or by way of others."""
    groups: list[list[Equation]] = []
    for one in broken:
        near = [g for g in groups if any(one.terms.keys() & other.terms.keys() for other in g)]
        merged = [one, *(other for group in near for other in group)]
        groups = [group for group in groups if group not in near] + [merged]
    return groups


def _settle(
    broken: Sequence[Equation], gaps: Mapping[Equation, Decimal], row: Row
) -> list[tuple[Change, ...]]:
    """The smallest sets of cells that settle the broken equations; none where too many would."""
    places = sorted({place for one in broken for place in one.terms}, key=_order)
    for size in range(1, MOST_CELLS + 1):
        if not size <= len(broken) <= size * MOST_SUMS:
            continue  # as many wrong cells as broken sums: any would do
        found = [
            changes
            for chosen in combinations(places, size)
            if all(any(place in one.terms for place in chosen) for one in broken)
            and (changes := _changes(chosen, broken, gaps, row))
        ]
        if found:
            return found if len(found) <= MOST_SETS else []
    return []


def _changes(
    chosen: Sequence[Place],
    broken: Sequence[Equation],
    gaps: Mapping[Equation, Decimal],
    row: Row,
) -> tuple[Change, ...]:
    """The change of each chosen cell that settles all and upsets none; empty where there is none.

    One cell alone in a broken equation is determined by it; what is left must then agree.
    """
    shift: dict[Place, Decimal] = {}
    for _ in chosen:
        for one in broken:
            open_ = [place for place in chosen if place in one.terms and place not in shift]
            if len(open_) == 1:
                done = sum((shift[p] * one.terms[p] for p in shift if p in one.terms), Decimal(0))
                shift[open_[0]] = -(gaps[one] + done) * one.terms[open_[0]]
    if len(shift) < len(chosen) or not all(shift.values()):
        return ()
    for one, gap in gaps.items():
        moved = sum((shift[p] * one.terms[p] for p in shift if p in one.terms), Decimal(0))
        if moved != -gap if one in broken else moved != 0:
            return ()
    changes = [Change(p, row[p.column], row[p.column] + shift[p]) for p in chosen]
    return tuple(changes) if all(change.fits >= 0 for change in changes) else ()


@cache
def _numbers() -> dict[CellKey, int]:
    return {key: number for number, key in enumerate(all_cell_keys())}


def _order(place: Place) -> tuple[bool, int]:
    return place.previous, _numbers()[place.key]


def localisations(
    connection: duckdb.DuckDBPyConnection, scope: str, batch_id: str
) -> Iterator[dict[str, Any]]:
    """Rows of `localisations`: a finding each of the reports whose sums fail for one reason.

    `scope` says whether the year before is looked at.
    """
    members = [one for one in summing() if scope != WITHIN or not one.instance.before]
    for row in violating(connection, scope, members):
        violated = [members[index].instance for index in row["violated_instances"]]
        for explanation in explain(row):
            yield from _rows(explanation, violated, row, batch_id)


def _rows(
    explanation: Explanation, violated: Sequence[Instance], row: Row, checked_by: str
) -> Iterator[dict[str, Any]]:
    report_id = row["report_id"]
    found = [
        finding_id(report_id, one.rule_id, one.line)
        for equation in explanation.equations
        for one in violated
        if (one.rule_id, one.line.removesuffix(EXPLAINED)) == (equation.rule_id, equation.line)
    ]
    year = row["report_year"]
    places = dict.fromkeys(change.place for changes in explanation.sets for change in changes)
    cells = [f"{year - 1}:{p.key}" if p.previous else str(p.key) for p in places]
    for one in found:
        yield {
            "finding_id": one,
            "batch_id": row["batch_id"],
            "report_id": report_id,
            "checked_by": checked_by,
            "root_finding_id": None if one == found[0] else found[0],
            "suspect_cells": cells,
            "explanation_zh": _words(explanation, row, "zh"),
            "explanation_en": _words(explanation, row, "en"),
        }


def _words(explanation: Explanation, row: Row, language: Language) -> str:
    sets = [
        _say("and", language).join(_change(change, row, language) for change in changes)
        for changes in explanation.sets
    ]
    return _say("may_be_wrong", language, cells=_say("or", language).join(sets))


def _change(change: Change, row: Row, language: Language) -> str:
    place, previous = change.place, change.place.previous
    form = row["previous_form"] if previous else row["form"]
    return _say(
        "cell_before" if previous else "cell",
        language,
        cell=cell_label(form, place.key, language),
        table=str(place.key.table_no),
        says=number(change.says),
        fits=number(change.fits),
        **({"year": str(row["report_year"] - 1)} if previous else {}),
    )


def _say(key: str, language: Language, **details: str) -> str:
    return _messages().text(key, language, **details)


@cache
def _messages() -> Messages:
    return Messages(Path(__file__).parent / "localise.yaml")
