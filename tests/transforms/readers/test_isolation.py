"""A crash, a hang or a bomb costs one file, and nothing is left behind."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.transforms.readers import hostile
from tests.transforms.readers.checks import refusal_of
from transforms.document import UnreadableFileError
from transforms.readers import isolation
from transforms.readers.isolation import read_isolated
from transforms.readers.reader import Reader

MEBIBYTE = 1 << 20


def reader(read, **bounds) -> Reader:
    return Reader("X", "x/x", lambda data: True, read, isolated=True, **bounds)


def process_of(text: str) -> int:
    return int(text.split()[1])


def read_well() -> int:
    """The process that read it."""
    return process_of(read_isolated(reader(hostile.read_well), b"a", "0" * 64).text)


def refusal(read, **bounds) -> UnreadableFileError:
    return refusal_of(read_isolated, reader(read, **bounds), b"a", "0" * 64)


def test_files_are_read_in_one_other_process():
    first = read_well()
    assert first != os.getpid()
    assert read_well() == first


@pytest.mark.parametrize(
    ("read", "cause"),
    [(hostile.abort, "SIGABRT"), (hostile.segfault, "SIGSEGV"), (hostile.leave, "exit 7")],
)
def test_a_crash_costs_one_file(read, cause):
    before = read_well()
    error = refusal(read)
    assert (error.reason, error.details["signal"]) == ("reader_crashed", cause)
    assert read_well() != before


def test_an_endless_loop_ends_when_its_time_is_up():
    began = time.monotonic()
    error = refusal(hostile.loop, seconds=1)
    assert (error.reason, error.details["seconds"]) == ("reader_timeout", "1")
    assert time.monotonic() - began < 30
    read_well()


def test_a_reader_that_waits_for_ever_ends_too():
    assert refusal(hostile.wait, seconds=1).reason == "reader_timeout"


@pytest.mark.skipif(sys.platform != "linux", reason="the limit needs the kernel's help")
def test_memory_is_bounded():
    error = refusal(hostile.hog, memory=200 * MEBIBYTE)
    assert (error.reason, error.details["limit"]) == ("reader_memory", str(200 * MEBIBYTE))
    read_well()


def test_what_a_reader_raises_comes_over():
    before = read_well()
    assert refusal(hostile.fall).details == {"error": "ZeroDivisionError: by zero"}
    assert refusal(hostile.panic).reason == "reader_failed"
    assert refusal(hostile.refuse).reason == "undecodable"
    assert refusal(hostile.recurse).reason == "reader_failed"
    assert read_well() == before


def test_what_a_library_prints_disturbs_nothing():
    assert read_isolated(reader(hostile.print_much), b"a", "0" * 64).text.startswith("a ")


def test_an_answer_is_bounded():
    assert refusal(hostile.say_too_much).reason == "too_complex"


def test_nothing_but_a_document_comes_back():
    with pytest.raises(pickle.UnpicklingError, match="no part of a document"):
        read_isolated(reader(hostile.take_over), b"a", "0" * 64)


def test_a_process_killed_between_files_is_replaced():
    process = read_well()
    os.kill(process, signal.SIGKILL)
    time.sleep(0.2)
    assert read_well() != process


def test_a_process_is_replaced_after_many_files(monkeypatch):
    monkeypatch.setattr(isolation, "READS", 2)
    processes = [read_well() for _ in range(6)]
    assert len(set(processes)) >= 3


def test_threads_read_side_by_side():
    with ThreadPoolExecutor(3) as pool:
        processes = list(pool.map(lambda _: read_well(), range(6)))
    assert all(processes)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_process_started_from_this_one_reads_with_its_own(method):
    before = read_well()
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        other = pool.submit(read_well).result()
    assert other != before
    assert read_well() == before
    assert ended(other)


@pytest.mark.parametrize("ending", ["", "os._exit(0)", "os.kill(os.getpid(), 9)", "1 / 0"])
def test_nothing_is_left_when_the_reading_process_ends(ending):
    code = (
        "import os\n"
        "from tests.transforms.readers.test_isolation import read_well\n"
        f"print(read_well(), flush=True)\n{ending}"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended(int(done.stdout))
    assert ("Error" in done.stderr) == (ending == "1 / 0")


def ended(process: int) -> bool:
    """Whether a process is gone within a second or two."""
    for _ in range(40):
        state = Path(f"/proc/{process}/stat")
        try:
            if state.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False
