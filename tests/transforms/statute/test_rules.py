"""The loader of rule records: strict, and says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from transforms.records import CellKey
from transforms.statute.loader import StatuteError, cell_keys, forms
from transforms.statute.rules import (
    instances,
    load_rules,
    not_rules,
    rule_files,
    rules,
    sum_constraints,
)

GOOD = """\
- id: Z01
  kind: balance
  title: {zh: 甲, en: a}
  statement: {zh: 甲, en: a}
  basis:
    - {instrument: format-2021, pin: 表三, pin_en: table 3}
  level: arithmetic
  forms: ["2021"]
  severity: critical
  table: 3
  each: column
  of: [total]
  left: [new_received]
  right: [carried_out]
  message: {zh: "{line}", en: "{line}"}
  likely_fix: {zh: 甲, en: a}
  examples:
    pass: {}
    fail: {cells: {3|new_received|total: 1}}
    unknown: {cells: {3|new_received|total: null}}
"""


def _load(folder: Path, text: str):
    (folder / "family.yaml").write_text(text, encoding="utf-8")
    return load_rules(folder)


def test_a_good_record_loads(tmp_path):
    assert [*_load(tmp_path, GOOD)] == ["Z01"]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("kind: balance", "kind: guess", 1, "balance"),
        ("severity: critical", "severity: fatal", 9, "critical"),
        ("severity: critical", "severity: critical\n  colour: red", 10, "colour"),
        ("right: [carried_out]", "right: [carried_away]", 1, r"3\|carried_away\|total"),
        ("of: [total]", "of: [everyone]", 1, r"3\|new_received\|everyone"),
        ('forms: ["2021"]', 'forms: ["2020"]', 8, "'2020' is not there"),
        ("instrument: format-2021", "instrument: format-2022", 6, "format-2022"),
        ("pin_en: table 3}", "pin_en: table 3, quote: 应当}", 6, "not sure"),
        ('zh: "{line}", en', 'zh: "{line}{left}", en', 15, "different details"),
        ('zh: "{line}", en: "{line}"', 'zh: "{colour}", en: "{colour}"', 15, "colour"),
        ("fail: {cells: {3|new", "fail: {cells: {3|old", 1, r"3\|old_received\|total"),
        ("  severity: critical\n", "", 1, "severity"),
    ],
)
def test_a_wrong_record_is_an_error_with_file_line_and_what_was_allowed(
    tmp_path, old, new, line, says
):
    assert old in GOOD
    with pytest.raises(StatuteError, match=says) as error:
        _load(tmp_path, GOOD.replace(old, new))
    assert f"family.yaml:{line}:" in str(error.value)


def test_an_id_used_in_two_files_is_an_error_with_its_place(tmp_path):
    (tmp_path / "earlier.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(StatuteError, match=r"family\.yaml:1: 'Z01' is there twice"):
        _load(tmp_path, GOOD)


def test_an_id_used_twice_in_a_file_is_an_error_with_its_place(tmp_path):
    with pytest.raises(StatuteError, match=r"family\.yaml:21: 'Z01' is there twice"):
        _load(tmp_path, GOOD + GOOD)


def test_each_family_has_its_own_file():
    letters = [
        {line[6] for line in path.read_text("utf-8").splitlines() if line.startswith("- id: ")}
        for path in rule_files()
    ]
    assert all(len(letter) == 1 for letter in letters)
    assert len(set.union(*letters)) == len(letters)


def test_what_is_deliberately_no_rule_says_why_and_is_none():
    assert not_rules()
    assert set(not_rules()).isdisjoint(rules())


@pytest.mark.parametrize(("form", "sums"), [("2019", 7 + 23 + 7 + 3), ("2021", 7 + 25 + 7 + 3)])
def test_the_solver_gets_every_sum_of_the_form_over_its_own_cells(form, sums):
    constraints = sum_constraints(form)
    assert len(constraints) == sums
    known = set(cell_keys(form))
    assert all({*one.left, *one.right} <= known for one in constraints)


def test_the_results_of_a_column_are_all_rows_between_carried_in_and_their_total():
    for form in forms():
        (total,) = [
            one
            for one in sum_constraints(form)
            if one.left == (CellKey(3, "results_total", "total"),)
            and one.right[0].row_key == "granted"
        ]
        rows = [row.key for _, row in forms()[form].table[3].rows()]
        assert [key.row_key for key in total.right] == rows[2:-2]


def test_instances_of_both_forms_are_there_once():
    per_row = instances(rules()["A08"])
    assert len(per_row) == 26
    assert {one.forms for one in per_row} == {("2019", "2021"), ("2019",), ("2021",)}


def test_every_rule_reaches_only_columns_it_can_mean():
    signed = {one.line for one in instances(rules()["A13"]) if "|change" in one.line}
    assert signed == set()
