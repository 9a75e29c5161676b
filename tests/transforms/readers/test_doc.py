from __future__ import annotations

import struct
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.readers.checks import (
    all_places,
    check_places,
    grids,
    lines,
    places,
    refusal_of,
)
from tests.transforms.readers.msdoc import (
    DELETED,
    IN_TABLE,
    INNER_CELL,
    INNER_ROW,
    ROW_END,
    VANISH,
    Run,
    depth,
    doc,
    ole,
    row,
    symbol,
)
from tests.transforms.readers.wordml import SAMPLE_PLACES, SAMPLE_TEXT
from transforms.document import Document, Paragraph, UnreadableFileError
from transforms.readers import read_document
from transforms.readers.doc import read_doc

SAMPLE = (Path(__file__).parent / "data" / "sample.doc").read_bytes()


def changed(offset: int, value: bytes) -> bytes:
    """The sample with some bytes of its document stream changed."""
    buffer = BytesIO(SAMPLE)
    with olefile.OleFileIO(buffer, write_mode=True) as file:
        stream = file.openstream("WordDocument").read()
        end = offset + len(value)
        file.write_stream("WordDocument", stream[:offset] + value + stream[end:])
    return buffer.getvalue()


def refusal(data: bytes) -> str:
    return refusal_of(read_document, data, "年报.wps").reason


def test_the_sample_of_all_office_formats_is_read_whole():
    document = read_document(SAMPLE, "年报.wps")
    check_places(document)
    assert document.media_type == "application/msword"
    assert document.text == SAMPLE_TEXT
    assert all_places(document) == SAMPLE_PLACES
    levels = [block.heading_level for block in document.blocks if isinstance(block, Paragraph)]
    assert levels[:4] == [1, None, None, 1]


def test_a_document_with_a_password_is_said_to_have_one():
    assert refusal(changed(0x0A, b"\x00\x01")) == "encrypted"


@pytest.mark.parametrize(("offset", "value"), [(2, b"\x68\x00"), (0, b"\xdc\xa5")])
def test_word_95_is_named(offset, value):
    assert refusal(changed(offset, value)) == "old_word"


@pytest.mark.parametrize("length", [600, 2000, len(SAMPLE) - 5000])
def test_a_cut_file_is_damaged(length):
    assert refusal(SAMPLE[:length]) in {"damaged", "unknown_format"}


