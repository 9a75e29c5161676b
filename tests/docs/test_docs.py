"""The pages say what is there: no page is stale, no link is dead, every query answers."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from flows import steps
from flows.cli import COMMANDS
from transforms.statute.rules import rules
from warehouse import lock, query
from warehouse.home import Home
from warehouse.tables import published_tables

REPO = Path(__file__).parents[2]
EXAMPLES = REPO / "examples"
PAGES = [*sorted(REPO.glob("*.md")), *sorted((REPO / "docs").glob("*.md"))]
PRINTED = ("rules", "tables", "forms", "cli", "claims", "problems")
WRITTEN = [page for page in PAGES if page.stem not in PRINTED]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def queries() -> list[tuple[str, str]]:
    """Every SQL block of the pages and every query of the demo, with where it stands."""
    found = []
    for page in PAGES:
        for number, sql in enumerate(re.findall(r"```sql\n(.*?)```", text_of(page), re.DOTALL), 1):
            found.append((f"{page.name} {number}", sql))
    shown = runpy.run_path(str(REPO / "docs/tools/try_queries.py"))["QUERIES"]
    return found + [(f"make demo {number}", sql) for number, sql in enumerate(shown.values(), 1)]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory) -> Home:
    """The examples as a published batch, without Prefect."""
    home = Home(tmp_path_factory.mktemp("docs") / "home").prepare()
    paths, now = [EXAMPLES / "reports"], datetime.now(UTC)
    with lock.writer(home):
        manifest = steps.ingest(home, paths, "demo")
        written = [steps.transform(home, "demo", chunk) for chunk in steps.chunks(manifest)]
        batch = steps.draft(home, manifest, paths, written)
        batch = steps.validate(home, batch, steps.load(home, batch))
        steps.publish(home, batch, now, now)
    return home


def test_no_printed_page_is_stale():
    done = subprocess.run(
        [sys.executable, REPO / "docs/tools/print_docs.py", "--check"],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("sql", [pytest.param(sql, id=name) for name, sql in queries()])
def test_a_query_of_the_pages_answers(warehouse, sql):
    assert query.run(warehouse, sql).num_rows > 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_of_the_pages_leads_somewhere(page):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", text_of(page))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_a_file_that_a_page_names_is_there(page):
    folders = "transforms|warehouse|expectations|flows|tests|docs|benchmarks|examples"
    named = re.findall(rf"`((?:{folders})/[^`\s<>]*)`", text_of(page))
    assert [name for name in named if not list(REPO.glob(name.rstrip("/")))] == []


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_a_make_target_that_a_page_names_is_there(page):
    targets = set(re.findall(r"^([a-z-]+):", text_of(REPO / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", text_of(page))) <= targets


def test_every_rule_has_its_chapter():
    chapters = re.findall(r"^### ([A-Z]\d\d[a-z]?) ", text_of(REPO / "docs/rules.md"), re.MULTILINE)
    assert chapters == list(rules())


def test_every_published_table_has_its_chapter():
    page = text_of(REPO / "docs/tables.md")
    assert [table.name for table in published_tables() if f"\n## {table.name}\n" not in page] == []


def test_every_command_has_its_chapter():
    page = text_of(REPO / "docs/cli.md")
    assert [name for name in COMMANDS if f"\n## gongkai {name}\n" not in page] == []


def test_every_example_is_described():
    page = text_of(EXAMPLES / "README.md")
    assert [path.name for path in (EXAMPLES / "reports").iterdir() if path.name not in page] == []


def test_the_change_log_has_a_section_for_what_is_not_released():
    assert "\n## Unreleased\n" in text_of(REPO / "CHANGELOG.md")


def test_the_licence_is_the_one_that_the_project_declares():
    declared = re.search(r'^license = "(.+)"$', text_of(REPO / "pyproject.toml"), re.MULTILINE)
    assert declared
    assert declared[1] == "Apache-2.0"
    assert "Apache License\n" in text_of(REPO / "LICENSE")


def test_both_read_me_files_have_the_same_blocks():
    """They are translations of each other."""
    english, chinese = (
        re.findall(r"```\w*\n.*?```", text_of(REPO / name), re.DOTALL)
        for name in ("README.md", "README.zh.md")
    )
    assert english == chinese


def test_the_words_of_the_printed_pages_are_all_used():
    script = text_of(REPO / "docs/tools/print_docs.py")
    words = yaml.safe_load(text_of(REPO / "docs/tools/words.yaml"))
    named = {key: re.sub("_(title|intro)$", "", key) for key in words}
    assert [key for key, name in named.items() if not re.search(f"[\"']{name}[\"']", script)] == []
