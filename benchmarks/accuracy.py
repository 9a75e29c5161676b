"""Generated reports and the five seeds through the extractor -> tables of what was read.

Exit status 1 when any value presented is wrong or a checked-in floor is broken. Floors belong to
the default sample and only rise: `--update` raises those that were beaten. With `--formats` the
reports are also printed to the other file formats, as far as the programs for that are installed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.generator import (
    FORMS,
    LAYOUTS,
    Expected,
    Generated,
    IdentityTruth,
    Kind,
    generate,
    sample,
)
from benchmarks.generator.printing import PRINTINGS, Printing, available, print_reports
from benchmarks.generator.scanned import SCANNINGS, Scanning, scan_reports
from benchmarks.scoring import Score, Wrong, score
from transforms.records import CellKey

ROOT = Path(__file__).parents[1]
FLOORS = Path(__file__).parent / "accuracy_floors.json"
SHARED = ROOT.parent / "shared"
DEFAULT_SEEDS = 30
DEFAULT_FORMAT_SEEDS = 6
PAGE = ROOT / "docs" / "accuracy.md"
SHOWN = 12
PRINTED_DAMAGES = (
    "spaced_numbers", "thousands", "remarks", "units", "blank_zeros", "struck_zeros",
    "only_totals", "broken_sum", "label_variants", "footnote", "traditional",
)  # fmt: skip
HEAD = """\
# Accuracy

Printed by `make accuracy` from generated reports with known truth ({seeds} seeds a layout; no, one
or three damages each) and from five real reports. `share` is the part of the cells that the source
determines which were read right, as printed (`read`) or by the form's arithmetic (`recovered`).
`silent` counts wrong values presented as right, and cells presented that are not in the source.
`format` holds the same reports printed by Chromium and LibreOffice.