def test_a_piece_table_with_more_text_than_the_file_is_damaged():
    buffer = BytesIO(SAMPLE)
    with olefile.OleFileIO(buffer, write_mode=True) as file:
        word, table = (file.openstream(name).read() for name in ("WordDocument", "1Table"))
        (place,) = struct.unpack_from("<I", word, 0x1A2)
        (count,) = struct.unpack_from("<I", table, place + 1)
        last = place + 5 + 4 * ((count - 4) // 12)
        file.write_stream("1Table", table[:last] + b"\xff\xff\xff\x7f" + table[last + 4 :])
    assert refusal(buffer.getvalue()) == "damaged"


@given(st.integers(0, len(SAMPLE)), st.binary(min_size=1, max_size=8))
def test_changed_bytes_give_a_document_or_a_reason(place, other):
    with suppress(UnreadableFileError):
        check_places(read_doc(SAMPLE[:place] + other + SAMPLE[place + len(other) :], ""))


def read(*runs: Run, **parts: bytes) -> Document:
    document = read_document(doc(*runs, **parts), "年报.doc")
    check_places(document)
    return document


def cells(*texts: str, character: bytes = b"") -> list[Run]:
    return [Run(f"{text}\x07", character, IN_TABLE) for text in texts]


def end_of_row(*edges: tuple[int, int], left: int = 0, character: bytes = b"") -> Run:
    return Run("\x07", character, IN_TABLE + ROW_END + row(*edges, left=left))


PLAIN = ((1000, 0), (2000, 0))
DOWN, GOES_ON = 0x60, 0x20  # vertical marks of a cell


@pytest.mark.parametrize(("first", "other"), [(2, 1), (1, 2), (3, 1)])
def test_cells_merged_across_are_one_whichever_mark_begins_them(first, other):
    table = [
        *cells("甲", "", "乙", ""),
        end_of_row((1000, first), (2000, other), (3000, first), (4000, other)),
        *cells("1", "2", "3", "4"),
        end_of_row((1000, 0), (2000, 0), (3000, 0), (4000, 0)),
    ]
    found = places(read(*table))
    assert (found["甲"], found["乙"]) == ((0, 0, 1, 2), (0, 2, 1, 2))


def test_cells_merged_down_are_one():
    table = [
        *cells("甲", "1"), end_of_row((1000, DOWN), (2000, 0)),
        *cells("", "2"), end_of_row((1000, GOES_ON), (2000, 0)),
        *cells("乙", "3"), end_of_row(*PLAIN),
    ]  # fmt: skip
    assert places(read(*table))["甲"] == (0, 0, 2, 1)


def test_rows_with_other_edges_share_the_columns_that_are_there():
    table = [
        *cells("甲", "乙"), end_of_row((1000, 0), (3000, 0), left=-5),
        *cells("丙", "丁", "戊"), end_of_row((1010, 0), (2000, 0), (2990, 0)),
    ]  # fmt: skip
    assert places(read(*table)) == {
        "甲": (0, 0, 1, 1), "乙": (0, 1, 1, 2),
        "丙": (1, 0, 1, 1), "丁": (1, 1, 1, 1), "戊": (1, 2, 1, 1),
    }  # fmt: skip


def test_a_row_whose_properties_stand_in_the_data_stream():
    long = IN_TABLE + ROW_END + row((1000, 0), (3000, 0))
    data = b"\0" * 10 + struct.pack("<H", len(long)) + long
    huge = struct.pack("<Hi", 0x6646, 10)
    table = [*cells("甲", "1"), Run("\x07", paragraph=huge),
             *cells("乙", "2", "3"), end_of_row((1000, 0), (2000, 0), (3000, 0))]  # fmt: skip
    assert places(read(*table, data=data))["1"] == (0, 1, 1, 2)


def test_a_table_in_a_table_is_the_one_that_counts():
    inside = IN_TABLE + depth(2)
    document = read(
        Run("题目\r", paragraph=IN_TABLE + depth(1)),
        Run("甲\r", paragraph=inside + INNER_CELL),
        Run("1\r", paragraph=inside + INNER_CELL),
        Run("\r", paragraph=inside + INNER_ROW + row(*PLAIN)),
        *cells("说明", "旁"),
        end_of_row(*PLAIN),
        Run("后\r"),
    )
    assert grids(document) == [[["甲", "1"]]]
    assert lines(document) == ["题目", "说明", "旁", "后"]


def test_deleted_and_hidden_runs_are_not_read_however_they_are_marked():
    document = read(
        Run("1"), Run("5", DELETED), Run("5", VANISH), Run("5", of_piece=VANISH), Run("2\r"),
        Run("第一"), Run("\r", DELETED), Run("段\r"),
    )  # fmt: skip
    assert lines(document) == ["12", "第一段"]


def test_a_row_is_deleted_only_with_all_its_marks():
    table = [
        *cells("a", "1"), end_of_row(*PLAIN, character=DELETED),
        *cells("b", "2", character=DELETED), end_of_row(*PLAIN, character=DELETED),
        *cells("c", "3"), end_of_row(*PLAIN),
    ]  # fmt: skip
    assert grids(read(*table)) == [[["a", "1"], ["c", "3"]]]


def test_chinese_stored_a_byte_a_character_is_put_together():
    text = "政府信息公开工作年度报告，"
    document = read(Run(f"{text}\r", one_byte="gb18030"), Run("××××·“A”\r", one_byte="cp1252"))
    assert lines(document) == [text, "××××·“A”"]


def test_symbols_fields_and_special_characters():
    document = read(
        Run("a\x13 SUM \x13 X \x149\x15 \x1412\x15b\x02\x1f\x1ec\x0bd\r"),
        Run("(", symbol(0xF0FE)), Run("\r"), Run("\x13 unended \r"), Run("e\r"),
    )  # fmt: skip
    assert lines(document) == ["a12b-c", "d", "\uf0fe", "e"]


def test_a_cell_with_nothing_but_a_picture_is_not_blank():
    assert grids(read(*cells("甲", "\x01"), end_of_row(*PLAIN))) == [[["甲", "\ufffc"]]]


def level(form: int, pattern: str) -> bytes:
    """An LVL."""
    head = struct.pack("<iBB9sB8xBBH", 1, form, 0, bytes(9), 0, 0, 0, 0)
    return head + struct.pack("<H", len(pattern)) + pattern.encode("utf-16-le")


def test_automatic_numbers_are_written_out():
    one = struct.pack("<ii18xBB", 7, 0, 0, 0)  # an LSTF
    levels = level(39, "\0、") + level(37, "（\1）") + level(0, "") * 7
    lists = struct.pack("<H", 1) + one + levels
    override = struct.pack("<i8xBBH", 7, 0, 0, 0)
    again = struct.pack("<i8xBBH", 7, 1, 0, 0)
    starts = struct.pack("<III", 0xFFFFFFFF, 5, 0x10)
    overrides = struct.pack("<I", 2) + override + again + b"\xff" * 4 + starts

    def numbered(text: str, number: int, at: int) -> Run:
        stated = struct.pack("<HBHH", 0x260A, at, 0x460B, number)
        return Run(f"{text}\r", paragraph=stated)

    document = read(
        numbered("甲", 1, 0), numbered("乙", 1, 1), numbered("丙", 1, 1), numbered("丁", 1, 0),
        numbered("戊", 1, 1), numbered("己", 2, 0), numbered("庚", 0, 0), numbered("辛", 9, 0),
        lists=lists, overrides=overrides,
    )  # fmt: skip
    assert lines(document) == [
        "一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊", "五、己", "庚", "辛"
    ]  # fmt: skip


def test_tables_without_end_in_one_another_are_refused():
    assert refusal(doc(Run("a\r", paragraph=IN_TABLE + depth(1_000_000)))) == "too_complex"


def test_an_encrypted_package_is_said_to_be_one():
    assert refusal(ole({"EncryptedPackage": b"x", "EncryptionInfo": b"y"})) == "encrypted"
