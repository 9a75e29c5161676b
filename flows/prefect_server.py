"""A listening socket (file descriptor) -> Prefect's server on it, as a child of flows/server.py.

Prefect's own temporary server outlives a killed run, and starts only at the run's first request.
"""

from __future__ import annotations

import socket
import sys

import uvicorn
from prefect.server.api.server import create_app

from flows.child import end_with_parent


def main(descriptor: int) -> None:
    """Serve; the environment says with which settings."""
    listening = socket.socket(fileno=descriptor)
    server = uvicorn.Server(uvicorn.Config(create_app(), log_level="critical", lifespan="on"))

    def stop() -> None:
        server.should_exit = True

    end_with_parent(stop)
    server.run(sockets=[listening])


if __name__ == "__main__":
    main(int(sys.argv[1]))
