"""Bytes -> files that are there whole or not at all.

Every file is written under a temporary name in its own folder, flushed to disk and renamed.
Temporary names begin with `.` and end with `.tmp`: a sweep can tell what a killed run left.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

TEMPORARY = ".*.tmp"
_BLOCK = 1 << 20


class Temporary:
    """A temporary file that gets its name when it is complete."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        self.file = file
        self.path = path

    def move_to(self, path: Path) -> None:
        """Flush to disk and take the place of `path`, in one step for every reader."""
        os.fchmod(self.file.fileno(), 0o644)
        flush(self.file)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path.replace(path)
        flush_folder(path.parent)


@contextmanager
def temporary(folder: Path) -> Iterator[Temporary]:
    """A temporary file in `folder`; it is gone at the end of the block unless it was moved."""
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix=".", suffix=".tmp", delete=False) as file:
        path = Path(file.name)
        try:
            yield Temporary(file, path)
        finally:
            path.unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """Put `data` at `path`, in one step for every reader."""
    with temporary(path.parent) as target:
        target.file.write(data)
        target.move_to(path)


def remove(path: Path) -> None:
    """Delete a file or a folder with all in it; nothing happens where there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def flush(file: IO[bytes]) -> None:
    """Make what was written survive a power cut."""
    file.flush()
    os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make renames in this folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(file: IO[bytes]) -> tuple[str, int]:
    """Hex SHA-256 and length of what is left to read."""
    return copy(file, None)


def copy(source: IO[bytes], target: IO[bytes] | None) -> tuple[str, int]:
    """Copy to the end; give hex SHA-256 and length of what went over."""
    digest, length = hashlib.sha256(), 0
    while block := source.read(_BLOCK):
        digest.update(block)
        length += len(block)
        if target is not None:
            target.write(block)
    return digest.hexdigest(), length
