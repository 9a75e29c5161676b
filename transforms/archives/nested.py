"""A file -> itself and, if it is an archive, the files in it, each with its place or its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from transforms.archives.formats import Format, archive_format, unpack
from transforms.archives.sink import Limits, Refused, Unpacked
from transforms.document import UnreadableFileError
from transforms.readers.isolation import call_isolated
from transforms.readers.worker import Bounds
from transforms.records import Problem
from transforms.saved_pages import resources

SEPARATOR = "!/"  # between an archive and what is in it: `年报.zip!/某局/年报.pdf`
DEEPEST = 4  # archives within archives
LIMITS = Limits(members=20_000, total=2 << 30, ratio=200)
_SECONDS = 600  # of computing, for one archive
_MEMORY = 1 << 30  # bytes; 7z and xz files say how much they want


@dataclass(frozen=True, slots=True)
class Found:
    """A file as it was given or as it came out of an archive.

    `problem` says why it cannot be read, or not whole; `opened_into` is the number of files that
    came out of it. `path` is null for a member that did not come out.
    """

    source_path: str
    path: Path | None
    problem: Problem | None = None
    opened_into: int | None = None


def open_archive(source_path: str, path: Path, folder: Path) -> Iterator[Found]:
    """The file itself and, if it is an archive, everything in it, archives in it too.

    Members are written into `folder` under names of ours, and stay there.
    """
    left = LIMITS
    pending = [(Found(source_path, path), 0)]
    while pending:
        found, depth = pending.pop(0)
        if found.path is None or found.problem or (form := archive_format(found.path)) is None:
            yield found
            continue
        if depth >= DEEPEST:
            yield _refused(found, Refused("archive_too_deep", {"limit": str(DEEPEST)}))
            continue
        place = folder / f"{sum(1 for _ in folder.iterdir()):06d}"
        place.mkdir()
        unpacked = _unpack(form, found.source_path, found.path, place, left)
        members = _members(found, unpacked, place)
        left = left.without(unpacked)
        if unpacked.stopped is not None:
            yield _refused(found, unpacked.stopped)
        elif not unpacked.members:
            yield _refused(found, Refused("archive_empty", {}))
        else:
            yield replace(found, opened_into=len(members))
        pending += [(member, depth + 1) for member in members]


def _unpack(form: Format, source_path: str, path: Path, folder: Path, limits: Limits) -> Unpacked:
    bounds = Bounds(form.name, _SECONDS, _MEMORY)
    shown = PurePosixPath(source_path).name
    try:
        plain = call_isolated(unpack, (form.name, path, folder, shown, limits), bounds)
    except UnreadableFileError as error:
        return Unpacked((), Refused(error.reason, error.details))
    return Unpacked.from_plain(plain)


def _members(archive: Found, unpacked: Unpacked, folder: Path) -> list[Found]:
    """What came out, without the pictures and frames of saved pages."""
    paths = {
        member.name: folder / member.file for member in unpacked.members if member.file is not None
    }
    left_out = resources(paths)
    found = []
    for member in unpacked.members:
        if member.name in left_out:
            continue
        source_path = f"{archive.source_path}{SEPARATOR}{member.name}"
        inside = Found(source_path, paths.get(member.name))
        found.append(inside if member.refused is None else _refused(inside, member.refused))
    return found


def _refused(found: Found, refused: Refused) -> Found:
    problem = Problem(refused.reason, found.source_path, tuple(refused.details.items()))
    return replace(found, problem=problem)
