"""Counties of honest and of broken chains -> the rules across years and bodies that fire.

The reports go through a temporary warehouse, as those of a batch do; no county has to do with
another, so that all are checked at once. benchmarks/rules_check.py prints what comes of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.chain_mutations import (
    ChainMutation,
    Place,
    break_chain,
    chain_mutations,
    concerned,
)
from benchmarks.chain_rosters import write_summing_county
from benchmarks.chains import County, write_county
from benchmarks.generator import lay_out
from expectations.findings import find, violated
from expectations.scopes import prepare
from flows import steps
from transforms.likeness import thresholds
from warehouse import lock
from warehouse.home import Home

BATCH = "chains"
DAY = date(2026, 1, 1)  # on which every report is due
HONEST_COUNTIES = 1000  # numbers below are left to honest ones
ANOTHER = 500  # from the number of a county to that of one it has nothing to do with
PAIR = 2  # bodies in a county of which one report is broken
SIZES = (2, 3, 4, 6)  # bodies in a county of honest ones: with few, no sentence counts as shared
# Layouts that keep every cell apart: in others a broken number may have several readings.
SUFFIXES = {"tab": "txt", "pipe_outer": "txt", "markdown": "txt", "html": "html"}


@dataclass(frozen=True, slots=True)
class Case:
    """A county, and the rules that must fire by report; on its other reports none may."""

    name: str
    rule_id: str
    county: County
    expected: dict[Place, frozenset[str]]
    roster: str = ""


@dataclass(slots=True)
class ChainTally:
    """What came of the counties in which one rule was broken, or none."""

    reports: int = 0
    caught: int = 0
    missed: int = 0
    false_alarms: Counter[str] = field(default_factory=Counter)


def honest_cases(bodies: int) -> Iterator[Case]:
    """Counties of so many bodies in all, all of them honest."""
    left = bodies
    for number in count():
        size = min(SIZES[number % len(SIZES)], left)
        if size == 0:
            return
        yield Case(f"honest-{number}", "", write_county(number, size), {})
        left -= size


def summing_cases(counties: int) -> Iterator[Case]:
    """So many counties with a roster, whose governments sum up; all of them honest."""
    for number in range(counties):
        county, roster = write_summing_county(number)
        yield Case(f"summing-{number}", "", county, {}, roster)


def broken_cases(each: int) -> Iterator[Case]:
    """For each mutation so many counties that it makes sense in, none of them taken twice."""
    numbers = count(HONEST_COUNTIES)
    for mutation in chain_mutations():
        yield from islice(_cases_of(mutation, numbers), each)


def _cases_of(mutation: ChainMutation, numbers: Iterator[int]) -> Iterator[Case]:
    for number in numbers:
        county, roster = write_county(number, PAIR), ""
        if mutation.summing:
            county, roster = write_summing_county(number)
        if mutation.of == "elsewhere":
            county |= write_county(number + ANOTHER, 1)
        place = concerned(mutation, county, thresholds().same_numbers)
        if place is not None:
            expected = break_chain(mutation, county, place)
            yield Case(f"{mutation.id}-{number}", mutation.rule_id, county, expected, roster)


def tally(cases: Sequence[Case], show: bool = False) -> dict[str, ChainTally]:
    """What fired, by rule; honest counties stand under the empty name."""
    found: dict[str, ChainTally] = {}
    fired = _fired(cases)
    for case in cases:
        one = found.setdefault(case.rule_id, ChainTally())
        one.reports += len(case.county)
        missing = False
        for place in {*case.county, *case.expected, *_not_there(case, fired)}:
            wanted = case.expected.get(place, frozenset())
            got = fired.get((case.name, *place), {"no report"} if place in case.county else set())
            missing = missing or bool(wanted - got)
            one.false_alarms.update(got - wanted)
            if show and got != wanted:
                print(f"{case.name} {place}: missed {wanted - got}, wrong {got - wanted}")
        one.missed += missing
        one.caught += bool(case.expected) and not missing
    return found


def _not_there(case: Case, fired: Mapping[tuple[str, str, int], set[str]]) -> Iterator[Place]:
    """What was found not to be there, of bodies of this case."""
    for name, body, year in fired:
        if name == case.name and (body, year) not in case.county:
            yield body, year


def _fired(cases: Sequence[Case]) -> dict[tuple[str, str, int], set[str]]:
    """The rules that fire, by case, body and year; reports that were not read are left out."""
    with TemporaryDirectory() as folder:
        inputs = Path(folder) / "reports"
        places = _write(inputs, cases)
        home = Home(Path(folder) / "home").prepare()
        for case in cases:
            if case.roster:
                (home.rosters / f"{case.name}.csv").write_text(case.roster, encoding="utf-8")
        database = _staged(home, inputs)
        with duckdb.connect(str(database)) as connection:
            prepare(connection, BATCH)
            read = connection.execute(
                "select report_id, source_path from reports join documents "
                "using (document_id, batch_id)"
            ).fetchall()
            of_report = {report_id: places[path.rsplit("/", 1)[1]] for report_id, path in read}
            fired: dict[tuple[str, str, int], set[str]] = {key: set() for key in of_report.values()}
            for finding in find(connection, BATCH, violated(connection)):
                fired[of_report[finding["report_id"]]].add(finding["rule_id"])
            missing = connection.execute(
                "select roster, body_name, report_year, rule_id from not_filed"
            ).fetchall()
            for name, body, year, rule_id in missing:
                fired.setdefault((name, body, year), set()).add(rule_id)
    return fired


def _write(folder: Path, cases: Sequence[Case]) -> dict[str, tuple[str, str, int]]:
    """The files of all reports, and what each is of."""
    folder.mkdir()
    places: dict[str, tuple[str, str, int]] = {}
    layouts = [*SUFFIXES]
    for case in cases:
        for body, year in case.county:
            number = len(places)
            layout = layouts[number % len(layouts)]
            name = f"{number:06d}.{SUFFIXES[layout]}"
            data = lay_out(case.county[body, year], number, layout)
            (folder / name).write_bytes(data)
            places[name] = (case.name, body, year)
    return places


def _staged(home: Home, inputs: Path) -> Path:
    """A database of the reports as it stands before they are validated."""
    with lock.writer(home):
        manifest = steps.ingest(home, [inputs], BATCH)
        written = [steps.transform(home, BATCH, chunk) for chunk in steps.chunks(manifest)]
        return steps.load(
            home, steps.compare(home, steps.draft(home, manifest, [inputs], written, as_of=DAY))
        )
