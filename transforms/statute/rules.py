"""Rule files -> checked rules, their instances, and the sums a solver may use.

The one home of the forms' arithmetic: the checks in expectations/ and the solver of extraction
read the same records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, cast

from transforms.records import CellKey
from transforms.statute.loader import FOLDER, StatuteError, forms, load_records, record_lines
from transforms.statute.rule_schema import (
    BalanceRule,
    BaseRule,
    NotRule,
    Rule,
    Severity,
    Sides,
    SumRule,
)

RULES_FOLDER = FOLDER / "rules"
NOT_RULES = "not_rules.yaml"


@dataclass(frozen=True, slots=True)
class Instance:
    """One thing a rule asks of one report, and the forms in which it asks it.

    `line` is the row or column (or the cell, or `report`) it is about: with the rule's id it names
    the instance for ever. `forms` is null where the form does not matter.
    """

    rule_id: str
    line: str
    forms: tuple[str, ...] | None
    left: tuple[CellKey, ...]
    right: tuple[CellKey, ...]
    severity: Severity
    before: tuple[CellKey, ...] = ()  # cells of the report of the year before

    @property
    def cells(self) -> tuple[CellKey, ...]:
        """Every cell the instance looks at, in order."""
        return tuple(dict.fromkeys((*self.left, *self.right)))


@dataclass(frozen=True, slots=True)
class SumConstraint:
    """sum(left) = sum(right), as the form prints it."""

    left: tuple[CellKey, ...]
    right: tuple[CellKey, ...]

    def holds(self, values: Mapping[CellKey, Decimal]) -> bool:
        """Whether it does with these values, which every cell of it must have."""
        return sum(values[k] for k in self.left) == sum(values[k] for k in self.right)


@cache
def rules() -> dict[str, BaseRule]:
    """Every rule by id, in order of id."""
    return load_rules(RULES_FOLDER)


@cache
def not_rules() -> dict[str, NotRule]:
    """What is deliberately no rule, by id; an id that is a rule's is an error."""
    found = {one.id: one for one in load_records(RULES_FOLDER / NOT_RULES, NotRule)}
    if both := sorted(set(found) & set(rules())):
        raise StatuteError(f"{NOT_RULES}: {both} are rules")
    return found


def rule_files(folder: Path = RULES_FOLDER) -> list[Path]:
    """The files of rule records, one a family."""
    return sorted(path for path in folder.glob("*.yaml") if path.name != NOT_RULES)


def load_rules(folder: Path) -> dict[str, BaseRule]:
    """Read every rule file of a folder. Raises StatuteError: file, line, what is wrong."""
    found: dict[str, BaseRule] = {}
    for path in rule_files(folder):
        records = load_records(path, cast(Any, Rule))
        for index, rule in enumerate(records):
            if rule.id in found:
                raise StatuteError(
                    f"{path.name}:{record_lines(path)[index]}: {rule.id!r} is there twice, also "
                    "in another file; ids are unique and permanent"
                )
            found[rule.id] = rule
    return dict(sorted(found.items()))


def instances(rule: BaseRule) -> tuple[Instance, ...]:
    """The instances of a rule; one with the same cells in several forms is there once."""
    by_sides: dict[tuple[str, Sides], list[str]] = {}
    for form in rule.forms or sorted(forms()):
        for line in rule.lines(form):
            by_sides.setdefault((line, rule.sides(form, line)), []).append(form)
    return tuple(
        Instance(
            rule.id,
            line,
            tuple(where) if rule.forms else None,
            *sides,
            rule.severity_of(line),
            rule.cells_before(line),
        )
        for (line, sides), where in by_sides.items()
    )


@cache
def sum_constraints(form: str) -> tuple[SumConstraint, ...]:
    """The sums that hold in a form: rules of kind balance and sum."""
    return tuple(
        SumConstraint(*rule.sides(form, line))
        for rule in rules().values()
        if isinstance(rule, BalanceRule | SumRule) and form in (rule.forms or ())
        for line in rule.lines(form)
    )
