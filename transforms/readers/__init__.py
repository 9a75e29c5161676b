"""Bytes of any readable format -> Document.

A format is one module of this folder with a `READER`; see transforms/readers/reader.py.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from functools import cache

from transforms.document import Document, UnreadableFileError
from transforms.readers.containers import DOCUMENT_PARTS, is_broken_container, part_names
from transforms.readers.reader import Reader

# Reports are far below 1 MiB of text; a scanned PDF or a Word page with pictures inside reaches
# tens of MiB. Above this a file is an archive or a mistake, and would cost memory, not time only.
LARGEST_FILE = 64 * 1024 * 1024  # bytes

_SHOWN_BYTES = 16  # of an unknown file: enough for every magic number in use


def read_document(data: bytes, name: str) -> Document:
    """Read one file, choosing the reader by content; `name` only tells a person which file it was.

    Raises UnreadableFileError, and nothing else for bad bytes: `empty_file`, `too_large`,
    `unknown_format`, `archive_unopened`, `damaged`, `no_text`, `library_missing`,
    `reader_failed`, what the reader itself refuses, and for an isolated one `reader_crashed`,
    `reader_timeout` and `reader_memory`.
    """
    if not data:
        raise UnreadableFileError("empty_file", name=name)
    if len(data) > LARGEST_FILE:
        raise UnreadableFileError("too_large", name=name, bytes=len(data), limit=LARGEST_FILE)
    try:
        document = _read(data)
    except UnreadableFileError:
        raise
    except Exception as error:  # the one place where a reader's fall over bad bytes is caught
        cause = f"{type(error).__name__}: {error}"
        raise UnreadableFileError("reader_failed", name=name, error=cause) from error
    if document is None:
        raise _unknown(data, name)
    if not document.text.strip():
        raise UnreadableFileError("no_text", name=name)
    return document


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader of this folder, in the order they are asked."""
    modules = (
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
        if not module.ispkg
    )
    found = [module.READER for module in modules if hasattr(module, "READER")]
    return tuple(sorted(found, key=lambda reader: (reader.last_resort, reader.name)))


def _read(data: bytes) -> Document | None:
    for reader in readers():
        if reader.recognises(data):
            _require_libraries(reader)
            document_id = hashlib.sha256(data).hexdigest()
            if not reader.isolated:
                return reader.read(data, document_id)
            from transforms.readers.isolation import read_isolated  # noqa: PLC0415 - only when needed

            return read_isolated(reader, data, document_id)
    return None


def _require_libraries(reader: Reader) -> None:
    missing = [library for library in reader.libraries if library_version(library) is None]
    if missing and reader.extra is not None:
        raise UnreadableFileError(
            "library_missing",
            format=reader.name,
            libraries=", ".join(missing),
            command=install_command(reader.extra),
        )


@cache
def library_version(library: str) -> str | None:
    """The version of an installed distribution; None where it is missing."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - only doctor asks

    try:
        return version(library)
    except PackageNotFoundError:
        return None


def install_command(extra: str | None) -> str:
    """What a person types to get this package with an extra, or with all that it always needs."""
    return "pip install gongkai" if extra is None else f"pip install 'gongkai[{extra}]'"


def _unknown(data: bytes, name: str) -> UnreadableFileError:
    """What to say of bytes that no reader knows."""
    from transforms.archives.formats import looks_like  # noqa: PLC0415 - loads every unpacker

    archive = looks_like(data[:512])
    if archive is not None and DOCUMENT_PARTS.isdisjoint(part_names(data)):
        return UnreadableFileError("archive_unopened", format=archive.name)
    if is_broken_container(data):
        return UnreadableFileError("damaged", error="@no_list_of_contents")
    formats = ", ".join(reader.name for reader in readers())
    return UnreadableFileError(
        "unknown_format", name=name, magic=_first_bytes(data), formats=formats
    )


def _first_bytes(data: bytes) -> str:
    first = data[:_SHOWN_BYTES]
    printable = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in first)
    return f"{first.hex(' ')} {printable!r}"
