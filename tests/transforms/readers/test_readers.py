from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import transforms.readers
from tests.transforms.readers import hostile
from tests.transforms.readers.checks import check_places, refusal_of
from transforms.document import UnreadableFileError
from transforms.readers import read_document, readers
from transforms.readers.reader import Reader

PAGE = "<html><body><p>一、总体情况</p></body></html>"


def refusal(data: bytes) -> UnreadableFileError:
    return refusal_of(read_document, data, "报告.pdf")


def test_an_empty_file_is_refused_as_empty():
    assert refusal(b"").reason == "empty_file"


@pytest.mark.parametrize("data", [b" \n\t\n", b"<html><body><img src=a.png></body></html>"])
def test_a_file_without_text_says_so(data):
    assert refusal(data).reason == "no_text"


def test_a_file_over_the_limit_is_not_opened(monkeypatch):
    monkeypatch.setattr(transforms.readers, "LARGEST_FILE", 10)
    error = refusal(b"x" * 11)
    assert (error.reason, error.details["bytes"], error.details["limit"]) == (
        "too_large",
        "11",
        "10",
    )


@pytest.mark.parametrize(
    "data",
    [
        b"SQLite format 3\0" + bytes(84),
        b"\x7fELF\x02\x01\x01" + bytes(57),
        bytes(range(256)) * 4,
        b'<?xml version="1.0"?><pkg:package/>',
    ],
)
def test_a_format_without_a_reader_is_named_by_its_bytes(data):
    error = refusal(data)
    assert error.reason == "unknown_format"
    assert error.details["magic"].startswith(data[:16].hex(" "))
    assert error.details["formats"] == ", ".join(reader.name for reader in readers())


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        (PAGE, "text/html"),
        ("<!DOCTYPE html>\n" + PAGE, "text/html"),
        ('<?xml version="1.0"?>\n' + PAGE, "text/html"),
        ("<p>一</p><p>二</p><p>三</p>", "text/html"),
        ("<table><tr><td>规章<td>0</table>", "text/html"),
        ("# 一、总体情况\n<b>第二十条</b>\t\t\n网站（<http://a.cn/>）", "text/plain"),
        ("见<url>，一段<p>文字", "text/plain"),
        ("a < b 且 c > d", "text/plain"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_page_or_plain_text_is_told_from_the_content(text, media_type, encoding):
    document = read_document(text.encode(encoding), "任意.doc")
    assert document.media_type == media_type


def test_a_reader_that_falls_over_is_a_problem_of_this_file(monkeypatch):
    def fall(data, document_id):
        raise ZeroDivisionError("by zero")

    broken = Reader("X", "x/x", lambda data: True, fall)
    monkeypatch.setattr(transforms.readers, "readers", lambda: (broken,))
    error = refusal(b"x")
    assert (error.reason, error.details["error"]) == ("reader_failed", "ZeroDivisionError: by zero")


def test_a_reader_that_crashes_is_a_problem_of_this_file(monkeypatch):
    broken = Reader("X", "x/x", lambda data: True, hostile.abort, isolated=True)
    monkeypatch.setattr(transforms.readers, "readers", lambda: (broken,))
    assert refusal(b"x").reason == "reader_crashed"


def test_a_library_that_is_missing_is_named_with_the_command_that_brings_it(monkeypatch):
    scans = Reader(
        "X", "x/x", lambda data: True, hostile.abort, libraries=("no-such",), extra="ocr"
    )
    monkeypatch.setattr(transforms.readers, "readers", lambda: (scans,))
    error = refusal(b"x")
    assert (error.reason, error.details["libraries"]) == ("library_missing", "no-such")
    assert error.details["command"] == "pip install 'gongkai[ocr]'"


def test_the_document_id_is_the_hash_of_the_bytes():
    document = read_document(b"abc", "a.txt")
    assert document.document_id.startswith("ba7816bf8f01cfea")
    assert len(document.document_id) == 64


def test_plain_text_is_the_last_guess():
    assert [reader.last_resort for reader in readers()] == [False] * (len(readers()) - 1) + [True]


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_a_document_or_a_reason(data):
    try:
        document = read_document(data, "x")
    except UnreadableFileError as error:
        reason = error.reason
    else:
        reason = None
        check_places(document)
    assert reason != "reader_failed"


def test_the_seeds_are_plain_text_with_all_their_tables(shared):
    grid_counts = []
    for path in sorted((shared / "seeds").glob("*.txt")):
        document = read_document(path.read_bytes(), path.name)
        assert (document.media_type, document.encoding) == ("text/plain", "utf-8")
        assert document.text == path.read_text(encoding="utf-8")
        check_places(document)
        grid_counts.append(sum(hasattr(block, "cells") for block in document.blocks))
    assert grid_counts == [6, 0, 5, 4, 5]
