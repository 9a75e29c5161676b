"""A home -> the files in its inbox processed as one batch, and gone from the inbox."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, runtime
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows import inbox
from flows.language import say
from flows.process_batch import process_batch
from flows.running import alive
from flows.summary import BatchSummary
from warehouse.home import Home


def run_name() -> str:
    """How the run is called in the UI: the minute it was due."""
    return f"inbox {runtime.flow_run.scheduled_start_time.astimezone():%Y-%m-%d %H:%M}"


@flow(name="sweep-inbox", flow_run_name=run_name, retries=0)
def sweep_inbox(home: Path) -> BatchSummary | State[None]:
    """Process what has settled in the inbox. A sweep that fails leaves it for the next one."""
    place = Home(home).prepare()
    with alive(place), inbox.sole_sweep(place) as alone:
        if not alone:
            return Completed(message=say("sweep_at_work"))
        taken = inbox.take(place)
        if taken is None:
            return Completed(message=say("empty_inbox"))
        summary: BatchSummary = process_batch(paths=[taken], home=home)
        inbox.release(place)
    return summary
