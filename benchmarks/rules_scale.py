"""Some hundred generated reports, copied to a million, through every rule -> docs/rules_speed.md.

Great Expectations on DuckDB against the same predicates in one SQL pass over the same Parquet
files, each in a process of its own, so that its memory is its own too.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.generator import sample
from expectations.across import affected, filings_of
from expectations.compile import usual_book
from expectations.scopes import beside_reports, prepare
from expectations.suites import run_suites
from flows.versions import rules_version
from transforms.extract import extract
from transforms.statute.loader import all_cell_keys
from transforms.statute.rule_schema import FILING
from warehouse import database, sql
from warehouse.catalog import ChunkFiles, Commit, StoredFile
from warehouse.home import Home
from warehouse.write import write_chunk

PAGE = Path(__file__).parents[1] / "docs" / "rules_speed.md"
HEAD = """\
# Rules at national scale

Printed by `python -m benchmarks.rules_scale --write`: {rules} rules in {predicates} predicates over
{seed} generated reports, consistent and damaged, copied to the number given, each copy with the
cells of its reports times a factor, which keeps every sum; two cores, Parquet files behind views as
in a real home. *One pass* counts the reports that violate each rule in one `select` over all rules;
Great Expectations evaluates the same predicates suite by suite, counts the reports that it looked
at and writes its results and pages.

| reports | MB of Parquet | one pass, s | Great Expectations, s | ratio | peak memory, GB |
|---:|---:|---:|---:|---:|---:|
"""
BATCH = "scale"
LAYOUT = "tab"
CELLS = [key.column_name for key in all_cell_keys()]
OF_COPY = {
    "report_rows": [f"{name} || '-' || copy as {name}" for name in ("body_id", "county_id")],
    "facts": [
        f"{key.column_name} * (1 + copy % 9) as {key.column_name}" for key in all_cell_keys()
    ],
}  # the rest of what the rules read is the same in every copy
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="rules_scale", description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--seed-reports", type=int, default=200)
    parser.add_argument("--write", action="store_true", help="write docs/rules_speed.md")
    options = parser.parse_args(arguments)
    lines = [_row(size, options.seed_reports) for size in options.sizes]
    book = usual_book()
    predicates = sum(len(rule.instances) for rule in book.values())
    page = HEAD.format(rules=len(book), predicates=predicates, seed=options.seed_reports)
    page += "\n".join(lines) + "\n"
    print(page, end="")
    if options.write:
        PAGE.write_text(page, encoding="utf-8")
    return 0


def _row(size: int, seed_reports: int) -> str:
    with TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home").prepare()
        path = _warehouse(home, size, seed_reports)
        megabytes = sum(file.stat().st_size for file in home.tables.rglob("*.parquet")) / 1e6
        one_pass, counts, _ = _alone(_one_pass, path)
        suites, violated, memory = _alone(_suites, path)
    if counts != violated:
        raise SystemExit("one pass and Great Expectations count differently")
    return (
        f"| {size:,} | {megabytes:,.0f} | {one_pass:.1f} | {suites:.1f} "
        f"| {suites / one_pass:.1f} | {memory:.1f} |"
    )


def _warehouse(home: Home, size: int, seed_reports: int) -> Path:
    """A database over `size` reports: the seed reports read once, their rows copied by DuckDB."""
    chosen = sample(range(seed_reports), [LAYOUT])
    written = write_chunk(home, BATCH, [extract(one.data, one.name) for one in chosen])
    copies = -(-size // seed_reports)
    with duckdb.connect() as connection:
        files = {
            name: tuple(
                _copied(connection, home, file, copies, OF_COPY[name])
                for file in (written.files[name] if name in OF_COPY else ())
            )
            for name in written.files
        }
    commit = Commit(
        batch_id=BATCH, started_at=NOW, finished_at=NOW, source="", counts=written.counts,
        extractor_version="", rules_version=rules_version(),
        files=ChunkFiles(files=files).files,
    )  # fmt: skip
    path = home.path / "scale.duckdb"
    database.build(home, [commit], path, described=False)
    return path


def _copied(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    file: StoredFile,
    copies: int,
    of_copy: Sequence[str],
) -> StoredFile:
    """The file with every row `copies` times, each copy a report, body and county of its own."""
    source = home.path / file.path
    target = source.with_name("scale.parquet")
    replaced = ", ".join(("report_id || '-' || copy as report_id", *of_copy))
    connection.execute(
        f"copy (select * replace ({replaced}) "
        f"from {sql.parquet([source])}, range({copies}) as r(copy)) "
        f"to {sql.text(str(target))} (format parquet, compression zstd)"
    )
    source.unlink()
    return file.model_copy(update={"path": target.relative_to(home.path).as_posix()})


def _one_pass(path: Path) -> dict[str, int]:
    beside_it = beside_reports(BATCH, affected(BATCH))
    reports = f"report_facts join ({beside_it}) using (report_id, batch_id)"
    with duckdb.connect(str(path), read_only=True) as connection:
        return _violated(connection, reports, filing=False) | _violated(
            connection, f"({filings_of(BATCH)})", filing=True
        )


def _violated(
    connection: duckdb.DuckDBPyConnection, source: str, *, filing: bool
) -> dict[str, int]:
    book = {
        rule_id: one
        for rule_id, one in usual_book().items()
        if (one.rule.scope == FILING) == filing
    }
    counts = ", ".join(f"coalesce(count_if({one.violated}), 0)" for one in book.values())
    row = connection.execute(f"select {counts} from {source}").fetchone()
    assert row is not None
    return dict(zip(book, row, strict=True))


def _suites(path: Path) -> dict[str, int]:
    with duckdb.connect(str(path)) as connection:
        prepare(connection, BATCH)
    with TemporaryDirectory() as folder:
        return run_suites(path, BATCH, Path(folder))


def _alone(
    work: Callable[[Path], dict[str, int]], path: Path
) -> tuple[float, dict[str, int], float]:
    """Seconds, result and peak GB of a work done in a new process."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_timed, args=(work, path, sender))
    process.start()
    sender.close()
    seconds, result, memory = json.loads(receiver.recv())
    process.join()
    return seconds, result, memory


def _timed(work: Callable[[Path], dict[str, int]], path: Path, sender) -> None:  # noqa: ANN001
    start = time.perf_counter()
    result = work(path)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    sender.send(json.dumps((seconds, result, peak)))


if __name__ == "__main__":
    raise SystemExit(main())
