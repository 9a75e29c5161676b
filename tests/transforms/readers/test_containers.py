from __future__ import annotations

import struct
import zipfile
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from transforms.readers.containers import part_names, stream_names

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zip_of(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 50)
    return buffer.getvalue()


def entry(name: str) -> bytes:
    """A directory entry of an OLE file."""
    wide = name.encode("utf-16-le") + b"\0\0"
    return (wide.ljust(64, b"\0") + struct.pack("<H", len(wide))).ljust(128, b"\0")


def test_parts_are_named_in_lower_case():
    assert part_names(zip_of("Word/Document.xml", "a\\b")) == {"word/document.xml", "a/b"}


def test_a_zip_that_breaks_off_still_shows_its_first_parts():
    whole = zip_of("xl/workbook.xml", "xl/worksheets/sheet1.xml")
    assert part_names(whole[: len(whole) // 2]) >= {"xl/workbook.xml"}


def test_a_broken_ole_file_still_shows_its_streams():
    data = OLE + bytes(504) + entry("Root Entry") + entry("Workbook") + bytes(60)
    assert "workbook" in stream_names(data)


def test_other_bytes_have_no_names():
    assert part_names(b"%PDF") == stream_names(b"PK\x03\x04") == frozenset()


@given(st.binary(max_size=2000), st.integers(0, 400), st.integers(0, 255))
def test_no_damage_makes_the_names_fail(tail, at, byte):
    part_names(b"PK\x03\x04" + tail)
    stream_names(OLE + tail)
    damaged = bytearray(zip_of("a", "b"))
    damaged[at % len(damaged)] = byte
    part_names(bytes(damaged))
