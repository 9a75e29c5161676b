"""A home -> its flow runs whose process is gone, Crashed in Prefect instead of Running for ever.

Prefect cannot know that a run was killed, nor can a worker that lost power with it. So every run
holds a locked file while it runs: the kernel frees the lock when the process ends, however it ends.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from prefect import runtime
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType, TaskRun
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from flows.language import say
from flows.prefect_environment import prefect_home
from warehouse.home import Home

FOLDER = "running"  # in the Prefect home: a file a flow run, by its id


@contextmanager
def alive(home: Home) -> Iterator[None]:
    """While the flow run of the moment runs: its file is there and locked."""
    folder = prefect_home(home.path) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / str(runtime.flow_run.id)
    begun = folder / f".{path.name}"
    with begun.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        begun.rename(path)  # locked before anyone can see it
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def settle_killed_runs(home: Home) -> None:
    """Mark the runs of this home as Crashed that were killed; runs that go on are left alone."""
    killed = [path for path in _files(home) if not _is_locked(path)]
    if not killed:
        return
    with get_client(sync_client=True) as client:
        for path in killed:
            _mark(client, UUID(path.name))
            path.unlink(missing_ok=True)


def _files(home: Home) -> list[Path]:
    folder = prefect_home(home.path) / FOLDER
    return sorted(path for path in folder.glob("*") if not path.name.startswith("."))


def _is_locked(path: Path) -> bool:
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def settle_runs_without_worker(client: SyncPrefectClient) -> None:
    """Before a worker starts: what an earlier one had begun has ended with it."""
    begun = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(is_null_=False),
        state=FlowRunFilterState(
            type=FlowRunFilterStateType(
                any_=[StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
            )
        ),
    )
    for run in client.read_flow_runs(flow_run_filter=begun):
        _mark(client, run.id)


def _mark(client: SyncPrefectClient, run_id: UUID) -> None:
    """The run and its tasks, where Prefect takes them for running; another server has none such."""
    crashed: State[None] = Crashed(message=say("run_killed"))
    try:
        run = client.read_flow_run(run_id)
    except ObjectNotFound:
        return
    wanted = FlowRunFilter(id=FlowRunFilterId(any_=[run_id]))
    for task in client.read_task_runs(flow_run_filter=wanted):
        if _seems_to_run(task):
            client.set_task_run_state(task.id, crashed, force=True)
    if _seems_to_run(run):
        client.set_flow_run_state(run_id, crashed, force=True)


def _seems_to_run(run: FlowRun | TaskRun) -> bool:
    return run.state is not None and not run.state.is_final()
