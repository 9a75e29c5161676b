"""Publishing: all or nothing, the same again, and never in the way of a reader."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.factories import make_report
from tests.warehouse.conftest import START, commit_of, load, rows, snapshot
from warehouse import catalog, lock, publish, sweep, write
from warehouse.catalog import ChunkFiles
from warehouse.errors import HomeError
from warehouse.home import Home

LATER = START + timedelta(days=3)


def test_running_a_batch_again_leaves_every_byte_as_it_was(home: Home) -> None:
    reports = [make_report(body="甲局"), make_report(body="乙局", year=2022)]
    load(home, "b", reports)
    before = snapshot(home)
    assert load(home, "b", reports[::-1], at=LATER).started_at == START
    assert snapshot(home) == before


def test_a_changed_batch_takes_the_place_of_its_earlier_version(home: Home) -> None:
    load(home, "b", [make_report(body="甲局"), make_report(body="乙局")])
    load(home, "c", [make_report(body="丙局")])
    load(home, "b", [make_report(body="丁局")], at=LATER)
    assert rows(home, "select body_name from reports order by 1") == [("丁局",), ("丙局",)]
    assert rows(home, "select batch_id, reports from batches order by 1") == [("b", 1), ("c", 1)]


def test_a_later_filing_is_version_2_and_current(home: Home) -> None:
    load(home, "b2", [make_report(published_on=date(2024, 1, 20), text="一")])
    load(home, "b1", [make_report(published_on=date(2024, 3, 1), text="二")], at=LATER)
    load(home, "b3", [make_report(body="别局", text="三"), make_report(body=None, text="四")])
    load(home, "b4", [make_report(body=None, text="五")])
    found = rows(home, "select batch_id, version, is_current from reports order by batch_id")
    assert found == [
        ("b1", 2, True),
        ("b2", 1, False),
        ("b3", 1, True),
        ("b3", 1, True),
        ("b4", 1, True),
    ]


def test_without_a_date_the_batch_taken_in_later_is_current(home: Home) -> None:
    load(home, "z", [make_report(text="一")], at=START)
    load(home, "a", [make_report(text="二")], at=LATER)
    current = rows(home, "select batch_id, version from reports where is_current")
    assert current == [("a", 2)]


def test_cells_and_the_wide_row_say_the_same(home: Home) -> None:
    values = {"3|new_received|total": 7, "3|granted|natural_person": None, "2|fees|amount": "25.1"}
    load(home, "b", [make_report(values=values), make_report("2019", "别局", 2020)])
    found = rows(
        home,
        "select value, status from cells join reports using (report_id) where form = '2021' "
        "and (row_key, column_key) in (('new_received', 'total'), ('granted', 'natural_person')) "
        "order by cell_no",
    )
    assert found == [(Decimal(7), "reported"), (None, "blank")]
    wide = "t3_new_received__total, t3_granted__natural_person, t2_fees__amount, section_numbers"
    assert rows(home, f"select {wide} from report_facts where form = '2021'") == [
        (Decimal(7), None, Decimal("25.1"), [1, 2, 3, 4, 5, 6])
    ]
    counts = "select form, count(*) from cells join reports using (report_id) group by 1 order by 1"
    assert rows(home, counts) == [("2019", 198), ("2021", 200)]


def test_the_three_tables_have_the_rows_of_the_form_and_their_totals(home: Home) -> None:
    values = {"3|granted|total": 5, "4|litigation_direct|total": 3, "2|licences|decisions": 9}
    load(home, "b", [make_report(values=values)])
    assert rows(home, "select total from applications where row_key = 'granted'") == [(Decimal(5),)]
    assert rows(home, "select total from proceedings where kind = 'litigation_direct'") == [
        (Decimal(3),)
    ]
    assert rows(home, "select decisions, made from disclosures where row_key = 'licences'") == [
        (Decimal(9), None)
    ]
    for name, expected in {"disclosures": 6, "applications": 25, "proceedings": 3}.items():
        assert rows(home, f"select count(*) from {name}") == [(expected,)]


def test_a_staging_database_shows_the_batch_in_place_of_its_earlier_version(home: Home) -> None:
    load(home, "b", [make_report(body="旧")])
    load(home, "c", [make_report(body="别")])
    with lock.writer(home):
        written = write.write_chunk(home, "b", [make_report(body="新")])
        path = publish.staging(
            home, commit_of("b", written).model_copy(update={"started_at": None})
        )
        with duckdb.connect(str(path), read_only=True) as connection:
            found = connection.execute("select body_name from reports order by 1").fetchall()
        assert found == [("别",), ("新",)]
        assert rows(home, "select body_name from reports order by 1") == [("别",), ("旧",)]
        sweep.sweep(home)
    assert not path.exists()


READER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
print(connection.sql("select count(*) from cells").fetchone()[0], flush=True)
for line in sys.stdin:
    print(connection.sql("select count(*) from cells").fetchone()[0], flush=True)
"""


