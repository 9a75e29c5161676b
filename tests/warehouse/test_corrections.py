"""What a person corrected stands beside what was read, and says when it no longer fits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from tests.factories import make_report
from tests.warehouse.conftest import commit_of, load, rows, snapshot
from transforms.records import CellStatus, Extraction
from warehouse import lock, publish, write
from warehouse.corrections import count_states
from warehouse.errors import HomeError
from warehouse.home import Home

CELL = "3|new_received|total"


def correct(home: Home, report: Extraction | str, was: object, now: int, cell: str = CELL) -> None:
    report_id = report if isinstance(report, str) else report.document_id
    path = home.corrections / "2024.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(
            f"- {{report_id: {report_id}, cell: {cell}, was: {was}, now: {now}, reason: 误读, "
            "evidence: 原件's第3页, who: 王某, date: 2024-03-02}\n"
        )


def corrected(home: Home) -> list[tuple]:
    columns = "row_key, value, status, corrected_value"
    return rows(home, f"select {columns} from cells where corrected_value is not null order by 1")


def test_an_applied_correction_is_a_column_beside_what_was_read(home: Home) -> None:
    report = make_report(values={CELL: 12})
    correct(home, report, 12, 21)
    load(home, "b", [report, make_report(body="别局", values={CELL: 12})])
    assert corrected(home) == [("new_received", Decimal(12), "reported", Decimal(21))]
    assert rows(home, "select * from corrections") == [
        (
            report.document_id,
            CELL,
            Decimal(12),
            None,
            Decimal(21),
            "误读",
            "原件's第3页",
            "王某",
            date(2024, 3, 2),
            "applied",
            Decimal(12),
            "reported",
            "2024.yaml:1",
        )
    ]


def test_what_the_rules_look_at_is_never_the_corrected_value(home: Home) -> None:
    report = make_report(values={CELL: 12})
    correct(home, report, 12, 21)
    load(home, "b", [report])
    assert rows(home, "select t3_new_received__total from report_facts") == [(Decimal(12),)]
    total = "select total from applications where row_key = 'new_received'"
    assert rows(home, total) == [(Decimal(12),)]


@pytest.mark.parametrize("status", [CellStatus.AMBIGUOUS, CellStatus.INVALID, CellStatus.MISSING])
def test_a_cell_without_a_value_is_corrected_by_its_status(home: Home, status: CellStatus) -> None:
    report = make_report(values={CELL: status})
    correct(home, report, status, 21)
    load(home, "b", [report])
    assert corrected(home) == [("new_received", None, str(status), Decimal(21))]


@pytest.mark.parametrize(
    ("read", "was"),
    [(13, 12), (None, 0), (12, "blank"), (CellStatus.AMBIGUOUS, "invalid"), (21, 12)],
)
def test_a_correction_of_what_is_no_longer_read_is_stale_and_not_applied(
    home: Home, read: int | CellStatus | None, was: object
) -> None:
    report = make_report(values={CELL: read})
    correct(home, report, was, 21)
    load(home, "b", [report])
    assert corrected(home) == []
    assert count_states(home.database) == {"applied": 0, "stale": 1, "unused": 0}


def test_a_correction_of_no_report_or_of_a_cell_the_form_does_not_have_is_unused(
    home: Home,
) -> None:
    report = make_report("2019", year=2020)
    correct(home, report, 0, 1, cell="3|other_other|total")
    correct(home, "r0000000000000000", 0, 1)
    load(home, "b", [report])
    found = rows(home, "select state, read_value, read_status from corrections")
    assert found == [("unused", None, None)] * 2
    assert corrected(home) == []


def test_an_empty_ledger_corrects_nothing(home: Home) -> None:
    load(home, "b", [make_report()])
    assert corrected(home) == []
    assert count_states(home.database) == {"applied": 0, "stale": 0, "unused": 0}


def test_running_again_takes_up_a_changed_ledger_and_nothing_else_changes(home: Home) -> None:
    report = make_report(values={CELL: 12})
    load(home, "b", [report])
    before = snapshot(home)
    correct(home, report, 12, 21)
    load(home, "b", [report])
    assert corrected(home) == [("new_received", Decimal(12), "reported", Decimal(21))]
    changed = {path for path, data in snapshot(home).items() if before.get(path) != data}
    assert changed == {"corrections/2024.yaml", "warehouse.duckdb"}


def test_running_again_with_the_same_ledger_leaves_every_byte_as_it_was(home: Home) -> None:
    report = make_report(values={CELL: 12})
    correct(home, report, 12, 21)
    load(home, "b", [report])
    before = snapshot(home)
    load(home, "b", [report])
    assert snapshot(home) == before


def test_the_staging_database_has_the_corrections_too(home: Home) -> None:
    report = make_report(values={CELL: 12})
    correct(home, report, 12, 21)
    with lock.writer(home):
        written = write.write_chunk(home, "b", [report])
        path = publish.staging(home, commit_of("b", written))
    with duckdb.connect(str(path), read_only=True) as connection:
        assert connection.execute("select state from corrections").fetchall() == [("applied",)]


def test_a_wrong_ledger_is_named_and_the_published_warehouse_stays(home: Home) -> None:
    load(home, "b", [make_report()])
    before = home.database.read_bytes()
    correct(home, "r0", 1, 1)
    with pytest.raises(HomeError, match=r"2024\.yaml:1: .*nothing is corrected"):
        load(home, "b", [make_report()])
    assert home.database.read_bytes() == before
