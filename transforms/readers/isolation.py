"""A function and its arguments -> its result, from another process whose death costs one file.

The process is started when the first file needs it, used again for the next ones, and replaced
when it died or has read many. A process that was forked from this one starts its own.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from multiprocessing.connection import Pipe
from typing import TypeVar, TypeVarTuple, Unpack
from weakref import WeakSet

from transforms.document import Document, UnreadableFileError
from transforms.readers.reader import Reader
from transforms.readers.worker import (
    LARGEST_ANSWER,
    OUT_OF_TIME,
    READY,
    Answer,
    Bounds,
    waiting_time,
)

Given = TypeVarTuple("Given")
Result = TypeVar("Result")

READS = 200  # after which a process is replaced: libraries leak
_GRACE = 10  # seconds in which a process that is out of time should have ended by itself
_PLAIN_TYPES = "transforms.document"


def read_isolated(reader: Reader, data: bytes, document_id: str) -> Document:
    """Read a file as `reader.read` would, in another process.

    Raises UnreadableFileError: what the reader refuses, and `reader_failed`, `reader_crashed`,
    `reader_timeout`, `reader_memory`.
    """
    bounds = Bounds(reader.name, reader.seconds, reader.memory)
    return call_isolated(reader.read, (data, document_id), bounds)


def call_isolated(
    function: Callable[[Unpack[Given]], Result], arguments: tuple[*Given], bounds: Bounds
) -> Result:
    """Call a function of a module in another process.

    The result is made of plain values and of what transforms/document.py declares. Raises
    UnreadableFileError as `read_isolated` does.
    """
    worker = _take()
    try:
        answer = worker.ask(function, arguments, bounds)
    except _DiedError as died:
        details = {"format": bounds.name, "seconds": bounds.seconds, "signal": died.cause}
        reason = "reader_timeout" if died.out_of_time else "reader_crashed"
        raise UnreadableFileError(reason, **details) from died
    except BaseException:
        worker.end()
        raise
    if answer.reason == "reader_memory":  # the process ends itself
        worker.end()
    else:
        _give_back(worker)
    if answer.reason is not None:
        raise UnreadableFileError(answer.reason, **answer.details)
    result: Result = answer.result
    return result


class _DiedError(Exception):
    """The process ended before it answered."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.out_of_time = -exit_code in OUT_OF_TIME
        self.cause = signal.Signals(-exit_code).name if exit_code < 0 else f"exit {exit_code}"


class _Worker:
    """The parent's side of one process of transforms/readers/worker.py."""

    def __init__(self) -> None:
        self._connection, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "transforms.readers.worker", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
            )
        _started.add(self)
        self.reads = 0
        try:
            greeting = self._connection.recv_bytes()
        except EOFError:
            greeting = b""
        if greeting != READY:
            self.end()
            raise RuntimeError("the process that reads files did not start")

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(
        self, function: Callable[..., object], arguments: tuple[object, ...], bounds: Bounds
    ) -> Answer:
        """What the process answers. Raises _DiedError."""
        self.reads += 1
        try:
            self._connection.send_bytes(pickle.dumps((function, arguments, bounds)))
            if not self._connection.poll(waiting_time(bounds.seconds) + _GRACE):
                self.end()
                raise _DiedError(-signal.SIGALRM)
            answer = self._connection.recv_bytes(LARGEST_ANSWER)
        except (EOFError, OSError) as error:
            with suppress(subprocess.TimeoutExpired):  # its end of the line is closed already
                self._process.wait(_GRACE)
            exit_code = self._process.returncode
            self.end()
            raise _DiedError(-signal.SIGKILL if exit_code is None else exit_code) from error
        return Answer(*_PlainUnpickler(BytesIO(answer)).load())

    def end(self) -> None:
        """End the process and wait for it. Safe to call twice."""
        self._connection.close()
        self._process.kill()
        self._process.wait()

    def disown(self) -> None:
        """Forget the process in a fork of the one that started it."""
        self._connection.close()
        self._process.returncode = 0  # not ours to wait for


class _PlainUnpickler(pickle.Unpickler):
    """Unpickles documents only: a hostile file that took over the process gets no further."""

    def find_class(self, module: str, name: str) -> object:
        if module != _PLAIN_TYPES:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a document")
        return super().find_class(module, name)


_started: WeakSet[_Worker] = WeakSet()
_idle: list[_Worker] = []  # several where several threads read


def _take() -> _Worker:
    while _idle:
        worker = _idle.pop()
        if worker.alive:
            return worker
        worker.end()
    return _Worker()


def _give_back(worker: _Worker) -> None:
    if worker.reads < READS and worker.alive:
        _idle.append(worker)
    else:
        worker.end()


def _end_all() -> None:
    for worker in list(_started):
        worker.end()
    _idle.clear()


def _disown_all() -> None:
    for worker in list(_started):
        worker.disown()
    _started.clear()
    _idle.clear()


atexit.register(_end_all)
os.register_at_fork(after_in_child=_disown_all)
