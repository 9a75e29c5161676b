"""A home folder -> the environment Prefect is imported under. Nothing here imports Prefect.

Prefect reads its settings once, at import; so they are set first, and only where the user has not
set them himself. Its database and files live in the home folder: nothing is written elsewhere.
"""

from __future__ import annotations

import os
from pathlib import Path

LOCAL_HOSTS = "127.0.0.1,localhost"
SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # The flow's log goes to the run's page in the UI; the terminal is for our own messages.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    # The default UI asks a host outside; this one needs no network, and finds its API anywhere.
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    "PREFECT_SERVER_UI_API_URL": "/api",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}


def prefect_home(home: Path) -> Path:
    """Where Prefect keeps its database and our record of the server."""
    return home.resolve() / ".prefect"


def prepare(home: Path, api_url: str | None = None) -> None:
    """Set Prefect's environment for this process and its children, before the first import."""
    os.environ.setdefault("PREFECT_HOME", str(prefect_home(home)))
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    if api_url is not None:
        os.environ["PREFECT_API_URL"] = api_url
    # A proxy of the network must not stand between two processes of this machine.
    for name in ("NO_PROXY", "no_proxy"):
        known = os.environ.get(name, "")
        if LOCAL_HOSTS not in known:
            os.environ[name] = f"{known},{LOCAL_HOSTS}".strip(",")
