"""One declaration: Arrow, views and contract agree."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from tests.factories import make_refusal, make_report
from tests.warehouse.conftest import load
from transforms.statute.loader import StatuteError, all_cell_keys
from warehouse import query, rows
from warehouse.dictionary import data_dictionary
from warehouse.home import Home
from warehouse.tables import TYPES, arrow_schema, load_tables, published_tables, stored_tables

CONTRACT = {
    "batches": "batch_id started_at finished_at source files reports quarantined "
    "extractor_version rules_version",
    "documents": "document_id batch_id source_path media_type bytes encoding status reason",
    "reports": "report_id document_id batch_id title body_name body_level division_code "
    "division_path report_year form period_start period_end published_on version is_current",
    "sections": "report_id section_no heading text char_start char_end",
    "cells": "report_id table_no row_key column_key value status raw_text page char_start char_end",
    "disclosures": "report_id row_key made published in_force_published last_year_items change "
    "decisions projects amount repealed in_force",
    "applications": "report_id row_key natural_person commercial_enterprise research_institution "
    "public_welfare_organization legal_service_agency other_organization total",
    "proceedings": "report_id kind upheld corrected other_result pending total",
    "claims": "report_id section_no claim value unit sentence char_start char_end",
    "rules": "rule_id title_zh title_en severity scope forms legal_basis formula",
    "rule_results": "batch_id rule_id assessed violated not_assessable",
    "findings": "finding_id batch_id report_id rule_id severity message_zh message_en observed "
    "expected cells char_start char_end",
}


def described(home: Home, name: str) -> dict[str, str]:
    rows = query.run(home, f"describe {name}").to_pylist()
    return {row["column_name"]: row["column_type"] for row in rows}


@pytest.mark.parametrize("filled", [False, True])
def test_views_have_the_declared_columns_and_types_filled_or_empty(
    home: Home, filled: bool
) -> None:
    extractions = [make_report("2019", year=2020), make_report(), make_refusal("a/空.txt")]
    load(home, "b", extractions if filled else [])
    for table in published_tables():
        declared = {column.name: TYPES[column.type].sql for column in table.columns}
        assert described(home, table.name) == declared, table.name


def test_every_contract_column_is_published() -> None:
    published = {table.name: table.names for table in published_tables()}
    for name, columns in CONTRACT.items():
        assert set(columns.split()) <= set(published[name]), name


def test_stored_rows_have_the_declared_arrow_schema() -> None:
    tables = rows.tables_of("b", [make_report()])
    for name, table in tables.items():
        assert table.schema.equals(arrow_schema(name), check_metadata=True), name
    assert set(tables) < {table.name for table in stored_tables()}


def test_facts_have_a_decimal_column_for_every_cell_of_every_form() -> None:
    schema = arrow_schema("facts")
    for key in all_cell_keys():
        assert schema.field(key.column_name).type == pa.decimal128(18, 6)


def test_meanings_are_shown_in_the_database_in_chinese(home: Home) -> None:
    load(home, "b", [make_report()])
    comment = query.run(
        home,
        "select comment from duckdb_columns() where table_name = 'applications' "
        "and column_name = 'natural_person'",
    )
    assert comment.to_pylist() == [{"comment": "自然人（件）"}]


def test_the_dictionary_names_every_published_table_and_column() -> None:
    page = data_dictionary()
    for table in published_tables():
        assert f"\n## {table.name}\n" in page
    for name, columns in CONTRACT.items():
        for column in columns.split():
            assert f"| `{column}` |" in page, (name, column)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {name: a, zh: 甲, en: a, key: [b]}", "key"),
        ("- {name: a, zh: 甲, en: a, key: [], like: [z]}", "'z' is no table"),
        (
            "- {name: a, zh: 甲, en: a, key: [],\n"
            "   columns: [{name: x, type: float, zh: 乙, en: x}]}",
            "t.yaml:2",
        ),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_place(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StatuteError, match=told):
        load_tables(path)
