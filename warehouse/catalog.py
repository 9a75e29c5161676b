"""Commit records <-> the batches that exist.

A batch is there when batches/<id>.json is there; the record names every Parquet file of the batch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from warehouse import files
from warehouse.errors import HomeError
from warehouse.home import Home, check_batch_id
from warehouse.tables import stored_format


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StoredFile(_Record):
    """One Parquet file; `path` is relative to the home, with `/`."""

    path: str
    bytes: int
    sha256: str
    rows: int


FilesByTable = dict[str, tuple[StoredFile, ...]]


class ChunkFiles(_Record):
    """What was written for a part of a batch; invisible until a commit record names it.

    `counts`: files, reports, duplicates, quarantined, not_reports, problems.
    """

    files: FilesByTable = {}
    counts: dict[str, int] = {}

    @staticmethod
    def merge(parts: Iterable[ChunkFiles]) -> ChunkFiles:
        """All parts as one: files sorted by path, counts added up."""
        by_table: dict[str, dict[str, StoredFile]] = {}
        counts: Counter[str] = Counter()
        for part in parts:
            counts.update(part.counts)
            for table, stored in part.files.items():
                by_table.setdefault(table, {}).update({file.path: file for file in stored})
        return ChunkFiles(
            files={
                table: tuple(found[path] for path in sorted(found))
                for table, found in sorted(by_table.items())
            },
            counts=dict(sorted(counts.items())),
        )


def _utc(time: datetime | None) -> datetime | None:
    if time is not None and time.tzinfo is None:
        raise ValueError("needs a time zone")
    return time.astimezone(UTC) if time is not None else None


UtcTime = Annotated[datetime | None, AfterValidator(_utc)]


class Commit(_Record):
    """The commit record of a batch. Times are null only while the batch is staged."""

    batch_id: str
    started_at: UtcTime
    finished_at: UtcTime
    source: str
    counts: dict[str, int]
    extractor_version: str
    rules_version: str
    files: FilesByTable
    as_of: date | None = None  # the day the run was for: deadlines and waivers are judged by it
    stored_format: str = Field(default_factory=stored_format)

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file of the batch, relative to the home."""
        return tuple(file.path for stored in self.files.values() for file in stored)

    def same_content(self, other: Commit) -> bool:
        """Equal but for the times and the day the run was for."""
        return self._content() == other._content()

    def _content(self) -> Mapping[str, object]:
        return self.model_dump(exclude={"started_at", "finished_at", "as_of"})


def commits(home: Home) -> list[Commit]:
    """Every committed batch, by start and id. Raises HomeError for a damaged record."""
    found = [_read(home, path.stem) for path in home.batches.glob("*.json")]
    return sorted(found, key=lambda record: (str(record.started_at), record.batch_id))


def find(home: Home, batch_id: str) -> Commit | None:
    """The commit record of one batch, if it is committed."""
    return _read(home, batch_id) if home.commit_record(batch_id).exists() else None


def commit(home: Home, record: Commit) -> None:
    """Write the commit record: from here on the batch exists.

    Raises RuntimeError, our bug, where a file it names is not there whole.
    """
    check_batch_id(record.batch_id)
    if record.started_at is None or record.finished_at is None:
        raise RuntimeError(f"batch {record.batch_id}: a commit needs its times")
    for stored in record.files.values():
        for file in stored:
            path = home.path / file.path
            if not path.is_file() or path.stat().st_size != file.bytes:
                raise RuntimeError(f"batch {record.batch_id}: {file.path} is not there whole")
    text = record.model_dump_json(indent=1) + "\n"
    files.write(home.commit_record(record.batch_id), text.encode())


def _read(home: Home, batch_id: str) -> Commit:
    path = home.commit_record(batch_id)
    try:
        record = Commit.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        what = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error
        raise HomeError("bad_commit_record", path=path, error=what) from error
    if record.stored_format != stored_format():
        raise HomeError("other_format", path=path)
    if record.batch_id != batch_id:
        raise HomeError("bad_commit_record", path=path, error=f"batch_id {record.batch_id!r}")
    return record
