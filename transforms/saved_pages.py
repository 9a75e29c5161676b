"""Names and places of files -> those that only belong to a web page saved beside them.

Browsers and Word put the pictures, styles and frames of `年报.html` into `年报_files/` or
`年报.files/`. They are no inputs of their own, except the pages of a frameset: its text is in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

_PAGES = (".htm", ".html", ".shtml", ".xhtml", ".mht", ".mhtml")
_FOLDER = re.compile(r"(.+)(?:_files|\.files|_文件)", re.IGNORECASE)
_HEAD = 64 * 1024  # bytes of a page that show whether it is a frameset
_FRAMESET = re.compile(rb"<frameset[\s>]", re.IGNORECASE)


def resources(files: Mapping[str, Path]) -> frozenset[str]:
    """The names of files, with `/`, that stand in the folder of a saved page."""
    pages = {
        (path.parent.as_posix(), path.stem.lower()): name
        for name in files
        if (path := PurePosixPath(name)).suffix.lower() in _PAGES
    }
    found = set()
    for name in files:
        path = PurePosixPath(name)
        page = next(filter(None, (_page_of(folder, pages) for folder in path.parents)), None)
        if page is None:
            continue
        if path.suffix.lower() in _PAGES and _is_frameset(files[page]):
            continue
        found.add(name)
    return frozenset(found)


def _page_of(folder: PurePosixPath, pages: Mapping[tuple[str, str], str]) -> str | None:
    match = _FOLDER.fullmatch(folder.name)
    return pages.get((folder.parent.as_posix(), match[1].lower())) if match else None


def _is_frameset(page: Path) -> bool:
    try:
        with page.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return _FRAMESET.search(head.replace(b"\0", b"")) is not None
