"""Archives of every kind, whole and hostile, opened in a process of their own."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
from pathlib import Path

import py7zr
import pytest

from transforms.archives import nested
from transforms.archives.nested import Found, open_archive
from transforms.archives.sink import Limits
from transforms.messages import problems

MEMBERS = {"某局/年报.txt": b"report", "b.txt": b"other"}


def zip_of(members: dict[str, bytes], method=zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tar_of(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def sevenzip_of(members: dict[str, bytes], **options) -> bytes:
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w", **options) as archive:
        for name, content in members.items():
            archive.writestr(content, name)
    return buffer.getvalue()


@pytest.fixture
def opened(tmp_path):
    """What comes out of an archive: source path to its Found and its bytes."""

    def call(data: bytes, name="年报.zip") -> dict[str, tuple[Found, bytes]]:
        path = tmp_path / "stored"
        path.write_bytes(data)
        place = tmp_path / "unpacked"
        place.mkdir()
        found = list(open_archive(name, path, place))
        outside = set(tmp_path.rglob("*")) - set(place.rglob("*")) - {path, place}
        assert not outside
        assert len({one.source_path for one in found}) == len(found)
        for one in found:
            if one.problem:  # all details of the message are there
                assert problems().both(one.problem.code, **dict(one.problem.details))
        return {one.source_path: (one, one.path.read_bytes() if one.path else b"") for one in found}

    return call


def contents(found) -> dict[str, bytes]:
    return {name: data for name, (one, data) in found.items() if one.opened_into is None}


def reasons(found) -> dict[str, str]:
    return {name: one.problem.code for name, (one, _) in found.items() if one.problem}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.zip", zip_of(MEMBERS)),
        ("x.tar", tar_of(MEMBERS)),
        ("x.tar.gz", gzip.compress(tar_of(MEMBERS))),
        ("x.tar.bz2", bz2.compress(tar_of(MEMBERS))),
        ("x.tar.xz", lzma.compress(tar_of(MEMBERS))),
        ("x.7z", sevenzip_of(MEMBERS)),
    ],
    ids=["zip", "tar", "gz", "bz2", "xz", "7z"],
)
def test_every_member_comes_out_under_the_name_of_its_archive(opened, name, data):
    found = opened(data, name)
    assert contents(found) == {
        f"{name}!/某局/年报.txt": b"report",
        f"{name}!/b.txt": b"other",
    }
    assert (found[name][0].opened_into, reasons(found)) == (2, {})


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_comes_out_under_the_name_it_had(opened, pack):
    assert contents(opened(pack(b"report"), "年报.txt.gz")) == {"年报.txt.gz!/年报.txt": b"report"}


def test_a_file_that_is_no_archive_comes_back_as_it_is(opened):
    assert contents(opened(b"report", "a.txt")) == {"a.txt": b"report"}


@pytest.mark.parametrize("part", ["[Content_Types].xml", "OFD.xml", "mimetype"])
def test_a_document_that_is_a_zip_is_no_archive(opened, part):
    data = zip_of({part: b"x", "word/document.xml": b"x"})
    assert [*contents(opened(data))] == ["年报.zip"]


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml"])
def test_a_document_without_its_list_of_types_is_no_archive(opened, part):
    assert [*contents(opened(zip_of({part: b"x"})))] == ["年报.zip"]


def test_a_document_that_breaks_off_is_no_archive(opened):
    data = zip_of({"[Content_Types].xml": b"x", "word/document.xml": os.urandom(900)})
    assert [*contents(opened(data[:-300]))] == ["年报.zip"]


def test_names_in_gbk_without_a_mark_are_read(opened):
    plain = zip_of({"AAAAAA.txt": b"1", "BBBB/CCCC.txt": b"2"})
    for old, new in (("AAAAAA", "石坪镇"), ("BBBB", "某局"), ("CCCC", "联通")):
        plain = plain.replace(old.encode(), new.encode("gbk"))
    assert [*contents(opened(plain))] == ["年报.zip!/石坪镇.txt", "年报.zip!/某局/联通.txt"]


def test_names_of_a_tar_in_gbk_are_read(opened):
    data = tar_of({os.fsdecode("石坪镇.txt".encode("gbk")): b"1"})
    assert [*contents(opened(data, "x.tar"))] == ["x.tar!/石坪镇.txt"]


def test_archives_in_archives_are_opened_to_a_depth(opened):
    data = b"report"
    for level in range(7):
        data = zip_of({f"{level}.txt" if level == 0 else f"{level}.zip": data})
    found = opened(data)
    assert [*reasons(found).values()] == ["archive_too_deep"]
    assert len(found) == nested.DEEPEST + 1


def test_hidden_and_system_files_are_left_out(opened):
    data = zip_of({"a.txt": b"a", "__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "Thumbs.db": b"x"})
    found = opened(data)
    assert [*contents(found)] == ["年报.zip!/a.txt"]
    assert found["年报.zip"][0].opened_into == 1


def test_two_members_of_one_name_are_told_apart(opened):
    data = zip_of({"a.txt": b"1", "b.txt": b"2"}).replace(b"b.txt", b"a.txt")
    assert contents(opened(data)) == {
        "年报.zip!/a.txt": b"1",
        "年报.zip!/a~2.txt": b"2",
    }


@pytest.mark.parametrize("make", [zip_of, tar_of])
def test_a_name_that_leads_out_is_refused_and_kept(opened, make):
    found = opened(make({"../../etc/年报.txt": b"evil", "/root/a.txt": b"a", "C:\\x\\b.txt": b"b"}))
    assert reasons(found) == {"年报.zip!/etc/年报.txt": "unsafe_name"}
    assert found["年报.zip!/etc/年报.txt"][1] == b"evil"
    assert {"年报.zip!/root/a.txt", "年报.zip!/x/b.txt"} < {*found}


def test_links_are_refused(opened):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in (("link", tarfile.SYMTYPE), ("pipe", tarfile.FIFOTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    found = opened(buffer.getvalue())
    assert set(reasons(found).values()) == {"not_a_file"}
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    assert set(reasons(opened_again(found, link)).values()) == {"not_a_file"}


def opened_again(found, link) -> dict[str, tuple[Found, bytes]]:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    path = next(one.path for one, _ in found.values() if one.path)
    path.write_bytes(buffer.getvalue())
    place = path.with_name("again")
    place.mkdir()
    return {one.source_path: (one, b"") for one in open_archive("x.zip", path, place)}


def test_encrypted_members_are_refused_one_by_one(opened):
    data = bytearray(zip_of({"a.txt": b"a", "b.txt": b"b"}, zipfile.ZIP_STORED))
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    data[6] |= 1
    found = opened(bytes(data))
    assert reasons(found) == {"年报.zip!/a.txt": "encrypted"}
    assert contents(found)["年报.zip!/b.txt"] == b"b"


@pytest.mark.parametrize("header", [True, False])
def test_an_encrypted_7z_says_so(opened, header):
    data = sevenzip_of(MEMBERS, password="x", header_encryption=header)
    assert reasons(opened(data, "x.7z")) == {"x.7z": "encrypted"}


def test_rar_is_recognised_and_refused(opened):
    found = opened(b"Rar!\x1a\x07\x01\x00" + bytes(100), "x.rar")
    assert reasons(found) == {"x.rar": "archive_unsupported"}


def test_a_damaged_member_is_one_problem(opened):
    data = zip_of({"a.txt": b"aaaa", "b.txt": b"bbbb"}, zipfile.ZIP_STORED)
    found = opened(data.replace(b"aaaa", b"aaxa"))
    assert reasons(found) == {"年报.zip!/a.txt": "damaged"}
    assert contents(found)["年报.zip!/b.txt"] == b"bbbb"


@pytest.mark.parametrize(
    "data",
    [
        zip_of(MEMBERS)[:60],
        gzip.compress(os.urandom(9999))[:500],
        lzma.compress(os.urandom(9999))[:500],
        sevenzip_of({"a": os.urandom(9999)})[:500],
        b"7z\xbc\xaf\x27\x1c" + bytes(100),
        b"PK\x05\x06" + bytes(4),
    ],
    ids=["zip", "gz", "xz", "7z", "7z_header", "zip_end"],
)
def test_an_archive_that_breaks_off_is_one_problem(opened, data):
    found = opened(data)
    assert reasons(found)["年报.zip"] in ("damaged", "reader_failed", "archive_empty")


def test_a_7z_with_a_changed_byte_gives_no_changed_member(opened):
    data = bytearray(sevenzip_of(MEMBERS, filters=[{"id": py7zr.FILTER_COPY}]))
    data[data.index(b"report")] ^= 1
    found = opened(bytes(data), "x.7z")
    assert reasons(found)["x.7z"] == "damaged"
    sound = {name for name in contents(found) if name not in reasons(found)}
    assert not any(contents(found)[name] not in MEMBERS.values() for name in sound)


def test_what_came_out_before_a_tar_broke_off_is_kept(opened):
    data = tar_of({"a.txt": b"a" * 600, "b.txt": b"b" * 6000})
    found = opened(data[:3500], "x.tar")
    assert reasons(found) == {"x.tar": "damaged"}
    assert contents(found)["x.tar!/a.txt"] == b"a" * 600


def test_an_archive_without_files_says_so(opened):
    assert reasons(opened(zip_of({}))) == {"年报.zip": "archive_empty"}


@pytest.mark.parametrize("pack", ["zip", "gz", "7z", "xz"])
def test_a_bomb_is_cut_off(opened, pack):
    bomb = bytes(80 << 20)
    data = {
        "zip": lambda: zip_of({"a.txt": b"a", "bomb": bomb}),
        "gz": lambda: gzip.compress(bomb, 1),
        "7z": lambda: sevenzip_of(
            {"bomb": bomb}, filters=[{"id": py7zr.FILTER_LZMA2, "preset": 0}]
        ),
        "xz": lambda: lzma.compress(bomb, preset=0),
    }[pack]()
    found = opened(data)
    assert reasons(found)["年报.zip"] == "archive_too_large"
    assert sum(len(content) for content in contents(found).values()) <= 65 << 20
    assert pack != "zip" or found["年报.zip!/a.txt"][1] == b"a"


def test_members_are_counted_over_all_levels(opened, monkeypatch):
    monkeypatch.setattr(nested, "LIMITS", Limits(members=6, total=1 << 20, ratio=10))
    inner = zip_of({f"{number}.txt": b"%d" % number for number in range(4)})
    found = opened(zip_of({"a.zip": inner, "b.zip": inner + b" "}))
    assert reasons(found) == {"年报.zip!/b.zip": "archive_too_large"}
    assert sum(name.startswith("年报.zip!/a.zip!/") for name in found) == 4


def test_a_zip_whose_members_overlap_does_not_unpack_a_hundred_times(opened):
    """One kernel of data listed again and again, after David Fifield's bomb."""
    data = zip_of({"0": bytes(40 << 20)})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry, count = data[start:end], 200
    entries = b"".join(entry[:46] + b"%d" % (i % 10) for i in range(count))
    tail = data[end:]
    counts = count.to_bytes(2, "little") * 2 + len(entries).to_bytes(4, "little")
    found = opened(data[:start] + entries + tail[:8] + counts + tail[16:])
    assert sum(len(content) for content in contents(found).values()) <= 200 << 20
    assert reasons(found)


def test_pages_of_a_saved_page_are_left_out(opened):
    data = zip_of({"a.html": b"<p>x", "a_files/ad.htm": b"x", "a_files/x.css": b"x"})
    assert [*contents(opened(data))] == ["年报.zip!/a.html"]


def test_a_path_with_an_odd_name_is_shown(opened):
    found = opened(zip_of({"a\nb\x01.txt": b"1", "长" * 300 + ".txt": b"2"}))
    assert "年报.zip!/a_b_.txt" in found


def test_the_folder_is_all_that_is_written_to(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of(MEMBERS))
    place = tmp_path / "place"
    place.mkdir()
    found = list(open_archive("a.zip", path, place))
    assert all(Path(one.path).is_relative_to(place) for one in found[1:])