def test_an_open_reader_goes_on_with_what_it_opened_while_batches_are_replaced(
    home: Home,
) -> None:
    load(home, "b", [make_report()])
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(home.database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        assert reader.stdout.readline() == "200\n"
        for number in range(2):
            load(home, "b", [make_report(body=f"{number}局"), make_report(body="乙局")])
            print("again", file=reader.stdin, flush=True)
            assert reader.stdout.readline() == "200\n"
        reader.stdin.close()
    assert rows(home, "select count(*) from cells") == [(400,)]


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.factories import make_report
from tests.warehouse import conftest
from warehouse import {module}
from warehouse.home import Home

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

{module}.{name} = die
conftest.load(Home(Path(sys.argv[1])), "b", [make_report(body="新"), make_report(body="乙")])
"""


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("write", "_write_part"),
        ("catalog", "commit"),
        ("quarantine", "fill"),
        ("database", "_flush"),
        ("sweep", "remove_staging"),
    ],
)
def test_a_killed_run_leaves_the_old_warehouse_and_the_next_run_completes(
    home: Home, module: str, name: str
) -> None:
    load(home, "a", [make_report(body="甲")])
    load(home, "b", [make_report(body="旧")])
    old = home.database.read_bytes()
    code = KILLED.format(module=module, name=name)
    for _ in range(2 if name == "_flush" else 1):
        done = subprocess.run(
            [sys.executable, "-c", code, str(home.path)], check=False, cwd=Path(__file__).parents[2]
        )
        assert done.returncode == -9
        with duckdb.connect(str(home.database), read_only=True) as connection:
            found = connection.execute("select count(*) from cells join reports using (report_id)")
            assert found.fetchone() in [(400,), (600,)]
    if name != "remove_staging":
        assert home.database.read_bytes() == old
    load(home, "b", [make_report(body="新"), make_report(body="乙")])
    assert rows(home, "select body_name from reports order by 1") == [("乙",), ("新",), ("甲",)]
    left = [path for path in snapshot(home) if path.endswith(".tmp")]
    assert left == []


def test_files_no_published_database_names_any_more_are_swept(home: Home) -> None:
    load(home, "b", [make_report(body="最旧")])
    (oldest,) = (file.path for file in catalog.commits(home)[0].files["facts"])
    for number in range(sweep.GENERATIONS):
        assert (home.path / oldest).exists()
        load(home, "b", [make_report(body=f"{number}")])
    with lock.writer(home):
        assert sweep.sweep(home) > 0
    assert not (home.path / oldest).exists()
    assert rows(home, "select count(*) from cells") == [(200,)]


def test_what_was_never_committed_is_swept_with_its_folders(home: Home) -> None:
    load(home, "b", [make_report()])
    before = snapshot(home)
    with lock.writer(home):
        write.write_chunk(home, "lost", [make_report(body="丢", year=1999)])
        (home.tables / ".x.tmp").write_bytes(b"")
        sweep.sweep(home)
    assert snapshot(home) == before
    assert not (home.tables / "facts" / "report_year=1999").exists()


def test_an_empty_batch_is_published(home: Home) -> None:
    load(home, "leer", [])
    assert rows(home, "select batch_id, files from batches") == [("leer", 0)]
    assert rows(home, "select count(*) from report_facts") == [(0,)]


def test_a_commit_of_files_that_are_not_there_is_our_bug(home: Home) -> None:
    with lock.writer(home):
        written = write.write_chunk(home, "b", [make_report()])
        (home.path / written.files["facts"][0].path).unlink()
        with pytest.raises(RuntimeError, match="not there whole"):
            publish.publish(home, commit_of("b", written))
    assert catalog.commits(home) == []


def test_a_damaged_commit_record_is_named_and_nothing_is_swept(home: Home) -> None:
    load(home, "b", [make_report()])
    home.commit_record("b").write_text("{", encoding="utf-8")
    with lock.writer(home), pytest.raises(HomeError, match=r"b\.json is damaged"):
        sweep.sweep(home)
    assert list(home.tables.rglob("*.parquet"))


def test_files_of_another_format_are_refused_rather_than_misread(home: Home) -> None:
    load(home, "b", [make_report()])
    record = home.commit_record("b")
    other = catalog.commits(home)[0].model_copy(update={"stored_format": "old"})
    record.write_text(other.model_dump_json(), encoding="utf-8")
    with pytest.raises(HomeError, match="another version"):
        catalog.commits(home)


def test_publishing_without_the_lock_is_our_bug(home: Home) -> None:
    with pytest.raises(RuntimeError, match=r"lock\.writer"):
        publish.publish(home, commit_of("b", ChunkFiles()))


def test_rules_show_the_text_of_the_latest_batch_and_keep_retired_ones(home: Home) -> None:
    def rule(rule_id: str, batch_id: str, title: str) -> dict:
        texts = dict.fromkeys(("title_en", "severity", "scope", "legal_basis", "formula"), "x")
        return {
            **texts,
            "rule_id": rule_id,
            "batch_id": batch_id,
            "title_zh": title,
            "forms": ["2021"],
        }

    for batch_id, at, found in (
        ("z", START, [rule("A", "z", "旧"), rule("R", "z", "退役")]),
        ("a", LATER, [rule("A", "a", "新")]),
    ):
        with lock.writer(home):
            written = write.write_table(home, batch_id, "rules", found)
            publish.publish(home, commit_of(batch_id, written, at))
    assert rows(home, "select rule_id, title_zh from rules order by 1") == [
        ("A", "新"),
        ("R", "退役"),
    ]
