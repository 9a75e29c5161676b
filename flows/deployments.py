"""A home folder -> the work pool and the deployments of our flows on the server.

Call after flows.server has set the environment.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectAlreadyExists
from prefect.types.entrypoint import EntrypointType
from prefect.workers.process import ProcessWorker

from flows.process_batch import process_batch
from flows.sweep import sweep_inbox

POOL = "gongkai"
# A sweep that is due while one runs would find nothing: it is cancelled, not queued.
ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
)


def deploy(home: Path, interval: timedelta) -> None:
    """`process-batch/on-demand`, to be started from the UI, and `sweep-inbox/scheduled`."""
    template = ProcessWorker.get_default_base_job_template()
    pool = WorkPoolCreate(name=POOL, type=ProcessWorker.type, base_job_template=template)
    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.create_work_pool(pool)
    _deploy(process_batch, "on-demand", {"home": str(home), "paths": []})
    _deploy(
        sweep_inbox,
        "scheduled",
        {"home": str(home)},
        interval=interval,
        concurrency_limit=ONE_AT_A_TIME,
    )


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
