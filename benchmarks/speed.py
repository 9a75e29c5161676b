"""Generated reports and the five seeds through the extractor -> docs/speed.md: ratios in a run."""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from itertools import islice
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from benchmarks.generator import LAYOUTS, generate, sample
from transforms.claims import read_claims
from transforms.extract import extract
from transforms.identity import read_identity
from transforms.marks import read_marks
from transforms.outline import find_sections
from transforms.readers import read_document, readers
from transforms.squeeze import squeeze
from transforms.tables import read_tables

SHARED = Path(__file__).parents[2] / "shared"
STAGES = ("decode and read", "sections", "identity", "tables", "claims", "marks")
TEXT, PAGES, SEEDS = "all text", "all pages", "the five seeds"
DEFAULT_MEMORY = 10_000
PAGE = """\
# Speed

Printed by `python -m benchmarks.speed --memory`. Times depend on the machine, ratios hardly do.

A file's time is its least CPU time, in one process, over {rounds} rounds through all files. What it
is compared with is measured beside it in the same round:

- the bare parse of the same bytes by lexbor ({selectolax}), which gives a tree and reads
  nothing. Plain text has no tags to parse: there the ratio says little. The aim for pages is 10;
- `pandas.read_html` ({pandas}, {lxml}), which gives the tables of a page as strings. The aim is 1.
  For plain text it gets the same report as a page. Pages in which it finds no table are left out
  of it.

{speeds}

## Where the time goes

Mean milliseconds.

{stages}
"""
MEMORY = """
## Memory

One process, every report another one; the highest includes what one report takes while it is read.

{memory}
"""
PARSES = 5  # of a file in a row: one alone is too short for the clock


@dataclass(slots=True)
class File:
    """A report file; `page` is the same report as a web page, where the file is none."""

    groups: tuple[str, ...]
    data: bytes
    page: bytes | None = None
    best: dict[str, float] = field(default_factory=dict)  # what was done -> least seconds

    def note(self, what: str, seconds: float) -> None:
        self.best[what] = min(seconds, self.best.get(what, seconds))


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parse(arguments)
    files = [*_generated(options.layout or [*LAYOUTS], options.seeds), *_seeds(options.shared)]
    for _ in range(options.rounds):
        for file in files:
            _measure(file)
    versions = {name: _version(name) for name in ("selectolax", "pandas", "lxml")}
    tables = {"speeds": _speeds(files), "stages": _stages(files)}
    print(PAGE.format(rounds=options.rounds, **tables, **versions), end="")
    if options.memory:
        memory = _memory(options.memory, options.layout or [*LAYOUTS])
        print(MEMORY.format(memory=memory), end="")
    return 0


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"no {package}"


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="speed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=4, help="reports a layout")
    parser.add_argument("--rounds", type=int, default=4, help="of which each file's least counts")
    parser.add_argument("--layout", action="append", choices=[*LAYOUTS], help="only this layout")
    parser.add_argument("--memory", type=int, nargs="?", const=DEFAULT_MEMORY, default=0,
                        help="extract so many reports and say what memory that takes")  # fmt: skip
    parser.add_argument("--shared", type=Path, default=SHARED, help="where seeds/ is")
    return parser.parse_args(arguments)


def _generated(layouts: Sequence[str], seeds: int) -> Iterator[File]:
    """Web pages and plain text; a bare parse of other formats says nothing."""
    for report in sample(range(seeds), layouts):
        reader = next(reader for reader in readers() if reader.recognises(report.data))
        if reader.media_type == "text/html":
            yield File((report.layout, PAGES), report.data, report.data)
        elif reader.media_type == "text/plain":
            twin = generate(report.seed, report.form, "html")
            yield File((TEXT,), report.data, twin.data)


def _seeds(shared: Path) -> Iterator[File]:
    folder = shared / "seeds"
    if not folder.exists():
        print(f"no {folder}: the five seeds are left out", file=sys.stderr)
        return
    for path in sorted(folder.glob("*.txt")):
        yield File((SEEDS,), path.read_bytes())


