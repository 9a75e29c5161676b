"""Paths and a home -> a published batch with its report, in plain functions.

They run without Prefect; flows/process_batch.py says what follows what. From `ingest` to `publish`
the caller holds the writer's lock of the home.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from expectations.elsewhere import compare_elsewhere
from expectations.likeness import compare as compare_texts
from expectations.neighbours import changes, slips
from expectations.report.build import build_report
from expectations.validate import validate_batch
from flows.summary import BatchSummary, summarise_batch
from flows.versions import extractor_version, rules_version
from transforms.extract import extract
from transforms.statute.profile import EVERYWHERE, Profile
from warehouse import publish as publishing
from warehouse import sweep
from warehouse.catalog import ChunkFiles, Commit
from warehouse.home import Home
from warehouse.ingest import Entry, Manifest, read_raw, take_in
from warehouse.walk import find_inputs
from warehouse.write import compact, write_chunk, write_table

CHUNK_FILES = 250  # some seconds of work: the cost of a Prefect task is small beside it


def ingest(home: Home, paths: Sequence[Path], batch_id: str | None) -> Manifest:
    """Store the bytes of every input once; what there is to read, and what is a duplicate.

    First removes what killed runs left behind.
    """
    sweep.sweep(home)
    return take_in(home, find_inputs(home, paths), batch_id)


def chunks(manifest: Manifest) -> list[tuple[Entry, ...]]:
    """The inputs in their order, some hundreds at a time."""
    entries = manifest.entries
    return [entries[i : i + CHUNK_FILES] for i in range(0, len(entries), CHUNK_FILES)]


def transform(home: Home, batch_id: str, entries: Sequence[Entry]) -> ChunkFiles:
    """Read some files and write what they hold; nothing is visible yet."""
    extractions = [
        entry.settled() or extract(read_raw(home, entry), entry.source_path) for entry in entries
    ]
    return write_chunk(home, batch_id, extractions)


def draft(
    home: Home,
    manifest: Manifest,
    paths: Iterable[Path],
    written: Iterable[ChunkFiles],
    *,
    as_of: date | None = None,
    profile: Profile = EVERYWHERE,
) -> Commit:
    """The batch as it stands before it is validated, in few files; `as_of` is the day the run is
    for."""
    merged = compact(home, manifest.batch_id, ChunkFiles.merge(written))
    return Commit(
        batch_id=manifest.batch_id,
        started_at=None,
        finished_at=None,
        source=", ".join(map(str, paths)),
        counts=merged.counts,
        extractor_version=extractor_version(),
        rules_version=rules_version(profile),
        files=merged.files,
        as_of=as_of,
    )


def compare(home: Home, batch: Commit) -> Commit:
    """The batch with what its reports, and others on which it bears, were found to repeat, to share
    with others of the county, and to change of what they replaced."""
    repeats = [*compare_elsewhere(publishing.staging(home, batch), batch.batch_id)]
    if repeats:  # it bears on these reports too
        batch = _with(batch, [write_table(home, batch.batch_id, "similarities", repeats)])
    staged = publishing.staging(home, batch)
    found = {"similarities": [*compare_texts(staged, batch.batch_id)]}
    found["slips"] = [*slips(staged, batch.batch_id)]
    found["changes"] = [*changes(staged, batch.batch_id)]
    return _with(batch, [write_table(home, batch.batch_id, *one) for one in found.items()])


def load(home: Home, batch: Commit) -> Path:
    """A database of everything published with this batch in its place, to be validated."""
    return publishing.staging(home, batch)


def validate(home: Home, batch: Commit, database: Path, profile: Profile = EVERYWHERE) -> Commit:
    """The batch with its findings, the counts of each rule and the rules themselves."""
    found = validate_batch(database, batch.batch_id, home.reports(batch.batch_id), profile)
    tables = {
        "finding_rows": found.findings,
        "localisations": found.localisations,
        "rechecks": found.rechecks,
        "rule_results": found.rule_results,
        "rules": found.rules,
    }
    written = [write_table(home, batch.batch_id, name, table) for name, table in tables.items()]
    return _with(batch, written)


def _with(batch: Commit, written: Iterable[ChunkFiles]) -> Commit:
    merged = ChunkFiles.merge([ChunkFiles(files=batch.files, counts=batch.counts), *written])
    return batch.model_copy(update={"files": merged.files, "counts": merged.counts})


def publish(home: Home, batch: Commit, started_at: datetime, finished_at: datetime) -> None:
    """From here on everyone sees the batch."""
    times = {"started_at": started_at, "finished_at": finished_at}
    publishing.publish(home, batch.model_copy(update=times))


def report(home: Home, batch_id: str) -> BatchSummary:
    """Write the data-quality report of a published batch."""
    page = build_report(home.database, batch_id, home.reports(batch_id))
    return summarise_batch(home.database, batch_id, page)
