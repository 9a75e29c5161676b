"""Pages of Great Expectations' results, readable without a network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from expectations.scopes import prepare
from expectations.suites import run_suites, suites
from tests.expectations.rule_reports import make_report, open_facts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("docs")
    broken = make_report("broken-report", cells={"3|granted|total": 2})
    with open_facts([make_report("sound"), broken], place / "w.duckdb") as connection:
        prepare(connection, "draft")
    run_suites(place / "w.duckdb", "draft", place / "gx")
    return place / "gx"


def test_nothing_is_loaded_or_run(folder):
    pages = [*folder.glob("*.html")]
    assert len(pages) == len([*suites()]) + 1
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"https?://|<script|<link|<img|url\(|onclick", text), page.name


def test_the_index_leads_to_every_suite(folder):
    index = (folder / "index.html").read_text(encoding="utf-8")
    for suite in suites():
        assert f'href="{suite.name}.html"' in index
        assert (folder / f"{suite.name}.html").exists()


def test_a_page_says_how_many_reports_break_a_rule(folder):
    page = (folder / "A-2021.html").read_text(encoding="utf-8")
    assert "A08" in page
    assert "50% unexpected" in page
    assert "✗" in page
