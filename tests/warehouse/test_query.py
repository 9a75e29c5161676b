"""Queries read and do nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.factories import make_report
from tests.warehouse.conftest import load
from warehouse import database, query
from warehouse.errors import HomeError, QueryError
from warehouse.home import Home
from warehouse.tables import stored_format


@pytest.fixture
def filled(home: Home) -> Home:
    load(home, "b", [make_report()])
    return home


def test_the_last_of_several_selects_is_given(filled: Home) -> None:
    assert query.run(filled, "select 1; select 2 as two").to_pylist() == [{"two": 2}]
    assert query.run(filled, "").num_rows == 0


@pytest.mark.parametrize(
    "sql", ["from reports", "describe reports", "explain select 1", "pivot cells on status"]
)
def test_other_ways_of_reading_work(filled: Home, sql: str) -> None:
    assert query.run(filled, sql).num_rows > 0


@pytest.mark.parametrize(
    "sql", ["copy (select 1) to 'x.csv'", "attach 'x.db'", "install httpfs", "set threads = 1"]
)
def test_what_is_more_than_reading_is_refused(filled: Home, sql: str) -> None:
    with pytest.raises(QueryError, match="only queries"):
        query.run(filled, sql)


@pytest.mark.parametrize("sql", ["selec 1", "select nix", "create table t (a int)", "from nix"])
def test_wrong_sql_is_told_in_one_line(filled: Home, sql: str) -> None:
    with pytest.raises(QueryError) as caught:
        query.run(filled, sql)
    assert len(str(caught.value).splitlines()) == 1
    assert caught.value.text("zh").startswith("SQL")


def test_a_home_without_a_warehouse_and_no_home_are_told_apart(home: Home) -> None:
    with pytest.raises(HomeError, match="nothing is published"):
        query.run(home, "select 1")
    with pytest.raises(HomeError, match="does not exist"):
        query.run(Home(home.path / "nowhere"), "select 1")


def test_a_moved_home_still_answers(filled: Home, tmp_path: Path) -> None:
    moved = tmp_path / "it's [here] *"
    shutil.move(filled.path, moved)
    assert query.run(Home(moved), "select count(*) as n from cells").to_pylist() == [{"n": 200}]


def test_a_warehouse_with_the_views_of_another_version_is_built_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(database, "_views_version", lambda _: "earlier")
        load(home, "b", [make_report()])
        assert database.fits(home)
    assert not database.fits(home)
    assert query.run(home, "select count(*) as n from cells").to_pylist() == [{"n": 200}]
    assert database.fits(home)


def test_batches_stored_by_a_version_with_other_tables_are_named(filled: Home) -> None:
    record = filled.commit_record("b")
    record.write_text(record.read_text().replace(stored_format(), "0" * 12))
    filled.database.write_bytes(b"")
    with pytest.raises(HomeError, match="another version"):
        query.run(filled, "select 1")
