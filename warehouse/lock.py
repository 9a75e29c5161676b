"""A home -> the right to write to it, for one process at a time.

The lock is an advisory lock on `<home>/.lock`; the kernel frees it when the process dies, however
it dies. A run holds it from `sweep` to `publish`: what it has written before its commit would
otherwise look like leftovers to another run, and one file could be taken in by two batches at once.
Worker processes of the run write under the lock of the process that started them.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from warehouse.errors import HomeError, messages
from warehouse.home import Home

_POLL_SECONDS = 0.1


@contextmanager
def writer(
    home: Home,
    timeout: float | None = None,
    on_wait: Callable[[dict[str, str]], None] | None = None,
) -> Iterator[None]:
    """Hold the right to write.

    Waits for another writer, at most `timeout` seconds (None: as long as it takes), and calls
    `on_wait` once with the message by language. Raises HomeError when the time is over.
    """
    home.prepare()
    with home.lock_file.open("a+b") as file:
        _wait(home, file, timeout, on_wait)
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()
        yield


def require_writer(home: Home) -> None:
    """Raise RuntimeError, a bug of the caller, when no one holds the lock."""
    with home.lock_file.open("a+b") as file:
        if _acquired(file):
            raise RuntimeError(f"{home.path}: to be called within `with lock.writer(home)`")


def _wait(
    home: Home,
    file: IO[bytes],
    timeout: float | None,
    on_wait: Callable[[dict[str, str]], None] | None,
) -> None:
    begin = time.monotonic()
    told = False
    while not _acquired(file):
        if timeout is not None and time.monotonic() - begin >= timeout:
            raise HomeError("locked", path=home.path, holder=_holder(file), seconds=f"{timeout:g}")
        if on_wait is not None and not told:
            both = messages().both("waiting", path=home.path, holder=_holder(file))
            on_wait({str(language): text for language, text in both.items()})
            told = True
        time.sleep(_POLL_SECONDS)


def _acquired(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(file: IO[bytes]) -> str:
    file.seek(0)
    return f"pid {file.read(20).decode('ascii', 'replace') or '?'}"
