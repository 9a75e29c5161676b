"""What was recognised in a picture is presented only if the reader or a sum vouches for it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from transforms.document import Document, Grid, GridCell
from transforms.records import Cell, CellKey, CellStatus
from transforms.statute.rules import sum_constraints
from transforms.trust import only_trusted

FORM = "2021"
ROW = next(
    c for c in sum_constraints(FORM)
    if {key.table_no for key in (*c.left, *c.right)} == {3}
    and len({key.row_key for key in (*c.left, *c.right)}) == 1
)  # fmt: skip
PARTS, TOTAL = (ROW.left, ROW.right[0]) if len(ROW.right) == 1 else (ROW.right, ROW.left[0])
FREE = CellKey(2, "penalty", "decisions")


def given(numbers, unsure=(), pages=(1,)):
    """Cells and a document in which they stand on page 1; `unsure` are the doubtful keys."""
    cells, places, text = [], [], ""
    for at, (key, raw) in enumerate(numbers.items()):
        start, text = len(text), text + raw + "\t"
        value = Decimal(raw.replace(",", "")) if raw else None
        status = CellStatus.REPORTED if raw else CellStatus.BLANK
        cells.append(Cell(key, value, status, raw, 1, start, start + len(raw)))
        sure = (0.0 if key in unsure else 0.99) if raw or key in unsure else None
        places.append(GridCell(0, at, raw, start, start + len(raw), page=1, confidence=sure))
    grid = Grid(tuple(places), True, 0, len(text))
    return cells, Document("", "image/*", None, text, (grid,), recognised_pages=pages)


def statuses(cells, document):
    return [cell.status for cell in only_trusted(cells, document, FORM)]


def row(total="6"):
    return {**dict(zip(PARTS, "123000", strict=True)), TOTAL: total}


def test_a_sure_number_and_an_empty_cell_are_presented():
    cells, document = given({FREE: "12", TOTAL: ""})
    assert list(only_trusted(cells, document, FORM)) == cells


def test_an_unsure_number_in_no_sum_is_ambiguous():
    (cell,) = only_trusted(*given({FREE: "12"}, unsure=[FREE]), FORM)
    assert (cell.status, cell.value, cell.candidates) == (
        CellStatus.AMBIGUOUS, None, (Decimal(12),)
    )  # fmt: skip


def test_an_unsure_number_that_sure_ones_make_up_is_presented():
    cells, document = given(row(), unsure=[TOTAL])
    assert list(only_trusted(cells, document, FORM)) == cells


@pytest.mark.parametrize(
    ("numbers", "unsure"),
    [(row(), [TOTAL, PARTS[0]]), (row("8"), [TOTAL])],
    ids=["two at once may be wrong alike", "the sum fails"],
)
def test_a_sum_that_does_not_decide_proves_nothing(numbers, unsure):
    found = statuses(*given(numbers, unsure))
    assert found.count(CellStatus.AMBIGUOUS) == len(unsure)


def test_a_mark_that_may_be_a_number_is_no_blank():
    cells, document = given({FREE: ""}, unsure=[FREE])
    assert statuses(cells, document) == [CellStatus.AMBIGUOUS]


def test_what_is_no_number_only_by_an_unsure_reading_is_ambiguous():
    cells, document = given({FREE: "12"}, unsure=[FREE])
    unread = [cells[0]._replace(value=None, status=CellStatus.INVALID)]
    assert statuses(unread, document) == [CellStatus.AMBIGUOUS]


def test_a_count_with_a_decimal_point_is_dust():
    assert statuses(*given({FREE: "80.7"})) == [CellStatus.AMBIGUOUS]


def test_a_fraction_that_is_no_count_may_be_dust_too():
    cells, document = given({FREE: "80.7"})
    unread = [cells[0]._replace(value=None, status=CellStatus.INVALID)]
    assert statuses(unread, document) == [CellStatus.AMBIGUOUS]


def test_a_number_outside_any_ruled_grid_is_not_sure():
    cells, document = given({FREE: "12"})
    loose = replace(document.blocks[0], ruled=False)
    assert statuses(cells, replace(document, blocks=(loose,))) == [CellStatus.AMBIGUOUS]


def test_pages_with_text_of_their_own_are_left_alone():
    cells, document = given({FREE: "12"}, unsure=[FREE], pages=(2,))
    assert list(only_trusted(cells, document, FORM)) == cells


def test_a_number_that_no_rule_parts_on_a_page_is_only_presented_if_sums_prove_its_table():
    cells, document = given({FREE: "12"}, pages=())
    loose = replace(document, placed=True, blocks=(replace(document.blocks[0], ruled=False),))
    assert statuses(cells, loose) == [CellStatus.AMBIGUOUS]
    assert list(only_trusted(cells, replace(loose, blocks=document.blocks), FORM)) == cells
