"""Parquet files: same rows, same bytes; nothing is overwritten."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.factories import make_refusal, make_report
from tests.warehouse.conftest import snapshot
from warehouse.home import Home
from warehouse.tables import arrow_schema
from warehouse.write import compact, write_chunk, write_table

REPORTS = [
    make_report(body="甲局", year=2022),
    make_report(body="乙局", year=2023),
    make_report(body="丙局", year=None),
    make_refusal("inbox/空.txt"),
]


def test_the_order_of_extractions_does_not_change_a_byte(home: Home, tmp_path) -> None:
    other = Home(tmp_path / "other").prepare()
    assert write_chunk(home, "b", REPORTS) == write_chunk(other, "b", REPORTS[::-1])
    assert snapshot(home) == snapshot(other)


def test_files_lie_by_year_and_batch_and_hold_all_columns(home: Home) -> None:
    written = write_chunk(home, "b", REPORTS)
    folders = {file.path.rsplit("/", 1)[0] for file in written.files["facts"]}
    assert folders == {
        f"tables/facts/report_year={year}/batch_id=b" for year in ("2022", "2023", "unknown")
    }
    for table, stored in written.files.items():
        for file in stored:
            schema = pq.read_schema(home.path / file.path)
            assert schema.equals(arrow_schema(table), check_metadata=False)
            assert file.path.endswith(f"part-{file.sha256[:16]}.parquet")


def test_counts_add_up(home: Home) -> None:
    counts = write_chunk(home, "b", REPORTS).counts
    assert counts == {
        "files": 4,
        "reports": 3,
        "duplicates": 0,
        "quarantined": 1,
        "not_reports": 0,
        "problems": 1,
    }


def test_compacted_chunks_hold_the_rows_of_one_chunk(home: Home) -> None:
    whole = write_chunk(home, "b", REPORTS)
    parts = [write_chunk(home, "b", [one]) for one in REPORTS]
    parts.append(write_chunk(home, "b", [make_report(body="丁局", year=2023)]))
    merged = type(whole).merge(parts)
    assert len(merged.files["facts"]) == 4
    assert len(compact(home, "b", merged).files["facts"]) == 3
    assert compact(home, "b", type(whole).merge(parts[:-1])) == whole


def test_findings_are_written_by_year(home: Home) -> None:
    row = dict.fromkeys(arrow_schema("finding_rows").names, "x") | {
        "applications": None,
        "cells": ["3|granted|total"],
        "char_start": None,
        "char_end": None,
    }
    rows = [row | {"report_year": year, "finding_id": str(year)} for year in (2023, None)]
    written = write_table(home, "b", "finding_rows", rows)
    assert [file.rows for file in written.files["finding_rows"]] == [1, 1]
    assert written.counts == {"finding_rows": 2}
    as_table = pa.Table.from_pylist(rows, schema=arrow_schema("finding_rows"))
    assert write_table(home, "b", "finding_rows", as_table) == written


def test_a_null_key_or_an_unknown_column_is_our_bug(home: Home) -> None:
    with pytest.raises(ValueError, match=r"rule_results\.rule_id is null"):
        write_table(home, "b", "rule_results", [{"batch_id": "b"}])
    with pytest.raises(KeyError, match="no columns"):
        write_table(home, "b", "rule_results", [{"unknown": 1}])