"""
HEADER = ("reports", "cells", "read", "recovered", "ambiguous", "unread", "silent", "share")


@dataclass(slots=True)
class Result:
    """One file scored, small enough to pass between processes."""

    name: str
    seed: int
    form: str
    layout: str
    damages: tuple[str, ...]
    score: Score


@dataclass(slots=True)
class Tally:
    """Scores of a group of files."""

    reports: int = 0
    score: Score = field(default_factory=Score)

    def add(self, one: Score) -> None:
        self.reports += 1
        self.score.add(one)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parse(arguments)
    results = [*read_seeds(options.shared), *read_sample(options), *read_formats(options)]
    groups = group(results)
    tables = "\n\n".join(table(title, tallies) for title, tallies in groups.items() if tallies)
    print(tables, end="\n\n")
    if options.write:
        PAGE.write_text(HEAD.format(seeds=options.seeds) + tables + "\n", encoding="utf-8")
    wrong = [result for result in results if result.score.wrong]
    for result in wrong[:SHOWN]:
        first = result.score.wrong[0]
        what = f"{first.place}: {first.expected} read as {first.got}"
        damages = " ".join(result.damages) or "no damage"
        print(f"WRONG {result.name} ({damages}): {len(result.score.wrong)} cells, first {what}")
    if len(wrong) > SHOWN:
        print(f"... and {len(wrong) - SHOWN} more files with wrong values")
    if options.dump:
        dump(options.dump, wrong)
    broken = check_floors(groups, options) if options.seeds == DEFAULT_SEEDS else []
    for text in broken:
        print(f"FLOOR {text}")
    return int(bool(wrong or broken))


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="accuracy", description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=DEFAULT_SEEDS, help="seeds a layout")
    parser.add_argument("--layout", action="append", choices=[*LAYOUTS], help="only this layout")
    parser.add_argument("--formats", type=int, nargs="?", const=DEFAULT_FORMAT_SEEDS, default=0,
                        help="print so many seeds to every file format")  # fmt: skip
    parser.add_argument("--write", action="store_true", help="write docs/accuracy.md")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--dump", type=Path, help="write the files with wrong values here")
    parser.add_argument("--update", action="store_true", help="raise the floors that were beaten")
    parser.add_argument("--shared", type=Path, default=SHARED, help="where seeds/ and truth/ are")
    return parser.parse_args(arguments)


def read_generated(report: Generated) -> Result:
    """Extract and score one generated report."""
    from transforms.extract import extract  # noqa: PLC0415  (the generator works without it)

    result = score(report.truth, report.identity, extract(report.data, report.name))
    return Result(report.name, report.seed, report.form, report.layout, report.damages, result)


def read_sample(options: argparse.Namespace) -> list[Result]:
    """The generated sample, layouts spread over processes."""
    layouts = options.layout or [*LAYOUTS]
    work = partial(_read_layout, range(options.seeds))
    if options.jobs == 1:
        parts = [work(layout) for layout in layouts]
    else:
        with ProcessPoolExecutor(options.jobs) as pool:
            parts = list(pool.map(work, layouts))
    return [result for part in parts for result in part]


def _read_layout(seeds: Sequence[int], layout: str) -> list[Result]:
    return [read_generated(report) for report in sample(seeds, [layout])]


def read_formats(options: argparse.Namespace) -> list[Result]:
    """The same reports printed to every format whose program is installed, `--formats` seeds each.

    Every third has a damage that stands in the cells and so comes through the printing.
    """
    formats = (*PRINTINGS.values(), *SCANNINGS.values())
    missing = sorted({p.program for p in formats if not available(p)})
    if options.formats and missing:
        print(f"not installed: {', '.join(missing)}; its formats are left out", file=sys.stderr)
    chosen = [p for p in formats if options.formats and available(p)]
    with ThreadPoolExecutor(options.jobs) as pool:  # the work is done by other programs
        parts = list(pool.map(partial(_read_format, range(options.formats)), chosen))
    return [result for part in parts for result in part]


def _read_format(seeds: Sequence[int], printing: Printing | Scanning) -> list[Result]:
    wanted = []
    for seed in seeds:
        rng = Random(f"{seed} {printing.name}")
        damages = (rng.choice(PRINTED_DAMAGES),) if seed % 3 == 2 else ()
        wanted.append((seed, rng.choice([*FORMS]), damages))
    if isinstance(printing, Scanning):
        return [read_generated(report) for report in scan_reports(printing, wanted)]
    return [read_generated(report) for report in print_reports(printing, wanted)]


def read_seeds(shared: Path) -> Iterator[Result]:
    """The five real reports, where they are at hand."""
    from transforms.extract import extract  # noqa: PLC0415

    truth_file = shared / "truth" / "seeds.json"
    if not truth_file.exists():
        print(f"no {truth_file}: the five seeds are left out", file=sys.stderr)
        return
    for name, record in json.loads(truth_file.read_text(encoding="utf-8")).items():
        extraction = extract((shared / "seeds" / name).read_bytes(), name)
        result = score(*seed_truth(record), extraction)
        yield Result(name, 0, record["form"], "seeds", (), result)


def seed_truth(record: dict[str, Any]) -> tuple[dict[CellKey, Expected], IdentityTruth]:
    """One record of seeds.json as truth: null is blank, "ambiguous" is not determined."""
    truth = {}
    for key, value in record["cells"].items():
        table_no, row, column = key.split("|")
        if value is None:
            expected = Expected(Kind.BLANK)
        elif value == "ambiguous":
            expected = Expected(Kind.INVALID)  # any value presented is wrong
        else:
            expected = Expected(Kind.VALUE, Decimal(value))
        truth[CellKey(int(table_no), row, column)] = expected
    start, end = (date.fromisoformat(text) if text else None for text in record["period"])
    published = record["published"]
    return truth, IdentityTruth(
        body_name=(record["body"],),
        report_year=(record["year"],),
        period=((start, end) if start and end else None,),
        published_on=(date.fromisoformat(published) if published else None,),
        form=(record["form"],),
    )


def group(results: Sequence[Result]) -> dict[str, dict[str, Tally]]:
    """Tallies by layout without and with damages, by damage and by form."""
    groups: dict[str, dict[str, Tally]] = {
        "layout": {}, "layout, damaged": {}, "damage": {}, "form": {}, "format": {}
    }  # fmt: skip
    for result in results:
        if result.layout in PRINTINGS or result.layout in SCANNINGS:
            _add(groups["format"], result.layout, result.score)
            continue
        title = "layout, damaged" if result.damages else "layout"
        _add(groups[title], result.layout, result.score)
        for damage in result.damages:
            _add(groups["damage"], damage, result.score)
        if result.layout != "seeds" and not result.damages:
            _add(groups["form"], result.form, result.score)
    return groups


def _add(tallies: dict[str, Tally], name: str, one: Score) -> None:
    tallies.setdefault(name, Tally()).add(one)


def table(title: str, tallies: dict[str, Tally]) -> str:
    """A Markdown table, one line a group, the total last."""
    total = Tally()
    for tally in tallies.values():
        total.reports += tally.reports
        total.score.add(tally.score)
    identity = ("identity read", "identity wrong")
    lines = [f"| {title} | {' | '.join((*HEADER, *identity))} |", "|---" * 11 + "|"]
    order = [name for name in (*LAYOUTS, *FORMS, *PRINTINGS, *SCANNINGS) if name in tallies]
    names = order if len(order) == len(tallies) else sorted(tallies)
    for name, tally in [*((name, tallies[name]) for name in names), ("all", total)]:
        one = tally.score
        numbers = (tally.reports, one.cells, one.read, one.recovered, one.ambiguous, one.unread)
        fields = f"{one.identity_read}/{one.identity_fields} | {one.identity_wrong}"
        counts = " | ".join(map(str, numbers))
        lines.append(f"| {name} | {counts} | {one.silent} | {one.share:.4f} | {fields} |")
    return "\n".join(lines)


def check_floors(groups: dict[str, dict[str, Tally]], options: argparse.Namespace) -> list[str]:
    """What fell below its floor. With --update the floors that were beaten are raised."""
    floors: dict[str, dict[str, float]] = {}
    if FLOORS.exists():
        floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    broken = []
    for title in ("layout", "layout, damaged", "damage", "format"):
        for name, tally in groups[title].items():
            share = int(tally.score.share * 10_000) / 10_000  # never rounded up
            floor = floors.setdefault(title, {}).get(name, 0.0)
            if share < floor:
                broken.append(f"{title} {name}: {share:.4f} read, the floor is {floor:.4f}")
            elif options.update:
                floors[title][name] = share
    if options.update:
        text = json.dumps(floors, indent=1, sort_keys=True)
        FLOORS.write_text(text + "\n", encoding="utf-8")
    return broken


def dump(folder: Path, results: Sequence[Result]) -> None:
    """The offending files, each with what was wrong beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for result in results:
        place = folder / result.name
        if result.layout in LAYOUTS:
            report = generate(result.seed, result.form, result.layout, result.damages)
            place.write_bytes(report.data)
        beside = place.with_name(place.name + ".wrong")
        beside.write_text(_explain(result.damages, result.score.wrong), encoding="utf-8")


def _explain(damages: Sequence[str], wrong: Sequence[Wrong]) -> str:
    lines = [f"damages: {' '.join(damages)}"]
    lines += [f"{item.place}: {item.expected} read as {item.got}" for item in wrong]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
