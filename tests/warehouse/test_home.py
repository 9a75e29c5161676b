"""The home folder and its lock."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse import lock
from warehouse.errors import HomeError
from warehouse.home import Home


def test_a_file_is_no_home(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    with pytest.raises(HomeError, match="not a folder"):
        Home(path).prepare()
    with pytest.raises(HomeError, match="cannot be written"):
        Home(path / "below").prepare()


def test_errors_survive_the_way_back_from_a_worker_process() -> None:
    error = pickle.loads(pickle.dumps(HomeError("home_missing", path="x")))
    assert isinstance(error, HomeError)
    assert "x" in error.text("zh")


HOLDER = """
import sys
from pathlib import Path
from warehouse import lock
from warehouse.home import Home
with lock.writer(Home(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_waits_is_told_and_gives_up_and_death_frees_the_lock(home: Home) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        told: list[dict[str, str]] = []
        with (
            pytest.raises(HomeError, match=f"pid {holder.pid}"),
            lock.writer(home, timeout=0.3, on_wait=told.append),
        ):
            pass
        assert [set(message) for message in told] == [{"zh", "en"}]
        holder.kill()
    with lock.writer(home, timeout=5):
        lock.require_writer(home)
    with pytest.raises(RuntimeError):
        lock.require_writer(home)
