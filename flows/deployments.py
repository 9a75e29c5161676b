"""A home folder -> the work pool and the deployments of our flows on the server.

Call after flows.server has set the environment.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from prefect import Flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound
from prefect.types.entrypoint import EntrypointType
from prefect.workers.process import ProcessWorker

from flows.process_batch import process_batch
from flows.running import settle_runs_without_worker
from flows.sweep import sweep_inbox

POOL = "gongkai"
SCHEDULED = "scheduled"
# A sweep that is due while one runs would find nothing: it is cancelled, not queued.
ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
)


def deploy(home: Path, interval: timedelta) -> None:
    """`process-batch/on-demand`, to be started from the UI, and `sweep-inbox/scheduled`."""
    template = ProcessWorker.get_default_base_job_template()
    pool = WorkPoolCreate(name=POOL, type=ProcessWorker.type, base_job_template=template)
    with get_client(sync_client=True) as client:
        with suppress(ObjectAlreadyExists):
            client.create_work_pool(pool)
        settle_runs_without_worker(client)
        _forget_missed_sweeps(client)
    _deploy(process_batch, "on-demand", {"home": str(home), "paths": []})
    _deploy(
        sweep_inbox,
        SCHEDULED,
        {"home": str(home)},
        interval=interval,
        concurrency_limit=ONE_AT_A_TIME,
    )


def _forget_missed_sweeps(client: SyncPrefectClient) -> None:
    """The deployment is made anew: of a hundred sweeps that were due since, one is enough, and
    the slot of one that was killed is free again."""
    with suppress(ObjectNotFound):
        earlier = client.read_deployment_by_name(f"{sweep_inbox.name}/{SCHEDULED}")
        client.delete_deployment(earlier.id)


def _deploy(
    flow: Flow[..., Any],
    name: str,
    parameters: dict[str, Any],
    *,
    interval: timedelta | None = None,
    concurrency_limit: ConcurrencyLimitConfig | None = None,
) -> None:
    RunnerDeployment.from_flow(
        flow,
        name,
        parameters=parameters,
        interval=interval,
        concurrency_limit=concurrency_limit,
        work_pool_name=POOL,
        # By module, not by file: the worker imports what is installed, in whatever folder it is.
        entrypoint_type=EntrypointType.MODULE_PATH,
    ).apply()
