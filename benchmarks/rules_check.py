"""Correct generated reports, unbroken and broken on purpose -> the rules that fire.

Prints for each rule how often its violation was caught and missed, and how often a rule fired that
should not have; exit status 1 if anything was missed or a false alarm. `--write` prints the page.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path

from benchmarks import chains_check
from benchmarks.chains_check import ChainTally
from benchmarks.generator import LAYOUTS, lay_out, write_report
from benchmarks.rule_mutations import Mutation, break_report, concerns, correct, mutations
from expectations.check import check_reports
from expectations.scopes import WITHIN
from transforms.extract import extract
from transforms.statute.profile import Profile, RuleChange
from transforms.statute.rules import rules

PAGE = Path(__file__).parents[1] / "docs" / "rules_check.md"
FORMS = ("2019", "2021")
# Layouts that keep every cell apart: in others a broken number may have several readings.
FAITHFUL = ("tab", "pipe_outer", "markdown", "html", "html_site")
AT_ONCE = 40
FULL_CLEAN, FULL_BROKEN, FULL_BODIES = 5000, 10, 300
BODIES_EACH = 10  # so many honest bodies to one county whose government sums up
HEAD = """\
# The rules against generated reports

Printed by `make rules-check`. For each rule, correct generated reports are broken in exactly what
it forbids; *caught* counts those in which it fired, *missed* those in which it did not, *false
alarms* the findings of rules that the break does not concern. Rules that only some offices ask for
are switched on. The last row is {clean} unbroken reports in all {layouts} layouts.

| rule | caught | missed | false alarms |
|---|---:|---:|---:|
"""
ACROSS_HEAD = """
## Across years and bodies

Invented counties whose bodies report honestly from 2019 to 2024, in the form of 2019 and that of
2021: what is carried out is carried in, documents and items roll forward, reports of a county share
sentences and each keeps some of the year before. In one report of a county one rule is broken;
*false alarms* are all other findings, on it, on the same body's reports beside it and on its
neighbour. Where a report is copied from another body, it must fire on both. Counties on a roster
have a government that sums up what its bodies report, and a department that takes another's place;
a report that is taken away breaks a rule of its own. The last row is {bodies} honest bodies and
{summing} such counties.