def _measure(file: File) -> None:
    """One round: everything done to a file, one thing after the other."""
    file.note(
        "parse", _timed(lambda: [LexborHTMLParser(file.data) for _ in range(PARSES)]) / PARSES
    )
    squeeze.cache_clear()  # kept for the modules that read one report, not for the next round
    file.note("extract", _timed(lambda: extract(file.data, "file")))
    squeeze.cache_clear()
    _measure_stages(file)
    if file.page is not None:
        _measure_pandas(file, file.page)


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _measure_stages(file: File) -> None:
    clock = [time.process_time()]
    document = read_document(file.data, "file")
    clock.append(time.process_time())
    sections = find_sections(document)
    clock.append(time.process_time())
    identity = read_identity(document, sections)
    clock.append(time.process_time())
    tables = read_tables(document, identity.report_year)
    clock.append(time.process_time())
    read_claims(document, sections, identity)
    clock.append(time.process_time())
    read_marks(document, sections, identity, tables.cells)
    clock.append(time.process_time())
    for stage, start, end in zip(STAGES, clock, clock[1:], strict=False):
        file.note(stage, end - start)


def _measure_pandas(file: File, page: bytes) -> None:
    import pandas as pd  # noqa: PLC0415  (half a second)

    encoding = read_document(page, "page").encoding

    def read() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pd.read_html(BytesIO(page), flavor="lxml", encoding=encoding)

    try:
        file.note("pandas", _timed(read))
    except ValueError:
        file.page = None  # it finds no table: nothing to compare with


def _groups(files: Sequence[File]) -> dict[str, list[File]]:
    order = [*LAYOUTS, PAGES, TEXT, SEEDS]
    found = {name: [file for file in files if name in file.groups] for name in order}
    return {name: members for name, members in found.items() if members}


def _mean(files: Sequence[File], what: str) -> float | None:
    """Mean milliseconds of the files on which it was done; null where that is none."""
    times = [file.best[what] for file in files if what in file.best]
    return 1000 * sum(times) / len(times) if times else None


def _ratio(files: Sequence[File], to: str) -> str:
    both = [file for file in files if to in file.best]
    mean, other = _mean(both, "extract"), _mean(both, to)
    return f"{mean / other:.2f}" if mean is not None and other else ""


def _speeds(files: Sequence[File]) -> str:
    """A Markdown table, one line a group."""
    lines = [
        "| reports | files | KiB each | bare parse, ms | read_html, ms | extraction, ms"
        " | to bare parse | to read_html | reports a second and core |",
        "|---|" + "---:|" * 8,
    ]
    for name, members in _groups(files).items():
        size = sum(len(file.data) for file in members) / len(members) / 1024
        parse, pandas, whole = (_mean(members, what) for what in ("parse", "pandas", "extract"))
        assert parse is not None
        assert whole is not None
        fields = (
            name,
            len(members),
            f"{size:.1f}",
            f"{parse:.3f}",
            "" if pandas is None else f"{pandas:.2f}",
            f"{whole:.2f}",
            _ratio(members, "parse"),
            _ratio(members, "pandas"),
            f"{1000 / whole:.0f}",
        )
        lines.append(f"| {' | '.join(map(str, fields))} |")
    return "\n".join(lines)


def _stages(files: Sequence[File]) -> str:
    """Where the time goes: milliseconds a stage."""
    lines = [f"| ms in | {' | '.join(STAGES)} |", "|---|" + "---:|" * len(STAGES)]
    for name, members in _groups(files).items():
        times = [_mean(members, stage) or 0.0 for stage in STAGES]
        lines.append(f"| {name} | {' | '.join(f'{time:.2f}' for time in times)} |")
    return "\n".join(lines)


def _memory(count: int, layouts: Sequence[str]) -> str:
    """Memory of this process after a tenth, a half and all of so many different reports."""
    marks = {max(count // 10, 1), max(count // 2, 1), count}
    lines = ["| reports extracted | resident, MiB | highest so far, MiB |", "|---:|---:|---:|"]
    endless = (report for seed in range(count) for report in sample([seed], layouts))
    for done, report in enumerate(islice(endless, count), start=1):
        extract(report.data, report.name)
        if done in marks:
            highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            lines.append(f"| {done:,} | {_resident():.0f} | {highest:.0f} |")
    return "\n".join(lines)


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    raise SystemExit(main())
