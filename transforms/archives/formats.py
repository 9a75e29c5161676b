"""A path -> which archive it is, if any, and its members into a Sink.

ZIP, TAR, 7Z, and tars or single files packed by gzip, bzip2 or xz.

RAR is known and refused: there is no library for it that is free and needs no program beside it.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from transforms.archives.sevenzip import LIBRARY, take_sevenzip
from transforms.archives.sink import (
    ArchiveRefusedError,
    FullError,
    Limits,
    Plain,
    Refused,
    Sink,
    decoded,
)
from transforms.readers.containers import DOCUMENT_PARTS, part_names

_TAR_HEADER = 512
_END_OF_LIST = b"PK\x05\x06"  # its list of contents has its size 12 bytes on
_LONGEST_HEAD = 64 * 1024
_LONGEST_TAIL = 22 + 65535
_LARGEST_LIST = 4 << 20  # bytes
_ENCRYPTED = 0x1  # flags of a zip's member
_UTF8 = 0x800
# What the standard library raises over bytes that are no archive, or no longer.
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)

Take = Callable[[Path, Sink], None]


@dataclass(frozen=True, slots=True)
class Format:
    """An archive: what people call it, how it begins, and what takes its members out."""

    name: str
    magic: tuple[bytes, ...]
    take: Take
    libraries: tuple[str, ...] = ()  # distributions that do the work, as pip knows them
    refused: bool = False  # known, and never opened


def archive_format(path: Path) -> Format | None:
    """The kind of archive by the first bytes; None for what is none, also for a document."""
    with path.open("rb") as file:
        form = looks_like(file.read(_TAR_HEADER))
    return None if form is not None and form.name == "ZIP" and _is_document(path) else form


def looks_like(head: bytes) -> Format | None:
    """The kind of archive that begins like this; a document may be a zip too."""
    for form in FORMATS.values():
        if head.startswith(form.magic):
            return form
    return FORMATS["TAR"] if _is_tar(head) else None


def unpack(name: str, path: Path, folder: Path, shown: str, limits: Limits) -> Plain:
    """Take everything out of an archive into a folder; `Unpacked` as plain values.

    `shown` is the archive's name, after which the one file in a `.gz` is called.
    """
    sink = Sink(folder, limits, path.stat().st_size, shown)
    try:
        FORMATS[name].take(path, sink)
    except FullError as full:
        return sink.unpacked(Refused("archive_too_large", {"limit": str(full)})).as_plain()
    except _BROKEN as error:
        damage = Refused("damaged", {"error": str(error) or type(error).__name__})
        return sink.unpacked(damage).as_plain()
    except ArchiveRefusedError as error:
        return sink.unpacked(error.refused).as_plain()
    return sink.unpacked().as_plain()


def _is_tar(head: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(head[:_TAR_HEADER], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def _is_document(path: Path) -> bool:
    """Whether a zip is a DOCX, XLSX, ODT, OFD or the like. One with a huge list is none."""
    with path.open("rb") as file:
        head = file.read(_LONGEST_HEAD)
        file.seek(max(path.stat().st_size - _LONGEST_TAIL, 0))
        tail = file.read()
    end = tail.rfind(_END_OF_LIST)
    if end < 0:  # it breaks off
        return not DOCUMENT_PARTS.isdisjoint(part_names(head))
    if int.from_bytes(tail[end + 12 : end + 16], "little") > _LARGEST_LIST:
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower().lstrip("/") for name in archive.namelist()}
    except _BROKEN:
        return False
    return not DOCUMENT_PARTS.isdisjoint(names)


def _take_zip(path: Path, sink: Sink) -> None:
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        for member, name in zip(members, _zip_names(members), strict=True):
            if stat.S_ISLNK(member.external_attr >> 16):
                sink.refuse(name, "not_a_file")
            elif member.flag_bits & _ENCRYPTED:
                sink.refuse(name, "encrypted")
            else:
                try:
                    with archive.open(member) as stream:
                        sink.take(name, stream)
                except _BROKEN as error:
                    sink.refuse(name, "damaged", error=str(error) or type(error).__name__)


def _zip_names(members: list[zipfile.ZipInfo]) -> list[str]:
    """Names as they are meant: those without the UTF-8 mark are mostly GBK."""
    unmarked = [m.orig_filename.encode("cp437") for m in members if not m.flag_bits & _UTF8]
    guessed = iter(decoded(unmarked))
    return [m.orig_filename if m.flag_bits & _UTF8 else next(guessed) for m in members]


def _take_tar(path: Path, sink: Sink) -> None:
    with path.open("rb") as file:
        _take_tar_stream(file, sink)


def _take_tar_stream(file: IO[bytes], sink: Sink) -> None:
    with tarfile.open(fileobj=file, mode="r|", encoding="utf-8") as archive:
        for member in archive:
            if member.isdir():
                continue
            name = decoded([os.fsencode(member.name)])[0]
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is None:
                sink.refuse(name, "not_a_file")
            else:
                sink.take(name, stream)


def _take_packed(opened: Callable[[Path], Any]) -> Take:
    """Of a tar that was packed, its members; else the one file there is."""

    def take(path: Path, sink: Sink) -> None:
        with opened(path) as file:
            is_tar = _is_tar(file.read(_TAR_HEADER))
        with opened(path) as file:
            if is_tar:
                _take_tar_stream(file, sink)
            else:
                sink.take(_without_ending(sink.archive_name), file)

    return take


def _without_ending(name: str) -> str:
    path = PurePosixPath(name)
    return path.stem if path.suffix.lower() in (".gz", ".bz2", ".xz") else path.name


def _take_rar(path: Path, sink: Sink) -> None:  # noqa: ARG001 - nothing is taken
    raise ArchiveRefusedError("archive_unsupported", format="RAR")


FORMATS = {
    form.name: form
    for form in (
        Format("ZIP", (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"), _take_zip),
        Format("7Z", (b"7z\xbc\xaf\x27\x1c",), take_sevenzip, (LIBRARY,)),
        Format("RAR", (b"Rar!\x1a\x07",), _take_rar, refused=True),
        Format("GZ", (b"\x1f\x8b",), _take_packed(gzip.open)),
        Format("BZ2", (b"BZh",), _take_packed(bz2.open)),
        Format("XZ", (b"\xfd7zXZ\x00",), _take_packed(lzma.open)),
        Format("TAR", (), _take_tar),
    )
}
