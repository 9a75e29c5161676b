"""Paths and a home -> a published batch and its report, in Prefect.

This module only says what follows what; each step is a plain function of flows/steps.py. No step
is retried: they are deterministic, a retry would repeat the failure. Findings about the reports
are results; what fails a run is a bug of ours, or a disk that refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from prefect import Task, flow, get_run_logger, runtime, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import RunInput
from prefect.utilities.engine import collect_task_run_inputs_sync

from flows import progress, steps
from flows.language import current
from flows.profiles import profile_of
from flows.runners import Engine, runner_for
from flows.running import alive, settle_killed_runs
from flows.summary import BatchSummary, as_markdown, as_rows, worst_rows
from warehouse import lock
from warehouse.home import Home
from warehouse.ingest import Manifest

Given = ParamSpec("Given")
Made = TypeVar("Made")


def step(function: Callable[Given, Made]) -> Task[Given, Made]:
    """The function as a task that is never retried and whose result is never cached."""
    return task(task_run_name=function.__name__, retries=0, cache_policy=NO_CACHE)(function)


ingest = step(steps.ingest)
transform = step(steps.transform)
draft = step(steps.draft)
compare = step(steps.compare)
load = step(steps.load)
validate = step(steps.validate)
publish = step(steps.publish)
report = step(steps.report)


def run_name() -> str:
    """The batch, or what was given: how the run is called in the UI."""
    given = runtime.flow_run.parameters
    return given["batch"] or ", ".join(Path(path).name for path in given["paths"])[:80]


@flow(name="process-batch", flow_run_name=run_name, retries=0)
def process_batch(
    paths: list[Path],
    home: Path,
    batch: str | None = None,
    engine: Engine = "local",
    dask_address: str | None = None,
    *,
    as_of: date | None = None,
    profile: Path | None = None,
) -> BatchSummary:
    """Take in, read, load, check and publish files and folders as one batch; write its report.

    `as_of` is the day by which waivers and deadlines are judged, by default today; `profile` the
    file that switches rules, by default profile.yaml of the home.
    """
    place, started_at = Home(home), datetime.now(UTC)
    day = as_of or datetime.now().date()  # of the office's own calendar
    applied = profile_of(place, profile)
    stage = progress.current().begin
    with alive(place):
        settle_killed_runs(place)
        with lock.writer(place, on_wait=lambda _: stage("waiting")):
            stage("ingest")
            manifest = ingest(place, paths, batch)
            stage("transform", len(manifest.entries))
            written = read_chunks(place, manifest, engine, dask_address)
            stage("load")
            drafted = draft(place, manifest, paths, written, as_of=day, profile=applied)
            loaded = compare(place, drafted)
            database = load(place, loaded)
            stage("validate")
            checked = validate(place, loaded, database, applied)
            stage("publish")
            publish(place, checked, started_at, datetime.now(UTC))
        stage("report")
        summary = report(place, manifest.batch_id)
        show_on_run_page(summary)
    return summary


def read_chunks(
    home: Home, manifest: Manifest, engine: Engine, dask_address: str | None
) -> list[Any]:
    """The transform task over every chunk: here when there is one, else side by side.

    What it gives stands for a ChunkFiles each, so that Prefect draws what came from what.
    """
    chunks = steps.chunks(manifest)
    advance = progress.current().advance
    if len(chunks) == 1 and engine == "local":
        written = transform(home, manifest.batch_id, chunks[0])
        advance(len(chunks[0]))
        return [written]
    taken_in: dict[str, set[RunInput]] = {"entries": {*collect_task_run_inputs_sync(manifest)}}
    with runner_for(engine, dask_address) as runner:
        futures = [
            runner.submit(
                transform.with_options(task_run_name=f"transform {number}/{len(chunks)}"),
                {"home": home, "batch_id": manifest.batch_id, "entries": chunk},
                dependencies=taken_in,
            )
            for number, chunk in enumerate(chunks, 1)
        ]
        for chunk, future in zip(chunks, futures, strict=True):
            future.result()
            advance(len(chunk))
    return futures


def show_on_run_page(summary: BatchSummary) -> None:
    """The figures as artifacts and in the log of the run; keys are lower-case with dashes."""
    for line in summary.lines(current()):
        get_run_logger().info(line)
    create_markdown_artifact(
        as_markdown(summary), key="batch-summary", description=summary.batch_id
    )
    create_table_artifact(as_rows(summary), key="batch-figures", description=summary.batch_id)
    create_table_artifact(worst_rows(summary), key="batch-worst", description=summary.batch_id)
