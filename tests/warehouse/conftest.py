"""A home under a temporary folder, and the whole way of a batch in one call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from transforms.records import Extraction
from warehouse import lock, publish, query, sweep, write
from warehouse.catalog import ChunkFiles, Commit
from warehouse.home import Home

START = datetime(2024, 2, 1, 8, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").prepare()


def commit_of(batch_id: str, written: ChunkFiles, at: datetime = START) -> Commit:
    return Commit(
        batch_id=batch_id,
        started_at=at,
        finished_at=at,
        source="测试",
        counts=written.counts,
        extractor_version="1",
        rules_version="1",
        files=written.files,
    )


def load(
    home: Home, batch_id: str, extractions: Sequence[Extraction], at: datetime = START
) -> Commit:
    """Sweep, write and publish a batch; raw bytes are made up where there are none."""
    with lock.writer(home, timeout=5):
        sweep.sweep(home)
        for extraction in extractions:
            raw = home.raw(extraction.document_id)
            raw.parent.mkdir(parents=True, exist_ok=True)
            raw.touch()
        written = write.write_chunk(home, batch_id, extractions)
        return publish.publish(home, commit_of(batch_id, written, at))


def snapshot(home: Home) -> dict[str, bytes]:
    """Every byte in the home but for the lock."""
    return {
        path.relative_to(home.path).as_posix(): path.read_bytes()
        for path in sorted(home.path.rglob("*"))
        if path.is_file() and path != home.lock_file
    }


def rows(home: Home, sql: str) -> list[tuple]:
    return [tuple(row.values()) for row in query.run(home, sql).to_pylist()]
