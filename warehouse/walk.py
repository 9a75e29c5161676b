"""Paths given on the command line -> the input files, in a fixed order, each with its source path.

The source path of a file is what users see: the name of the folder they gave and the way from it
down to the file, with `/`. Bytes of a file name that are no UTF-8 are shown as `\\xff`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from transforms.saved_pages import resources
from warehouse.errors import InputError
from warehouse.home import Home


def find_inputs(home: Home, paths: Sequence[Path]) -> list[tuple[str, Path]]:
    """Every file under the given paths, sorted by source path, each file once.

    Left out: hidden files and folders, the pictures and frames of saved pages, the home folder
    itself (its inbox may be given), and folders already seen by another way.
    Raises InputError for a path that does not exist or a folder that cannot be opened; a file that
    cannot be opened is dealt with when it is read.
    """
    found: dict[Path, str] = {}
    labels: set[str] = set()
    seen: set[tuple[int, int]] = set()
    for given in paths:
        if not os.path.lexists(given):
            raise InputError("input_missing", path=printable(str(given)))
        label = _label(given, labels)
        if given.is_dir():
            for parts, file in _walk(given, home, seen):
                found.setdefault(_identity(file), "/".join((label, *parts)))
        else:
            found.setdefault(_identity(given), label)
    files = {source_path: path for path, source_path in found.items()}
    left_out = resources(files)
    return sorted((name, path) for name, path in files.items() if name not in left_out)


def printable(name: str) -> str:
    """A file name as text that can be stored and shown."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _label(given: Path, labels: set[str]) -> str:
    """The name of what was given; a second one of the same name gets a number."""
    name = printable(given.name if given.name not in ("", "..") else given.resolve().name) or "/"
    label, number = name, 2
    while label in labels:
        label, number = f"{name}~{number}", number + 1
    labels.add(label)
    return label


def _identity(file: Path) -> Path:
    try:
        return file.resolve()
    except (OSError, RuntimeError):  # a link to itself
        return file.absolute()


def _walk(
    folder: Path, home: Home, seen: set[tuple[int, int]]
) -> Iterator[tuple[tuple[str, ...], Path]]:
    """Files below a folder with the names that lead to them, depth first, sorted."""
    pending: list[tuple[tuple[str, ...], Path]] = [((), folder)]
    while pending:
        parts, current = pending.pop()
        try:
            state = current.stat()
            entries = sorted(os.scandir(current), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            raise InputError(
                "input_unreadable",
                path=printable(str(current)),
                error=error.strerror or error,
            ) from error
        if (state.st_dev, state.st_ino) in seen:
            continue
        seen.add((state.st_dev, state.st_ino))
        deeper = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            below = ((*parts, printable(entry.name)), Path(entry.path))
            if not below[1].is_dir():
                yield below
            elif below[1].resolve() != home.path:
                deeper.append(below)
        pending += reversed(deeper)
