"""Paths named on the command line -> their bytes; what we could not read of them -> words.

An archive stands for what is in it; `年报.zip!/某局/年报.pdf` is one file of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from flows.errors import UserError
from flows.language import say
from transforms.archives.formats import archive_format
from transforms.archives.nested import SEPARATOR, open_archive
from transforms.extract import extract
from transforms.messages import Language, problems
from transforms.readers import LARGEST_FILE
from transforms.records import DocumentStatus, Extraction, Problem

PLAIN_TEXT = "text/plain"  # only here is a line of the text a line of the file


class Input(NamedTuple):
    """A file to be read, or the reason why it cannot be."""

    path: Path
    data: bytes
    problem: Problem | None = None

    def extract(self) -> Extraction:
        """What becomes of it."""
        if self.problem is None:
            return extract(self.data, self.path.name)
        return Extraction.without_report(
            str(self.path), DocumentStatus.QUARANTINED, self.problem, "", len(self.data)
        )


def read_files(paths: Iterable[Path]) -> Iterator[Input]:
    """The files, and what is in archives, one after another. Raises UserError, before the first."""
    wanted = [_file_of(path) for path in paths]
    for file, _ in wanted:
        _require(file)
    return (found for file, member in wanted for found in _open(file, member))


def _file_of(path: Path) -> tuple[Path, Path | None]:
    """The file on disk, and the path in full where it names a file in an archive."""
    outer, mark, _ = str(path).partition(SEPARATOR)
    return (path, None) if path.exists() or not mark else (Path(outer), path)


def _require(path: Path) -> None:
    if not path.exists():
        raise UserError(say("error_file_missing", path=path), status=2)
    if path.is_dir():
        raise UserError(say("error_file_folder", path=path), status=2)
    try:
        path.open("rb").close()
    except OSError as error:
        message = say("error_file_unreadable", path=path, error=error.strerror)
        raise UserError(message) from error


def _open(path: Path, member: Path | None) -> Iterator[Input]:
    if archive_format(path) is None and member is None:
        yield _load(path, path)
        return
    with TemporaryDirectory() as folder:
        named = 0
        for found in open_archive(str(path), path, Path(folder)):
            shown = Path(found.source_path)
            if found.opened_into is not None or member not in (None, shown):
                continue
            named += 1
            if found.problem is not None or found.path is None:
                yield Input(shown, b"", found.problem)
            else:
                yield _load(shown, found.path)
        if not named:
            raise UserError(say("error_file_missing", path=member or path), status=2)


def _load(shown: Path, path: Path) -> Input:
    size = path.stat().st_size
    if size > LARGEST_FILE:
        sizes = (("bytes", str(size)), ("limit", str(LARGEST_FILE)))
        return Input(shown, b"", Problem("too_large", str(shown), sizes))
    return Input(shown, path.read_bytes())


def problem_text(problem: Problem, language: Language) -> str:
    """A problem in words."""
    return problems().text(problem.code, language, **dict(problem.details))


def problem_json(problem: Problem) -> dict[str, str]:
    """A problem with the words of both languages."""
    return {
        "code": problem.code,
        "place": problem.place,
        "message_zh": problem_text(problem, "zh"),
        "message_en": problem_text(problem, "en"),
    }
