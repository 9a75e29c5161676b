"""The command line as a user calls it: its own process, its own home, nothing inherited."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Gongkai = Callable[..., subprocess.CompletedProcess[str]]
COMMAND = Path(sys.executable).with_name("gongkai")


def clean_environment() -> dict[str, str]:
    ours = ("GONGKAI_", "PREFECT_", "LANG", "LC_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "LANG": "C.UTF-8", "COLUMNS": "100"}


@pytest.fixture(scope="session")
def gongkai() -> Gongkai:
    def call(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [COMMAND, *map(str, arguments)],
            env=clean_environment() | variables,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    return call
