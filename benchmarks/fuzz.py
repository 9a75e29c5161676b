"""Good files of every format, damaged at random -> a table of what became of them.

Exit status 1 when a damaged file raised anything but UnreadableFileError, took too long, or cost
this process much memory: then the file is kept in `--dump` with the seed that made it.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.generator import generate
from benchmarks.generator.damage_bytes import damage
from benchmarks.generator.packing import ARCHIVES
from benchmarks.generator.printing import PRINTINGS, available, print_reports
from transforms.archives.nested import open_archive
from transforms.document import UnreadableFileError
from transforms.readers import read_document

LONGEST = 60.0  # seconds for one file, on a busy machine
LARGEST_GROWTH = 400 << 20  # bytes of this process over the run
LAYOUTS = ("tab", "html_word_gb18030", "mhtml_chromium", "csv", "xlsx")
FIXTURES = Path(__file__).parents[1] / "tests" / "transforms" / "readers" / "fixtures"


@dataclass(slots=True)
class Tally:
    """What became of the damaged files of one kind."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parse(arguments)
    seeds = dict(good_files(options.formats))
    before = _memory()
    tallies = run(seeds, options.seconds, options.seed, options.dump)
    print(table(tallies))
    growth = _memory() - before
    print(f"\nthis process grew by {growth >> 20} MiB")
    faults = [fault for tally in tallies.values() for fault in tally.faults]
    for fault in faults:
        print(f"FAULT {fault}")
    return int(bool(faults) or growth > LARGEST_GROWTH)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=0, help="begin with this one")
    parser.add_argument("--formats", action="store_true", help="also print reports to PDF, DOC, …")
    parser.add_argument("--dump", type=Path, default=Path("fuzz-faults"))
    return parser.parse_args(arguments)


def good_files(printed: bool = False) -> Iterator[tuple[str, bytes]]:
    """A file of each format by its name, small and whole."""
    for layout in LAYOUTS:
        yield layout, generate(1, "2021", layout).data
    for path in sorted(FIXTURES.rglob("*")):
        if path.is_file() and path.suffix != ".md":
            yield path.name, path.read_bytes()
    page = generate(1, "2021", "html").data
    for name, pack in ARCHIVES.items():
        yield name, pack({"某局/年报.html": page, "b.txt": b"b" * 99})
    for printing in PRINTINGS.values():
        if printed and available(printing):
            yield printing.name, next(iter(print_reports(printing, [(1, "2021", ())]))).data


def run(files: dict[str, bytes], seconds: float, seed: int, dump: Path) -> dict[str, Tally]:
    """Damage the files in turn until the time is up."""
    tallies = {name: Tally() for name in files}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for name, data in files.items():
            damaged = damage(data, Random(f"{seed} {name}"))
            read = _open if name in ARCHIVES else _read
            fault = _try(tallies[name], damaged, read)
            if fault:
                tallies[name].faults.append(f"{name} {seed}: {fault}")
                dump.mkdir(parents=True, exist_ok=True)
                (dump / f"{seed}-{name}").write_bytes(damaged)
        seed += 1
    return tallies


def _try(tally: Tally, data: bytes, read: Callable[[bytes], str]) -> str | None:
    """Read one file; what went wrong of what must not."""
    begun = time.monotonic()
    try:
        tally.outcomes[read(data)] += 1
    except Exception:
        tally.outcomes["raised"] += 1
        return traceback.format_exc(limit=-3)
    taken = time.monotonic() - begun
    tally.slowest = max(tally.slowest, taken)
    return f"took {taken:.0f} s" if taken > LONGEST else None


def _read(data: bytes) -> str:
    try:
        read_document(data, "fuzz")
    except UnreadableFileError as error:
        return error.reason
    return "read"


def _open(data: bytes) -> str:
    """Open an archive; members are read by the runs of their own formats."""
    with tempfile.TemporaryDirectory() as folder:
        path, place = Path(folder) / "archive", Path(folder) / "members"
        path.write_bytes(data)
        place.mkdir()
        found = list(open_archive("archive", path, place))
        outside = [one for one in Path(folder).iterdir() if one not in (path, place)]
        if outside:
            raise AssertionError(f"written outside: {outside}")
        return found[0].problem.code if found[0].problem else "read"


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def table(tallies: dict[str, Tally]) -> str:
    lines = ["| file | damaged | slowest | outcomes |", "|---|---|---|---|"]
    for name, tally in tallies.items():
        outcomes = ", ".join(f"{reason} {count}" for reason, count in tally.outcomes.most_common())
        total = tally.outcomes.total()
        lines.append(f"| {name} | {total} | {tally.slowest:.2f} s | {outcomes} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
