"""A seed -> a county of the register whose government sums up what its bodies report; its roster.

The county is a real name, since only of a real one is it certain which bodies lie in it; all else
is invented. One department goes on under another name and one township is merged into another; the
roster says from when.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from random import Random

from benchmarks.chains import PUBLISHED, YEARS, County, Values, form_of, tell_published, write_chain
from benchmarks.generator import Manuscript
from benchmarks.generator.generate import printed_form
from benchmarks.generator.story import write_manuscript
from benchmarks.rule_mutations import PREFACE, correct
from transforms.divisions import Division, divisions_below

GOVERNMENT, OFFICE = "{county}人民政府", "{county}人民政府办公室"
SAYS = (
    "本报告由{county}人民政府办公室汇总各乡镇人民政府、县政府各部门政府信息公开工作年度报告编制。"
)
BEFORE, AFTER = "{county}国土资源局", "{county}自然资源局"
RENAMED = 2022
JOINED, GONE = "{county}石坪镇人民政府", "{county}双柳镇人民政府"
MERGED = 2023
# Members with their kinds, and the years of those that came or went.
MEMBERS: tuple[tuple[str, str, int | None, int | None], ...] = (
    (OFFICE, "government_office", None, None),
    ("{county}民政局", "department", None, None),
    (JOINED, "township_government", None, None),
    (GONE, "township_government", None, MERGED - 1),
    (BEFORE, "department", None, RENAMED - 1),
    (AFTER, "department", RENAMED, None),
    ("{county}望河街道办事处", "subdistrict_office", None, None),
)
SURE = 3  # characters of a name that is no part of other words
PROVINCES = ("61", "62", "51", "53", "52", "45", "43", "42", "41", "13", "14", "64", "36")


def write_summing_county(number: int) -> tuple[County, str]:
    """The reports of the government and its members in all years, and the roster as CSV."""
    division = _counties()[number % len(_counties())]
    county = division.path.rsplit("/", 1)[1]
    rng = Random(f"{number} roster")
    found: County = {}
    gone = write_chain(rng, county, GONE.format(county=county))
    left = (MERGED, _values(gone[MERGED - 1]))
    found |= {(one.facts["body"], year): one for year, one in gone.items() if year < MERGED}
    for name, _, since, until in MEMBERS:
        if since is None and (until is None or name == BEFORE):
            renamed = (RENAMED, AFTER.format(county=county)) if name == BEFORE else None
            joined = left if name == JOINED else None
            chain = write_chain(rng, county, name.format(county=county), renamed, joined)
            found |= {(one.facts["body"], year): one for year, one in chain.items()}
    found |= {
        (GOVERNMENT.format(county=county), year): _summed(
            rng, county, year, [one for (_, of), one in found.items() if of == year]
        )
        for year in YEARS
    }
    return found, _roster(division, county)


def _summed(rng: Random, county: str, year: int, members: list[Manuscript]) -> Manuscript:
    """The government's report for a year: every number the sum of the members'."""
    form = form_of(year)
    printed = printed_form(form)
    sums: Values = {}
    for member in members:
        for cell in member.cells("value"):
            if cell.key is not None:
                sums[cell.key] = sums.get(cell.key, Decimal(0)) + Decimal(cell.text)
    whose = (county, GOVERNMENT.format(county=county))
    manuscript = write_manuscript(rng, printed, form, year, sums, whose=whose)
    correct(manuscript)
    tell_published(
        manuscript,
        {name: sum(int(member.facts[name]) for member in members) for name in PUBLISHED},
    )
    preface = next(one for one in manuscript.lines(PREFACE) if one.section == 0)
    preface.text += SAYS.format(county=county)
    return manuscript


def _values(manuscript: Manuscript) -> Values:
    cells = (cell for cell in manuscript.cells("value") if cell.key is not None)
    return {cell.key: Decimal(cell.text) for cell in cells if cell.key is not None}


def _roster(division: Division, county: str) -> str:
    lines = ["body,kind,division,from,until,into"]
    lines.append(f"{GOVERNMENT.format(county=county)},county_government,{division.code},,,")
    lines += [
        f"{name.format(county=county)},{kind},{division.code},{since or ''},{until or ''},"
        + (JOINED.format(county=county) if name == GONE else "")
        for name, kind, since, until in MEMBERS
    ]
    return "\n".join(lines) + "\n"


@cache
def _counties() -> tuple[Division, ...]:
    """Counties whose name no other bears."""
    every = [one for code in PROVINCES for one in divisions_below(f"{code}0000", 3)]
    names = [one.path.rsplit("/", 1)[1] for one in every]
    return tuple(
        one
        for one, name in zip(every, names, strict=True)
        if name.endswith("县")
        and len(name) >= SURE
        and "自治" not in name
        and names.count(name) == 1
    )
