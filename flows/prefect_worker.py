"""The name of a work pool -> a Prefect worker that runs what is due, as a child of `gongkai serve`.

The processes of the flow runs are in its session and end with it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress

from prefect.workers.process import ProcessWorker

from flows.child import end_with_parent


def main(pool: str) -> None:
    """Work until standard input closes."""
    end_with_parent(lambda: os.kill(os.getpid(), signal.SIGINT))
    with suppress(KeyboardInterrupt):
        asyncio.run(ProcessWorker(work_pool_name=pool).start())


if __name__ == "__main__":
    main(sys.argv[1])
