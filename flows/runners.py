"""How many chunks, on which engine -> the task runner that reads them."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner

Engine = Literal["local", "dask"]


@contextmanager
def runner_for(engine: Engine, dask_address: str | None = None) -> Iterator[TaskRunner[Any]]:
    """A started task runner: processes of this machine, or Dask (which is optional)."""
    runner: TaskRunner[Any]
    if engine == "dask":
        from prefect_dask import DaskTaskRunner  # noqa: PLC0415 - an extra

        runner = DaskTaskRunner(address=dask_address)
    else:
        runner = ProcessPoolTaskRunner(initializer=end_with_parent)
    with runner:
        yield runner


def end_with_parent() -> None:
    """Let this worker process end when the process that started it is gone, even killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
