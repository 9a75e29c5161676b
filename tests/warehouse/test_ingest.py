"""What is taken in, what is a duplicate, what cannot be opened."""

from __future__ import annotations

import os
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.factories import make_report
from tests.warehouse.conftest import START, commit_of
from transforms.records import DocumentStatus, Problem
from warehouse import lock, publish, write
from warehouse.errors import InputError
from warehouse.home import Home
from warehouse.ingest import Manifest, read_raw, take_in
from warehouse.walk import find_inputs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "报告"
    (folder / "sub").mkdir(parents=True)
    (folder / "b.txt").write_bytes(b"same")
    (folder / "a.txt").write_bytes(b"same")
    (folder / "sub" / "c.txt").write_bytes(b"other")
    (folder / ".hidden").write_bytes(b"no")
    return folder


def take(home: Home, *paths: Path, batch_id: str | None = None) -> Manifest:
    with lock.writer(home):
        return take_in(home, find_inputs(home, paths), batch_id)


def test_files_come_sorted_with_the_folder_name_and_without_hidden_ones(
    home: Home, folder: Path
) -> None:
    paths = [source_path for source_path, _ in find_inputs(home, [folder])]
    assert paths == ["报告/a.txt", "报告/b.txt", "报告/sub/c.txt"]


def test_bytes_are_stored_once_and_the_second_of_a_kind_is_a_duplicate(
    home: Home, folder: Path
) -> None:
    first, second, third = take(home, folder).entries
    assert read_raw(home, first) == b"same"
    assert second.duplicate_of == "报告/a.txt"
    settled = second.settled()
    assert settled is not None
    assert settled.status is DocumentStatus.DUPLICATE
    assert (first.settled(), third.settled()) == (None, None)
    stored = [path for path in home.raw_folder.rglob("*") if path.is_file()]
    assert sorted(path.name for path in stored) == sorted({first.document_id, third.document_id})


def test_the_default_batch_id_comes_from_the_content(home: Home, folder: Path) -> None:
    before = take(home, folder).batch_id
    assert take(home, folder).batch_id == before
    (folder / "b.txt").write_bytes(b"changed")
    assert take(home, folder).batch_id != before


def test_a_report_of_another_batch_is_a_duplicate_but_not_of_its_own(
    home: Home, folder: Path
) -> None:
    manifest = take(home, folder / "sub", batch_id="first")
    document_id = manifest.entries[0].document_id
    extraction = replace(make_report(source_path="sub/c.txt"), document_id=document_id)
    with lock.writer(home):
        written = write.write_chunk(home, "first", [extraction])
        publish.publish(home, commit_of("first", written, START))
    again = take(home, folder / "sub", batch_id="first")
    later = take(home, folder / "sub", batch_id="second")
    assert again.entries[0].duplicate_of is None
    assert later.entries[0].duplicate_of == "sub/c.txt (first)"


def test_a_file_that_cannot_be_opened_is_a_problem_of_that_file(home: Home, folder: Path) -> None:
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    (folder / "loop").symlink_to(folder / "loop")
    os.mkfifo(folder / "pipe")
    refused = {e.source_path: e.settled() for e in take(home, folder).entries if e.problem}
    assert sorted(refused) == ["报告/gone.txt", "报告/loop", "报告/pipe"]
    for extraction in refused.values():
        assert extraction is not None
        assert extraction.status is DocumentStatus.QUARANTINED


def test_links_back_up_and_the_home_itself_are_not_followed(home: Home) -> None:
    top = home.path.parent
    (top / "x.txt").write_bytes(b"x")
    (top / "up").symlink_to(top)
    (home.inbox / "in.txt").write_bytes(b"in")
    assert [name for name, _ in find_inputs(home, [top])] == [f"{top.name}/x.txt"]
    assert [name for name, _ in find_inputs(home, [home.inbox])] == ["inbox/in.txt"]


