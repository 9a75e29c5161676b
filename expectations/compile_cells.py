"""Rules over cells -> SQL, one function a kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from expectations.predicates import (
    Predicate,
    any_of,
    cell_number,
    has_mark,
    if_known,
    letters_of,
    quoted,
    sum_of,
)
from transforms.filled import fillings
from transforms.records import CellKey
from transforms.statute.loader import all_cell_keys
from transforms.statute.rule_schema import (
    AmountLimitRule,
    BaseRule,
    BoundRule,
    FilledRule,
    RowsPresentRule,
    ShareRule,
    ZeroIfMarkedRule,
    ZeroIfRule,
    ZeroRule,
    ZeroTogetherRule,
    ZeroWhereRule,
)
from transforms.statute.rules import Instance


def _unequal(rule: BaseRule, one: Instance) -> str:  # noqa: ARG001
    return f"{sum_of(one.left)} <> {sum_of(one.right)}"


def _bound(rule: BoundRule, one: Instance) -> str:  # noqa: ARG001
    return f"{sum_of(one.left)} < {sum_of(one.right)}"


def _share(rule: ShareRule, one: Instance) -> str:
    part, whole = sum_of(one.left), sum_of(one.right)
    return if_known(
        one,
        f"{whole} >= {rule.whole_from} and {part}::DOUBLE * 100 > {whole}::DOUBLE * {rule.percent}",
    )


def _zero_if(rule: ZeroIfRule, one: Instance) -> str:  # noqa: ARG001
    zero = " and ".join(f"{key.column_name} = 0" for key in one.right)
    return if_known(one, f"{zero} and {any_of([f'{key.column_name} <> 0' for key in one.left])}")


def _zero_together(rule: ZeroTogetherRule, one: Instance) -> str:  # noqa: ARG001
    return f"({sum_of(one.left)} = 0) <> ({sum_of(one.right)} = 0)"


def _zero(rule: ZeroRule, one: Instance) -> str:  # noqa: ARG001
    return any_of([f"{key.column_name} <> 0" for key in one.left])


def _zero_where(rule: ZeroWhereRule, one: Instance) -> str:
    parts, whole = one.right[:-1], one.right[-1].column_name
    return if_known(
        one,
        f"{sum_of(one.left)} > 0 "
        f"and {sum_of(parts)}::DOUBLE * 100 > {whole}::DOUBLE * {rule.percent}",
    )


def _zero_if_marked(rule: ZeroIfMarkedRule, one: Instance) -> Predicate:  # noqa: ARG001
    return Predicate(
        f"{sum_of(one.left)} <> 0",
        witness=f"marks[{quoted(one.line)}]",
        concerns=has_mark(one.line),
    )


def _amount_limit(rule: AmountLimitRule, one: Instance) -> str:
    amount, count = sum_of(one.left), sum_of(one.right) if one.right else "1"
    limits = " ".join(f"when {quoted(body)} then {n}" for body, n in rule.limits.items())
    above = f"{amount} > {count}::DOUBLE * (case body_level {limits} end)"
    if rule.whole:
        above += f" and {amount} % 1 = 0"
    return if_known(one, above)


def _negative(rule: BaseRule, one: Instance) -> str:  # noqa: ARG001
    return f"{sum_of(one.left)} < 0"


def _filled(rule: FilledRule, one: Instance) -> str:
    """Violated where a cell is so filled in; else unknown where a cell could not be read."""
    letters = letters_of(_whole_table(one))
    found = _contains(letters, *rule.ways)
    unread = _contains(letters, "ambiguous", "missing", "invalid")
    return f"case when {found} then true when not {unread} then false end"


def _rows_present(rule: RowsPresentRule, one: Instance) -> str:  # noqa: ARG001
    """Unknown where a cell could not be read, where a row lacks some cells only, where most of
    the table is not there and where the label of such a row is: then reading it may have failed."""
    rows: dict[str, list[CellKey]] = {}
    for key in one.cells:
        rows.setdefault(key.row_key, []).append(key)
    lost = fillings()["missing"].letter
    gone = " + ".join(
        f"case when {_are_all(row, lost)} then {len(row)} else 0 end" for row in rows.values()
    )
    letters = letters_of(_whole_table(one))
    unread = _contains(letters, "ambiguous", "invalid")
    lost_cells = f"length({letters}) - length(replace({letters}, {quoted(lost)}, ''))"
    return (
        f"case when not {unread} and not ({has_mark('unread_row')}) and ({gone}) = {lost_cells} "
        f"and ({gone}) * 2 < {len(one.cells)} then ({gone}) > 0 end"
    )


def _are_all(row: Sequence[CellKey], letter: str) -> str:
    """Whether every cell of a row has this letter; those of another form may stand between."""
    runs: list[list[CellKey]] = []
    for key in row:
        if runs and cell_number(key) == cell_number(runs[-1][-1]) + 1:
            runs[-1].append(key)
        else:
            runs.append([key])
    return " and ".join(f"{letters_of(run)} = {quoted(letter * len(run))}" for run in runs)


def _whole_table(one: Instance) -> tuple[CellKey, ...]:
    """Every cell of all forms of the instance's table: they stand side by side."""
    return tuple(key for key in all_cell_keys() if key.table_no == int(one.line))


def _contains(letters: str, *ways: str) -> str:
    kinds = "".join(fillings()[way].letter for way in ways)
    return f"regexp_matches({letters}, {quoted(f'[{kinds}]')})"


CELL_COMPILERS: dict[str, Callable[[Any, Instance], str | Predicate]] = {
    "balance": _unequal,
    "sum": _unequal,
    "bound": _bound,
    "share": _share,
    "zero_if": _zero_if,
    "zero_together": _zero_together,
    "zero": _zero,
    "zero_where": _zero_where,
    "zero_if_marked": _zero_if_marked,
    "amount_limit": _amount_limit,
    "nonnegative": _negative,
    "filled": _filled,
    "rows_present": _rows_present,
}
