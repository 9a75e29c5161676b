"""A home -> the same home without what killed runs and replaced batches left behind.

Kept are the files that a commit record names, and those that one of the last published databases
names: someone may still have it open.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from warehouse import catalog, database, files, lock
from warehouse.catalog import Commit
from warehouse.home import Home

GENERATIONS = 3  # readers of the last two replaced databases go on
_STAGING = ".staging-*.duckdb"


def sweep(home: Home) -> int:
    """Delete leftovers; gives how many files. Called under the writer's lock, before a run writes.

    Raises HomeError for a damaged commit record: what it named must not be deleted.
    """
    lock.require_writer(home)
    kept = {path for one in catalog.commits(home) for path in one.paths}
    kept.update(*_generations(home))
    stale = [
        path
        for path in home.tables.rglob("*")
        if path.is_file() and path.relative_to(home.path).as_posix() not in kept
    ]
    for folder in (home.path, home.batches, home.path / "quarantine"):
        stale += folder.glob(files.TEMPORARY)
    stale += home.raw_folder.glob(files.TEMPORARY)
    stale += home.path.glob(f"{files.TEMPORARY}.wal")
    for path in stale:
        files.remove(path)
    _remove_empty(home.tables)
    return len(stale) + remove_staging(home)


def remove_staging(home: Home) -> int:
    """Delete the staging databases; gives how many."""
    found = sorted(home.path.glob(_STAGING))
    for path in found:
        database.remove(path)
    return len(found)


def remember(home: Home, commits: Sequence[Commit]) -> None:
    """Note which files the next published database names, before it is published."""
    names = sorted(path for one in commits for path in one.paths)
    generations = _generations(home)
    if not generations or generations[0] != names:
        text = json.dumps([names, *generations][:GENERATIONS], indent=1)
        files.write(home.generations, text.encode())


def _generations(home: Home) -> list[list[str]]:
    """The files named by the last published databases, latest first."""
    try:
        found: list[list[str]] = json.loads(home.generations.read_bytes())
    except (FileNotFoundError, ValueError):
        return []
    return found


def _remove_empty(folder: Path) -> None:
    for path in _deepest_first(folder):
        if not any(path.iterdir()):
            path.rmdir()


def _deepest_first(folder: Path) -> Iterable[Path]:
    return sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True)
