"""A home's inbox -> the files to process now, and the inbox without them when they are stored.

Files are first moved into a hidden folder of the inbox, so that a sweep sees a fixed set of files
and the next sweep does not see them again. Those a broken sweep left there are taken up again.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.home import Home

TAKEN = Path(".taken") / "inbox"  # the last name is what users see in front of the file's
LOCK = ".lock"
SETTLED_SECONDS = 10  # a file changed since then may still be on its way in


@contextmanager
def sole_sweep(home: Home) -> Iterator[bool]:
    """Whether this is the only sweep at work; the kernel frees the lock of a killed one."""
    with (home.inbox / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def take(home: Home, now: float | None = None) -> Path | None:
    """Set aside what is in the inbox; the folder with it, or null when there is nothing to do."""
    taken = home.inbox / TAKEN
    before = (time.time() if now is None else now) - SETTLED_SECONDS
    for file in _files(home.inbox):
        if file.stat().st_mtime <= before:
            _move(file, taken / file.relative_to(home.inbox))
    _drop_empty_folders(home.inbox)
    return taken if taken.exists() and _files(taken) else None


def release(home: Home) -> None:
    """Delete what was set aside and is stored; a file that changed since goes back to the inbox."""
    taken = home.inbox / TAKEN
    for file in _files(taken):
        with file.open("rb") as data:
            document_id = hashlib.file_digest(data, "sha256").hexdigest()
        if home.raw(document_id).exists():
            file.unlink()
        else:
            _move(file, home.inbox / file.relative_to(taken))
    shutil.rmtree(taken.parent)


def _files(folder: Path) -> list[Path]:
    """Files below a folder, but no hidden ones and nothing in hidden folders."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _move(file: Path, target: Path) -> None:
    """Move within the inbox; beside a file of the same name, not over it."""
    number = 2
    free = target
    while free.exists():
        free = target.with_name(f"{target.stem}~{number}{target.suffix}")
        number += 1
    free.parent.mkdir(parents=True, exist_ok=True)
    file.rename(free)


def _drop_empty_folders(inbox: Path) -> None:
    for folder in sorted(inbox.rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
