"""Damaged files of every format, for some seconds; `make fuzz` goes on for longer."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks import fuzz
from benchmarks.generator.damage_bytes import damage
from transforms.document import UnreadableFileError
from transforms.readers import read_document

SECONDS = 5


def test_no_damaged_file_raises_hangs_or_writes_outside(tmp_path):
    files = dict(fuzz.good_files())
    tallies = fuzz.run(files, SECONDS, 1000, tmp_path)
    assert [fault for tally in tallies.values() for fault in tally.faults] == []
    assert all(tally.outcomes.total() for tally in tallies.values())


@pytest.mark.parametrize("name", ["xlsx", "mhtml_chromium", "csv", "table.xls", "table.ods"])
def test_the_files_are_good_before_they_are_damaged(name):
    data = dict(fuzz.good_files())[name]
    assert read_document(data, name).text


def test_the_same_seed_does_the_same_damage():
    assert damage(b"0123456789" * 99, Random("1")) == damage(b"0123456789" * 99, Random("1"))


def test_a_fault_is_kept(tmp_path, monkeypatch):
    def fall(data, name):
        raise ZeroDivisionError

    monkeypatch.setattr(fuzz, "read_document", fall)
    tallies = fuzz.run({"tab": b"x" * 99}, 0.05, 7, tmp_path)
    assert "ZeroDivisionError" in tallies["tab"].faults[0]
    assert (tmp_path / "7-tab").exists()


def test_a_refusal_is_no_fault(tmp_path, monkeypatch):
    def refuse(data, name):
        raise UnreadableFileError("damaged")

    monkeypatch.setattr(fuzz, "read_document", refuse)
    assert fuzz.run({"tab": b"x" * 99}, 0.05, 7, tmp_path)["tab"].faults == []
