"""A module of ours -> a process that ends with the one that started it, even when that is killed.

The parent holds the other end of the child's standard input; the child watches it. A child has its
own session, so that Ctrl-C on the terminal reaches the parent only, which ends things in order.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

SECONDS_TO_CLOSE = 10


class Child:
    """`python -m module` with its output in a log file; the parent's side."""

    def __init__(
        self,
        command: Sequence[str],
        log: Path,
        settings: Mapping[str, str] | None = None,
        descriptors: Sequence[int] = (),
    ) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                pass_fds=descriptors,
                start_new_session=True,
                env={**os.environ, **(settings or {})},
            )

    def close(self) -> None:
        """End it and what it started, and wait until it has ended. Safe to call twice."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(SECONDS_TO_CLOSE + 1)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def end_with_parent(stop: Callable[[], object]) -> None:
    """The child's side: call `stop` when the parent closes or is gone, and make sure it helps."""

    def wait() -> None:
        sys.stdin.buffer.read()
        stop()
        time.sleep(SECONDS_TO_CLOSE)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()
