from __future__ import annotations

import struct
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transforms.readers.checks import all_places, check_places
from tests.transforms.readers.wordml import SAMPLE_PLACES, SAMPLE_TEXT
from transforms.document import Paragraph, UnreadableFileError
from transforms.messages import problems
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
    with pytest.raises(UnreadableFileError) as refused:
        read_document(data, "年报.wps")
    assert problems().both(refused.value.reason, **refused.value.details)
    return refused.value.reason


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