| rule | caught | missed | false alarms |
|---|---:|---:|---:|
"""


@dataclass(slots=True)
class Tally:
    """What came of the reports of one mutation."""

    caught: int = 0
    missed: int = 0
    false_alarms: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Case:
    """A report and the rules that must fire on it."""

    name: str
    data: bytes
    mutation: str
    fires: frozenset[str]


def broken_cases(each: int) -> Iterator[Case]:
    """For each mutation so many reports that it makes sense in."""
    for mutation in mutations():
        yield from islice(_cases_of(mutation), each)


def _cases_of(mutation: Mutation) -> Iterator[Case]:
    for seed in range(1, 400):
        for form in mutation.forms:
            manuscript = write_report(seed, form)
            if concerns(mutation, manuscript):
                correct(manuscript)
                break_report(manuscript, mutation)
                layout = FAITHFUL[seed % len(FAITHFUL)]
                name = f"{mutation.id}-{seed}-{form}-{layout}"
                data = lay_out(manuscript, seed, layout)
                yield Case(name, data, mutation.id, mutation.expected)


def clean_cases(count: int) -> Iterator[Case]:
    """Unbroken reports in all layouts in turn."""
    layouts = [*LAYOUTS]
    for number in range(count):
        layout, form = layouts[number % len(layouts)], FORMS[number // len(layouts) % 2]
        seed = 10_000 + number
        manuscript = write_report(seed, form)
        correct(manuscript)
        data = lay_out(manuscript, seed, layout)
        yield Case(f"clean-{seed}-{form}-{layout}", data, "", frozenset())


def tally(cases: Iterable[Case], show: bool = False) -> dict[str, Tally]:
    """What fired, by mutation; unbroken reports stand under the empty name."""
    found: dict[str, Tally] = {}
    cases = iter(cases)
    while some := list(islice(cases, AT_ONCE)):
        for case, fired in zip(some, _fired(some), strict=True):
            one = found.setdefault(case.mutation, Tally())
            missed = case.fires - fired
            one.missed += bool(missed)
            one.caught += not missed
            one.false_alarms.update(fired - case.fires)
            if show and fired != case.fires:
                print(f"{case.name}: missed {sorted(missed)}, wrong {sorted(fired - case.fires)}")
    return found


@cache
def every_rule() -> Profile:
    """Also the rules that only some offices ask for."""
    return Profile(rules={one.id: RuleChange() for one in rules().values() if one.optional})


def _fired(cases: Sequence[Case]) -> list[set[str]]:
    extractions = [extract(case.data, _file_name(case)) for case in cases]
    by_report: dict[str, set[str]] = {}
    different = {one.document_id: one for one in extractions}.values()
    for finding in check_reports(different, every_rule()):
        if finding["scope"] == WITHIN:  # generated reports of one body know nothing of each other
            by_report.setdefault(finding["report_id"], set()).add(finding["rule_id"])
    return [
        by_report.get(one.report.report_id, set()) if one.report else {"no report"}
        for one in extractions
    ]


def _file_name(case: Case) -> str:
    layout = LAYOUTS[case.name.rsplit("-", 1)[1]]
    suffix = layout.suffix or ("html" if "html" in layout.traits else "txt")
    return f"{case.name}.{suffix}"


def across_page(tallies: dict[str, ChainTally], bodies: int) -> str:
    """The table of the rules across years and bodies; honest chains are its last row."""
    lines = [
        f"| {rule_id} | {one.caught} | {one.missed} | {_alarms(one)} |"
        for rule_id, one in sorted(tallies.items())
        if rule_id
    ]
    honest = tallies[""]
    lines.append(f"| none broken ({honest.reports} reports) | | | {_alarms(honest)} |")
    across = [rule_id for rule_id, rule in rules().items() if rule.scope != WITHIN]
    untried = [rule_id for rule_id in across if rule_id not in tallies]
    if untried:
        lines += ["", f"Not broken here, their examples are tests: {', '.join(untried)}."]
    return (
        ACROSS_HEAD.format(bodies=bodies, summing=bodies // BODIES_EACH) + "\n".join(lines) + "\n"
    )


def page(broken: dict[str, Tally], clean: Tally, count: int) -> str:
    """The table as Markdown; rules that no mutation breaks are named below it."""
    unread = {mutation.id: mutation.unread for mutation in mutations()}
    lines = [
        f"| {rule_id} | {one.caught} | {one.missed} | {_alarms(one)} |"
        for rule_id, one in broken.items()
        if not unread.get(rule_id)
    ]
    lines.append(f"| none broken | | | {_alarms(clean)} |")
    within = [rule_id for rule_id, rule in rules().items() if rule.scope == WITHIN]
    untried = [rule_id for rule_id in within if rule_id not in broken]
    if untried:
        lines += ["", f"Not broken here, their examples are tests: {', '.join(untried)}."]
    lines.append("")
    lines += [
        f"- {rule_id}: not assessable in generated reports, {why}; other rules fired "
        f"{broken[rule_id].false_alarms.total()} times."
        for rule_id, why in unread.items()
        if why and rule_id in broken
    ]
    return HEAD.format(clean=count, layouts=len(LAYOUTS)) + "\n".join(lines) + "\n"


def _alarms(one: Tally | ChainTally) -> str:
    total = one.false_alarms.total()
    names = ", ".join(f"{rule} {n}" for rule, n in one.false_alarms.most_common(5))
    return f"{total} ({names})" if total else "0"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="rules_check", description=__doc__.splitlines()[0])
    parser.add_argument("--clean", type=int, default=FULL_CLEAN, help="unbroken reports")
    parser.add_argument("--each", type=int, default=FULL_BROKEN, help="broken reports a rule")
    parser.add_argument("--bodies", type=int, default=FULL_BODIES, help="honest bodies over years")
    parser.add_argument("--write", action="store_true", help="write docs/rules_check.md")
    options = parser.parse_args(arguments)
    broken = tally(broken_cases(options.each), show=True)
    clean = tally(clean_cases(options.clean), show=True).get("", Tally())
    counties = [*chains_check.honest_cases(options.bodies)]
    counties += chains_check.summing_cases(options.bodies // BODIES_EACH)
    counties += chains_check.broken_cases(options.each)
    chains = chains_check.tally(counties, show=True)
    text = page(broken, clean, options.clean) + across_page(chains, options.bodies)
    print(text)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
    every: list[Tally | ChainTally] = [*broken.values(), clean, *chains.values()]
    return int(any(one.missed or one.false_alarms for one in every))


if __name__ == "__main__":
    sys.exit(main())
