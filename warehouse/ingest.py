"""Input files -> their bytes in raw/, and a manifest that says which of them are to be read.

An archive is opened: what is in it is an input of its own, `年报.zip!/某局/年报.pdf`.

Nothing is visible to users of the warehouse yet; raw bytes are kept once, whatever comes later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import duckdb
import pyarrow as pa

from transforms.archives.formats import archive_format
from transforms.archives.nested import open_archive
from transforms.readers import LARGEST_FILE
from transforms.records import DocumentStatus, Extraction, Problem
from warehouse import catalog, files, lock
from warehouse.errors import HomeError
from warehouse.home import Home, check_batch_id
from warehouse.sql import parquet


@dataclass(frozen=True, slots=True)
class Entry:
    """One input file. `document_id` is empty where the file could not be opened."""

    source_path: str
    document_id: str
    bytes: int
    duplicate_of: str | None = None  # source path, with the batch where it is another one
    problem: Problem | None = None
    opened_into: int | None = None  # of an archive: the files in it, which have entries too

    def settled(self) -> Extraction | None:
        """The outcome of a file that is not to be read; null for one that is."""
        if self.problem is not None:
            return self._refused(DocumentStatus.QUARANTINED, self.problem)
        if self.duplicate_of is not None:
            reason = Problem("duplicate", self.source_path, (("other", self.duplicate_of),))
            return self._refused(DocumentStatus.DUPLICATE, reason)
        if self.opened_into is not None:
            files_in_it = (("files", str(self.opened_into)),)
            reason = Problem("archive_opened", self.source_path, files_in_it)
            return self._refused(DocumentStatus.NOT_A_REPORT, reason)
        if self.bytes > LARGEST_FILE:
            sizes = (("bytes", str(self.bytes)), ("limit", str(LARGEST_FILE)))
            reason = Problem("too_large", self.source_path, sizes)
            return self._refused(DocumentStatus.QUARANTINED, reason)
        return None

    def _refused(self, status: DocumentStatus, reason: Problem) -> Extraction:
        return Extraction.without_report(
            self.source_path, status, reason, self.document_id, self.bytes
        )


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a batch takes in, by source path."""

    batch_id: str
    entries: tuple[Entry, ...]


def take_in(
    home: Home, inputs: Sequence[tuple[str, Path]], batch_id: str | None = None
) -> Manifest:
    """Store the bytes of every file once, open archives, and find the duplicates.

    `inputs` are (source path, file) as `walk.find_inputs` gives them; source paths are unique.
    A duplicate has the bytes of an earlier file of the batch or of a report of another committed
    batch. Without a batch id the batch is named by its content. Called under the writer's lock.
    Raises InputError for a bad batch id, HomeError when the home cannot be written.
    """
    lock.require_writer(home)
    entries = sorted(_store_all(home, inputs), key=lambda entry: entry.source_path)
    name = batch_id_of(entries) if batch_id is None else check_batch_id(batch_id)
    known = _extracted_elsewhere(home, name, [entry.document_id for entry in entries])
    return Manifest(name, tuple(_mark_duplicates(entries, known)))


def batch_id_of(entries: Iterable[Entry]) -> str:
    """The default batch id: same source paths and bytes, same id."""
    digest = hashlib.sha256()
    for entry in sorted(entries, key=lambda entry: entry.source_path):
        digest.update(f"{entry.document_id} {entry.source_path}\n".encode())
    return f"batch-{digest.hexdigest()[:12]}"


def read_raw(home: Home, entry: Entry) -> bytes:
    """The stored bytes of an entry."""
    return home.raw(entry.document_id).read_bytes()


def _store_all(home: Home, inputs: Sequence[tuple[str, Path]]) -> Iterable[Entry]:
    """An entry for every file and every file in an archive; the same archive is opened once."""
    opened: set[str] = set()
    for source_path, path in sorted(inputs):
        entry = _store(home, source_path, path)
        if entry.problem is None and entry.document_id not in opened:
            stored = home.raw(entry.document_id)
            if archive_format(stored) is not None:
                opened.add(entry.document_id)
                yield from _open(home, entry, stored)
                continue
        yield entry


def _open(home: Home, archive: Entry, stored: Path) -> Iterable[Entry]:
    """An archive and everything in it."""
    with TemporaryDirectory(dir=home.raw_folder, prefix=".", suffix=".tmp") as folder:
        for found in open_archive(archive.source_path, stored, Path(folder)):
            if found.path is None:
                entry = Entry(found.source_path, "", 0)
            elif found.path == stored:
                entry = archive
            else:
                entry = _store(home, found.source_path, found.path)
            yield replace(entry, problem=found.problem, opened_into=found.opened_into)


def _store(home: Home, source_path: str, path: Path) -> Entry:
    try:
        with _open_file(path) as file:
            document_id, length = files.sha256_of(file)
    except OSError as error:
        details = (("error", error.strerror or str(error)),)
        return Entry(source_path, "", 0, problem=Problem("unopenable", source_path, details))
    stored = home.raw(document_id)
    if not stored.exists() or stored.stat().st_size != length:
        try:
            document_id, length = _copy(home, path)
        except OSError as error:
            what = error.strerror or error
            raise HomeError("home_not_writable", path=home.path, error=what) from error
    return Entry(source_path, document_id, length)


def _open_file(path: Path) -> IO[bytes]:
    """Open a regular file; a pipe or device would block or never end."""
    if path.exists() and not path.is_file():
        raise OSError("not a regular file")
    return path.open("rb")


def _copy(home: Home, path: Path) -> tuple[str, int]:
    """Copy into raw/ under the hash of what was copied: the file may have changed since."""
    with path.open("rb") as file, files.temporary(home.raw_folder) as target:
        document_id, length = files.copy(file, target.file)
        target.move_to(home.raw(document_id))
    return document_id, length


def _extracted_elsewhere(home: Home, batch_id: str, wanted: Sequence[str]) -> dict[str, str]:
    """Where documents were extracted in other batches: `source path (batch)` by document id."""
    paths = [
        home.path / file.path
        for record in catalog.commits(home)
        if record.batch_id != batch_id
        for file in record.files.get("documents", ())
    ]
    if not paths or not wanted:
        return {}
    with duckdb.connect() as connection:
        connection.register("wanted", pa.table({"document_id": pa.array(wanted, pa.string())}))
        rows = connection.execute(
            f"select document_id, min(source_path || ' (' || batch_id || ')') "
            f"from {parquet(paths)} where status = ? "
            f"and document_id in (select document_id from wanted) group by document_id",
            [DocumentStatus.EXTRACTED.value],
        ).fetchall()
    return dict(rows)


def _mark_duplicates(entries: Iterable[Entry], known: dict[str, str]) -> Iterable[Entry]:
    seen = dict(known)
    for entry in entries:
        if entry.problem is not None:
            yield entry
        elif entry.document_id in seen:
            yield replace(entry, duplicate_of=seen[entry.document_id])
        else:
            seen[entry.document_id] = entry.source_path
            yield entry
