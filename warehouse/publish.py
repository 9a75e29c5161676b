"""A batch's files -> what users see: quarantine folder, commit record, warehouse.duckdb.

Every step is done beside and renamed into place. Whatever moment a run is killed at, the previous
warehouse.duckdb and all files it names are there, and the next run completes what was begun.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from warehouse import catalog, database, lock, quarantine, sweep
from warehouse.catalog import Commit
from warehouse.home import Home, check_batch_id


def publish(home: Home, commit: Commit) -> Commit:
    """Make a batch visible, in place of its earlier version if it has one.

    Gives the commit record as it stands: an earlier one of the same content keeps its times.
    Called under the writer's lock. Raises HomeError, OSError; RuntimeError, our bug, where a named
    file is not there.
    """
    lock.require_writer(home)
    check_batch_id(commit.batch_id)
    earlier = catalog.find(home, commit.batch_id)
    if earlier is not None and earlier.same_content(commit):
        commit = earlier.model_copy(update={"as_of": commit.as_of or earlier.as_of})
    if commit != earlier:
        catalog.commit(home, commit)
    quarantine.fill(home, commit)
    rebuild(home)
    sweep.remove_staging(home)
    return commit


def rebuild(home: Home) -> bool:
    """Bring warehouse.duckdb in line with the commit records; False where it was already.

    Called under the writer's lock.
    """
    lock.require_writer(home)
    commits = catalog.commits(home)
    sweep.remember(home, commits)
    return database.build(home, commits, home.database)


def staging(home: Home, batch: Commit) -> Path:
    """A database as it would be published with this batch, for the validation.

    Everything committed, with this batch in place of its earlier version; its times may be null.
    Removed by `publish` or the next `sweep`. Called under the writer's lock.
    """
    lock.require_writer(home)
    check_batch_id(batch.batch_id)
    others = [one for one in catalog.commits(home) if one.batch_id != batch.batch_id]
    named = "\n".join(batch.paths).encode()
    # a new name for new content: DuckDB shows a process the old file while it has it open
    path = home.path / f".staging-{hashlib.sha256(named).hexdigest()[:16]}.duckdb"
    earlier = catalog.find(home, batch.batch_id)
    database.build(home, [*others, batch], path, replaced=earlier, described=False)
    return path
