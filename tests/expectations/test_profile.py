"""A profile switches rules, changes how grave they are, and adds an office's own days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from expectations.check import create_facts, insert_facts
from expectations.compile import book_of, usual_book
from expectations.findings import find, violated
from expectations.scopes import prepare
from tests.factories import make_report
from transforms.records import Extraction
from transforms.statute.loader import StatuteError
from transforms.statute.profile import EVERYWHERE, Profile, load_profile


def profile(tmp_path: Path, text: str) -> Profile:
    path = tmp_path / "profile.yaml"
    path.write_text(text, encoding="utf-8")
    return load_profile(path)


def late(extraction: Extraction, applied: Profile) -> list[tuple[str, str]]:
    book = book_of(applied)
    with duckdb.connect() as connection:
        create_facts(connection)
        assert extraction.report is not None
        insert_facts(connection, [extraction.report])
        prepare(connection, "draft", across=False)
        broken = violated(connection, book, across=False)
        found = find(connection, "draft", broken, book)
        return [(one["rule_id"], one["severity"]) for one in found]


def test_rules_are_switched_off_and_on_and_regraded(tmp_path):
    applied = profile(
        tmp_path, "rules: {F13: {applies: false}, C11: {most: 800}, A16: {severity: warning}}"
    )
    book = book_of(applied)
    assert "F13" not in book
    assert "C11" not in usual_book()
    assert "> 800" in book["C11"].violated
    assert {one.instance.severity for one in book["A16"].instances} == {"warning"}


def test_a_profile_has_a_digest_and_none_has_none(tmp_path):
    one = profile(tmp_path, "deadlines: {township_government: 01-20}")
    assert len(one.digest) == 8
    assert one.digest != profile(tmp_path, "deadlines: {township_government: 01-21}").digest
    assert EVERYWHERE.digest == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules: {Z99: {applies: false}}", "profile.yaml:1.*no rule Z99"),
        ("rules: {A01: {most: 3}}", "no limit"),
        ("deadlines: {village: 01-20}", "no kinds of body"),
        ("rules: {A01: {switched: 1}}", "switched"),
    ],
)
def test_a_wrong_profile_is_refused_with_file_and_line(tmp_path, text, said):
    with pytest.raises(StatuteError, match=said):
        profile(tmp_path, text)


def test_an_offices_own_day_only_makes_a_note(tmp_path):
    applied = profile(tmp_path, "deadlines: {department: 01-20}")
    extraction = make_report(published_on=date(2024, 1, 25))
    identity = replace(extraction.report.identity, body_level="department")
    extraction = replace(extraction, report=replace(extraction.report, identity=identity))
    assert ("D05", "info") in late(extraction, applied)
    assert not [one for one in late(extraction, EVERYWHERE) if one[0] == "D05"]
