from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.document import UnreadableFileError
from transforms.messages import problems
from transforms.readers import zipped
from transforms.readers.zipped import ZippedParts


def zip_of(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def reason(data: bytes, name: str = "a") -> str:
    with pytest.raises(UnreadableFileError) as refused:
        ZippedParts(data).read(name)
    assert problems().both(refused.value.reason, **refused.value.details)
    return refused.value.reason


def test_members_are_read_by_name_whatever_case_and_slash():
    parts = ZippedParts(zip_of({"Word\\Document.xml": b"one", "b": b""}))
    assert parts.read("word/document.xml") == parts.read("/word/document.xml") == b"one"
    assert (parts.read("b"), parts.read("c"), "B" in parts) == (b"", None, True)


@pytest.mark.parametrize("ruin", [lambda zip: zip[:-30], lambda zip: zip.replace(b"abc", b"abd")])
def test_a_cut_or_changed_zip_is_damaged(ruin):
    assert reason(ruin(zip_of({"a": b"abc" * 9}, zipfile.ZIP_STORED))) == "damaged"


def test_a_member_with_a_password_is_encrypted():
    data = bytearray(zip_of({"a": b"abc"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert reason(bytes(data)) == "encrypted"


def test_a_compression_that_asks_for_memory_is_refused():
    assert reason(zip_of({"a": b"abc"}, zipfile.ZIP_LZMA)) == "damaged"


def test_a_bomb_is_not_unpacked():
    assert reason(zip_of({"a": b"0" * (8 << 20)})) == "too_large_inside"


def test_all_members_together_are_bounded(monkeypatch):
    monkeypatch.setattr(zipped, "LARGEST_TOTAL", 150)
    parts = ZippedParts(zip_of({"a": bytes(100), "b": bytes(100)}))
    assert parts.read("a") == bytes(100)
    with pytest.raises(UnreadableFileError):
        parts.read("b")


def test_more_members_than_any_document_has_are_not_listed(monkeypatch):
    monkeypatch.setattr(zipped, "LARGEST_COUNT", 3)
    assert reason(zip_of(dict.fromkeys("abcd", b""))) == "too_complex"


@given(st.integers(0, 200), st.binary(min_size=1, max_size=8))
def test_changed_bytes_give_content_or_a_reason(place, other):
    data = zip_of({"a": b"abc" * 20, "b": b"x"})
    place %= len(data)
    data = data[:place] + other + data[place + len(other) :]
    with suppress(UnreadableFileError):
        ZippedParts(data).read("a")
