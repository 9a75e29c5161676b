"""Errata files: what is taken, and what is refused with its file and line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from transforms.corrections import load_corrections
from transforms.records import CellKey, CellStatus
from transforms.statute.loader import StatuteError

ENTRY = """\
- report_id: r0123456789abcdef
  cell: 3|new_received|total
  was: 12
  now: 21
  reason: 原件模糊
  evidence: 纸质原件第3页
  who: 王某
  date: 2024-03-02
"""
FEES = ENTRY.replace("3|new_received|total", "2|fees|amount")


def written(folder: Path, text: str | bytes, name: str = "2024.yaml") -> Path:
    data = text.encode() if isinstance(text, str) else text
    (folder / name).write_bytes(data)
    return folder


def test_an_entry_is_read_with_its_place(tmp_path: Path) -> None:
    second = ENTRY.replace("new_received", "granted").replace("was: 12", "was: ambiguous")
    one, two = load_corrections(written(tmp_path, f"# 2024年\n{ENTRY}{second}"))
    assert (one.place, two.place) == ("2024.yaml:2", "2024.yaml:10")
    assert one.record.cell == CellKey(3, "new_received", "total")
    assert (one.record.was, one.record.now) == (Decimal(12), Decimal(21))
    assert one.record.date == date(2024, 3, 2)
    assert two.record.was is CellStatus.AMBIGUOUS


def test_without_a_folder_there_are_no_corrections(tmp_path: Path) -> None:
    assert load_corrections(tmp_path / "corrections") == ()


def test_files_are_read_by_name_and_folders_and_hidden_files_are_not(tmp_path: Path) -> None:
    written(tmp_path, ENTRY, "b.yaml")
    written(tmp_path, ENTRY.replace("abcdef", "000000"), "a.yaml")
    written(tmp_path, b"x", ".a.yaml.swp")
    (tmp_path / "evidence").mkdir()
    assert [entry.place for entry in load_corrections(tmp_path)] == ["a.yaml:1", "b.yaml:1"]


@pytest.mark.parametrize("number", ["25.1", "'25.1'", "25.10"])
def test_decimals_are_taken_as_written(tmp_path: Path, number: str) -> None:
    (entry,) = load_corrections(written(tmp_path, FEES.replace("now: 21", f"now: {number}")))
    assert entry.record.now == Decimal("25.1")


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    assert len(load_corrections(written(tmp_path, b"\xef\xbb\xbf" + ENTRY.encode()))) == 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("3|new_received|total", "3|new_recieved|total", r":2: .*near it are 3\|new_received\|tot"),
        ("was: 12", "was: 21", r"was and now are both 21"),
        ("was: 12", "was: reported", r":3: .*or what the cell is instead: blank, ambiguous"),
        ("was: 12", "was: null", r":3: .*a number such as 12"),
        ("now: 21", "now: true", r":4: .*a number such as 12"),
        ("now: 21", "now: 021", r":4: 021 is no plain number"),
        ("now: 21", "now: 1:30", r":4: 1:30 is no plain number"),
        ("now: 21", "now: .nan", r":4: .nan is no plain number"),
        ("now: 21", "now: 二十一", r":4: .*a number such as 12"),
        ("now: 21", "now: ambiguous", r":4: .*a number such as 12"),
        ("now: 21", "now: -3", r"now is -3, but .* below 0"),
        ("now: 21", "now: 2.5", r"now is 2.5, but .* whole number"),
        ("now: 21", "now: 1234567890123", r":4: .*12 digits"),
        ("now: 21", "now: 123456789012.12345", r":4: .*into quotes"),
        ("reason: 原件模糊", "reason: ' '", r":5: .*at least 1 character"),
        ("  who: 王某\n", "", r":1: 0.who: Field required"),
        ("who:", "by:", r"by: Extra inputs|who: Field required"),
        ("2024-03-02", "2024-02-30", r":8: 2024-02-30 is no date"),
        ("2024-03-02", "春节前", r":8: "),
        ("- report_id", "report_id", r":1: |:2: "),
        (ENTRY, "", r":1: should be a list"),
        (
            ENTRY,
            ENTRY + ENTRY,
            r"2024\.yaml:9: 3\|new_received\|total r0\w+ stands in 2024",
        ),
    ],
)
def test_a_wrong_entry_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    with pytest.raises(StatuteError, match=told) as error:
        load_corrections(written(tmp_path, ENTRY.replace(old, new)))
    assert "2024.yaml:" in str(error.value)


def test_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StatuteError, match=r"2024\.yaml:1: is no text in UTF-8"):
        load_corrections(written(tmp_path, ENTRY.encode("gb18030")))


def test_a_file_that_would_not_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StatuteError, match=r"2024\.yml:1: is no \.yaml file"):
        load_corrections(written(tmp_path, ENTRY, "2024.yml"))
