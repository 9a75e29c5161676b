"""The generator: same arguments, same bytes; the truth follows every damage."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from random import Random

import pytest

from benchmarks.generator import DAMAGES, FORMS, LAYOUTS, Kind, choose_damages, fits, generate
from benchmarks.generator.numbers import draw_values
from benchmarks.generator.sheets import build_sheet, cut_sheet, delete_row, insert_row
from transforms.records import CellKey
from transforms.statute.loader import cell_keys, forms


def test_there_are_enough_layouts_and_damages():
    assert len(LAYOUTS) >= 25
    assert len(DAMAGES) >= 40


def test_same_arguments_give_the_same_bytes():
    damages = ("label_spaces", "page_cut", "zero_width")
    assert generate(3, "2021", "tab", damages) == generate(3, "2021", "tab", damages[::-1])


def test_a_known_seed_gives_known_bytes():
    """A change here moves every accuracy floor: say so in the changelog and run --update."""
    data = generate(1, "2021", "tab", ("label_spaces", "page_cut")).data
    assert hashlib.sha256(data).hexdigest()[:16] == "053226bec75ae327"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_prints_every_form(layout):
    for form in FORMS:
        report = generate(2, form, layout)
        assert set(cell_keys(FORMS[form][0])) <= set(report.truth)
        assert len(report.data) > 1000


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damage_changes_the_file_for_some_seed(damage):
    layouts = [name for name in ("tab", "cell_a_line", "html") if fits(name, (damage,))]
    assert any(
        generate(seed, form, layout, (damage,)).data != generate(seed, form, layout).data
        for layout in layouts
        for form in ("2019", "2021")
        for seed in range(12)
    )


def test_any_three_fitting_damages_go_together():
    for layout in LAYOUTS:
        rng = Random(layout)
        for seed in range(3):
            generate(seed, rng.choice([*FORMS]), layout, choose_damages(rng, layout, 3))


def test_damages_that_make_no_sense_in_a_layout_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        generate(1, "2021", "html", ("group_moved",))


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_numbers_satisfy_the_form(form):
    for seed in range(40):
        values = draw_values(Random(seed), forms()[form])
        assert set(values) == set(cell_keys(form))
        _check_applications(values)
        for row in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
            cells = [value for key, value in values.items() if key.row_key == row]
            assert sum(cells[:-1]) == cells[-1]


def _check_applications(values: dict[CellKey, Decimal]) -> None:
    rows: dict[str, list[Decimal]] = {}
    for key, value in values.items():
        if key.table_no == 3:
            rows.setdefault(key.row_key, []).append(value)
    closing = {"new_received", "carried_in", "results_total", "carried_out"}
    outcomes = [cells for row, cells in rows.items() if row not in closing]
    for cells in rows.values():
        assert sum(cells[:-1]) == cells[-1]
    for i in range(7):
        received = rows["new_received"][i] + rows["carried_in"][i]
        assert received == rows["results_total"][i] + rows["carried_out"][i]
        assert rows["results_total"][i] == sum(cells[i] for cells in outcomes)


def test_blanks_are_blank_and_never_zero():
    truth = generate(5, "2021", "tab", ("only_totals",)).truth
    assert truth[CellKey(3, "granted", "natural_person")].kind is Kind.BLANK
    assert truth[CellKey(3, "granted", "total")].kind is Kind.VALUE


def test_a_layout_that_drops_blanks_leaves_mixed_rows_undetermined():
    truth = generate(5, "2021", "cell_a_line", ("only_totals",)).truth
    assert truth[CellKey(3, "granted", "total")].kind is Kind.UNDETERMINED


def test_a_missing_row_is_missing_and_a_missing_table_too():
    row = generate(5, "2021", "html", ("row_missing",)).truth
    assert 1 <= sum(expected.kind is Kind.MISSING for expected in row.values()) <= 7
    table = generate(5, "2021", "html", ("table_missing",)).truth
    assert {k.table_no for k, e in table.items() if e.kind is Kind.MISSING} in ({2}, {3}, {4})


def test_a_single_row_for_other_handling_leaves_the_three_rows_missing():
    truth = generate(1, "2021_single_other", "tab").truth
    assert truth[CellKey(3, "other_other", "total")].kind is Kind.MISSING
    assert truth[CellKey(3, "other", "total")].kind is Kind.UNDETERMINED


def test_the_broken_sum_is_printed_and_true():
    for seed in range(6):
        whole = generate(seed, "2021", "tab").truth
        broken = generate(seed, "2021", "tab", ("broken_sum",)).truth
        changed = [key for key in whole if whole[key] != broken[key]]
        assert len(changed) == 1


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_sheets_cover_every_place_once(form):
    for table in forms()[form].tables:
        sheet = build_sheet(table, {})
        assert _covered(sheet) == {
            (row, column) for row in range(sheet.row_count) for column in range(sheet.width)
        }
        for first, second in [cut_sheet(sheet, sheet.row_count - 1, True)]:
            assert len(_covered(first)) == first.row_count * first.width
            assert len(_covered(second)) == second.row_count * second.width


def test_row_edits_keep_spans_whole():
    sheet = build_sheet(forms()["2021"].tables[1], {})
    rows = sheet.row_count
    delete_row(sheet, sheet.data_rows()[4])
    assert len(_covered(sheet)) == (rows - 1) * sheet.width
    below = insert_row(sheet, sheet.data_rows()[4])
    assert sheet.row_count == rows
    assert not sheet.anchors(below)


def _covered(sheet) -> set[tuple[int, int]]:
    places = [
        (row, column)
        for cell in sheet.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert len(places) == len(set(places))
    return set(places)
