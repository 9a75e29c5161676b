"""Calls from a connection -> their results back into it, each within bounds of time and memory.

`python -m transforms.readers.worker DESCRIPTOR` is the process that transforms/readers/isolation.py
starts. It bounds itself, so that it ends in time even when the one that started it was killed.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from transforms.document import UnreadableFileError

READY = b"ready"
LARGEST_ANSWER = 128 * 1024 * 1024  # bytes; a long report takes 200,000
OUT_OF_TIME = (signal.SIGPROF, signal.SIGALRM)
_WAITING = 5  # how much longer than it computes a reader may wait, on a machine busy with others
_OWN_STATE = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one call may take; `name` is the format's, for messages."""

    name: str
    seconds: int  # of computing
    memory: int  # bytes it may grow by


class Answer(NamedTuple):
    """What a call gave: a result, or the reason of an UnreadableFileError and its details."""

    result: Any
    reason: str | None = None
    details: dict[str, str] = {}  # noqa: RUF012 - never changed

    def packed(self) -> bytes:
        """The answer as bytes; of plain values it takes no class of ours to read them."""
        return pickle.dumps(tuple(self), pickle.HIGHEST_PROTOCOL)


def waiting_time(seconds: int) -> int:
    """How long to wait for a call that may compute for so many seconds."""
    return seconds * _WAITING


def serve(connection: Connection) -> None:
    """Do what is sent until the other side closes, or memory ran out."""
    connection.send_bytes(READY)
    with Path(os.devnull).open("w") as silent:  # what libraries print is nobody's
        os.dup2(silent.fileno(), sys.stderr.fileno())
    while True:
        try:
            function, arguments, bounds = pickle.loads(connection.recv_bytes())
        except EOFError:
            return
        _bound(bounds)
        try:
            answer = _answer(function, arguments)
        except MemoryError:
            _release()
            refusal = Answer(None, "reader_memory", {"limit": str(bounds.memory)})
            connection.send_bytes(refusal.packed())
            return  # what is left of the process is not to be trusted
        _release()
        connection.send_bytes(answer)


def _answer(function: Callable[..., object], arguments: tuple[object, ...]) -> bytes:
    try:
        answer = Answer(function(*arguments)).packed()
    except UnreadableFileError as error:
        return Answer(None, error.reason, error.details).packed()
    except MemoryError:
        raise
    except BaseException as error:  # a reader's fall over bad bytes; Rust panics are no Exception
        cause = f"{type(error).__name__}: {error}"
        return Answer(None, "reader_failed", {"error": cause}).packed()
    if len(answer) > LARGEST_ANSWER:
        return Answer(None, "too_complex", {"limit": str(LARGEST_ANSWER)}).packed()
    return answer


def _bound(bounds: Bounds) -> None:
    """Let the kernel end this process after so much computing, or five times that by the clock."""
    signal.setitimer(signal.ITIMER_PROF, bounds.seconds)
    signal.setitimer(signal.ITIMER_REAL, waiting_time(bounds.seconds))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if _OWN_STATE.exists():
        pages = int(_OWN_STATE.read_text().split()[0])
        allowed = pages * resource.getpagesize() + bounds.memory
        if hard != resource.RLIM_INFINITY:
            allowed = min(allowed, hard)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def _release() -> None:
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def main(descriptor: int) -> None:
    """Serve one connection. Ctrl-C is for the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Connection(descriptor) as connection:
        serve(connection)


if __name__ == "__main__":
    main(int(sys.argv[1]))