def test_folders_of_the_same_name_are_told_apart_and_a_file_is_taken_once(
    home: Home, tmp_path: Path
) -> None:
    for parent in ("x", "y"):
        (tmp_path / parent / "2023").mkdir(parents=True)
        (tmp_path / parent / "2023" / "a.txt").write_text(parent)
    given = [tmp_path / "x" / "2023", tmp_path / "y" / "2023", tmp_path / "x" / "2023" / "a.txt"]
    names = [name for name, _ in find_inputs(home, given)]
    assert names == ["2023/a.txt", "2023~2/a.txt"]


def test_names_that_are_no_utf8_or_very_long_are_taken(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "names"
    folder.mkdir()
    (folder / os.fsdecode(b"\xb1\xa8.txt")).write_bytes(b"gbk")
    (folder / ("长" * 85)).write_bytes(b"long")
    entries = take(home, folder).entries
    assert [entry.source_path for entry in entries] == [
        "names/\\xb1\\xa8.txt",
        "names/" + "长" * 85,
    ]


def test_a_missing_path_is_told_in_one_line(home: Home, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file") as caught:
        find_inputs(home, [tmp_path / "没有"])
    assert "路径不存在" in caught.value.text("zh")


@pytest.mark.parametrize("name", ["", "..", "a/b", ".x", "a'b", "长" * 40, "a\n", "a."])
def test_a_batch_name_that_is_no_folder_name_is_refused(home: Home, name: str) -> None:
    with pytest.raises(InputError, match="batch name"):
        take(home, batch_id=name)


def test_a_batch_may_be_empty_and_have_a_chinese_name(home: Home) -> None:
    assert take(home, batch_id="2024年_第1批").entries == ()


def zipped(path: Path, **members: bytes) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)


def test_an_archive_is_listed_and_everything_in_it_is_an_input(home: Home, folder: Path) -> None:
    zipped(folder / "年报.zip", 某局__年报=b"report", b=b"same", 坏=b"")
    entries = {entry.source_path: entry for entry in take(home, folder).entries}
    archive = entries["报告/年报.zip"].settled()
    assert archive is not None
    assert archive.status is DocumentStatus.NOT_A_REPORT
    assert archive.reason == Problem("archive_opened", "报告/年报.zip", (("files", "3"),))
    member = entries["报告/年报.zip!/某局/年报"]
    assert (member.settled(), read_raw(home, member)) == (None, b"report")
    assert entries["报告/年报.zip!/b"].duplicate_of == "报告/a.txt"
    assert home.raw(entries["报告/年报.zip"].document_id).exists()
    assert not [path for path in home.raw_folder.iterdir() if path.name.startswith(".")]


def test_the_same_archive_twice_is_opened_once(home: Home, folder: Path) -> None:
    zipped(folder / "年报.zip", a=b"1")
    zipped(folder / "again.zip", a=b"1")
    shutil.copy(folder / "年报.zip", folder / "again.zip")
    names = {entry.source_path: entry for entry in take(home, folder).entries}
    assert names["报告/年报.zip"].duplicate_of == "报告/again.zip"
    assert [name for name in names if "!" in name] == ["报告/again.zip!/a"]


def test_an_archive_that_cannot_be_opened_is_a_problem_of_that_file(
    home: Home, folder: Path
) -> None:
    (folder / "x.rar").write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(50))
    entry = {entry.source_path: entry for entry in take(home, folder).entries}["报告/x.rar"]
    settled = entry.settled()
    assert settled is not None
    assert settled.status is DocumentStatus.QUARANTINED


def test_a_file_over_the_limit_is_kept_and_never_loaded(home: Home, folder: Path) -> None:
    with (folder / "huge.pdf").open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(100 << 20)
    entry = {entry.source_path: entry for entry in take(home, folder).entries}["报告/huge.pdf"]
    settled = entry.settled()
    assert settled is not None
    assert settled.reason is not None
    assert settled.reason.code == "too_large"
    assert home.raw(entry.document_id).exists()


def test_what_a_browser_put_beside_a_page_is_no_input(home: Home, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    (pages / "a_files").mkdir(parents=True)
    (pages / "a.html").write_bytes(b"<p>x")
    (pages / "a_files" / "ad.htm").write_bytes(b"<p>ad")
    assert [name for name, _ in find_inputs(home, [pages])] == ["pages/a.html"]
