"""A home folder -> the address of a Prefect server: the one that runs, else a temporary one.

Nothing here imports Prefect; call `connect` before the first import.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import urllib.request
from pathlib import Path
from urllib.error import URLError

from flows.child import Child
from flows.errors import UserError
from flows.language import say
from flows.prefect_environment import prefect_home, prepare

RECORD = "server.json"  # in the Prefect home: where `gongkai serve` can be reached
LOG = "server.log"
SECONDS_TO_START = 120  # a slow disk and a first migration; 8 seconds are usual
SECONDS_TO_ANSWER = 2
TEMPORARY = {
    "PREFECT_UI_ENABLED": "0",
    "PREFECT__SERVER_EPHEMERAL": "1",  # without scheduler and other loops
    "PREFECT__SERVER_FINAL": "1",
}


class ServerProcess:
    """A Prefect server as a child of this process."""

    def __init__(self, home: Path, port: int = 0, settings: dict[str, str] | None = None) -> None:
        """Start it; raises UserError when the port is taken. Port 0 is any free one."""
        self._log = prefect_home(home) / LOG
        with _listen(port) as listening:
            self.address = "http://{}:{}".format(*listening.getsockname())
            descriptor = listening.fileno()
            command = ["flows.prefect_server", str(descriptor)]
            self._child = Child(command, self._log, settings, [descriptor])

    @property
    def api_url(self) -> str:
        """What PREFECT_API_URL has to be."""
        return f"{self.address}/api"

    def wait(self) -> None:
        """Until it answers. Raises UserError with the place of its log when it does not."""
        if not answers(self.api_url, SECONDS_TO_START):
            self.close()
            raise UserError(say("error_server_start", log=self._log))

    def close(self) -> None:
        """End it and wait until it has ended. Safe to call twice."""
        self._child.close()


def connect(home: Path) -> ServerProcess | None:
    """Set Prefect's environment so that it talks to a server.

    That is the one of PREFECT_API_URL, else the one `gongkai serve` runs on this home, else a
    temporary one, which is returned: it needs seconds to start, so `wait` for it last. It ends
    with this process, after Prefect has handed in its events.
    """
    asked = os.environ.get("PREFECT_API_URL")
    if asked and not answers(asked):
        raise UserError(say("error_server_silent", url=asked))
    if asked:
        prepare(home)
        return None
    if recorded := find_recorded(home):
        prepare(home, recorded)
        return None
    prepare(home)
    server = ServerProcess(home, settings=TEMPORARY)
    atexit.register(server.close)  # before Prefect's own, hence called after them
    os.environ["PREFECT_API_URL"] = server.api_url
    return server


def find_recorded(home: Path) -> str | None:
    """The API address of the server that `gongkai serve` runs on this home, if it answers."""
    try:
        record = json.loads((prefect_home(home) / RECORD).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    url = str(record["api_url"])
    return url if answers(url) else None


def record(home: Path, api_url: str) -> None:
    """Let later commands on this home find the server."""
    text = json.dumps({"api_url": api_url, "pid": os.getpid()})
    (prefect_home(home) / RECORD).write_text(text + "\n", encoding="utf-8")


def forget(home: Path) -> None:
    """The server is gone."""
    (prefect_home(home) / RECORD).unlink(missing_ok=True)


def answers(api_url: str, seconds: float = SECONDS_TO_ANSWER) -> bool:
    """Does a Prefect server answer there?"""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{api_url.rstrip('/')}/health", timeout=seconds) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError, ValueError):
        return False


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        listening.close()
        raise UserError(say("error_port", port=port)) from error
    listening.listen(128)
    listening.set_inheritable(True)
    return listening
