"""A seed -> the bodies of an invented county with their reports year after year, all honest.

What was carried out is carried in the year after, documents in force and items roll forward,
pending cases have an outcome, and each report says something of its own beside what the county's
reports share and what it keeps from the year before.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from benchmarks.generator import Manuscript
from benchmarks.generator.generate import printed_form
from benchmarks.generator.model import Line
from benchmarks.generator.numbers import draw_values
from benchmarks.generator.story import write_manuscript
from benchmarks.generator.wording import wording
from benchmarks.rule_mutations import PLAUSIBLE, correct
from transforms.records import CellKey

YEARS = (2019, 2020, 2021, 2022, 2023, 2024)
FIRST_OF_NEW_FORM = 2021
# Sentences that a body writes itself: which, and of how many it writes the least and the most.
OWN = {1: ("sentences", 5, 9), 5: ("problems", 5, 8)}
KEPT = 3  # one in so many of them stands in the report of the next year too
FIRST_WORDS = 7  # by which the sentence on what was published is found
LEAST_PUBLISHED = 30
OWN_TEXT = "own_text"  # the fact that holds what section 1 says of its own
FAR_APART = 1000  # times that amounts of two years may be apart
PUBLISHED = ("whole", "website", "wechat")  # what a narrative says of it
ITEM_ROWS = ("licences", "other_services", "penalties", "coercive_measures", "fees")
Values = dict[CellKey, Decimal]
County = dict[tuple[str, int], Manuscript]  # by body and year


@cache
def _words() -> dict[str, Any]:
    path = Path(__file__).with_suffix(".yaml")
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


def write_county(number: int, bodies: int) -> County:
    """The reports of so many bodies, at most eleven, of the county of that number."""
    county = _county_name(number)
    rng = Random(f"{number} county")
    names = rng.sample(wording()["bodies"], bodies)
    found: County = {}
    for name in names:
        body = name.format(county=county)
        found |= {(body, year): one for year, one in write_chain(rng, county, body).items()}
    return found


def _county_name(number: int) -> str:
    """Another for each number up to 2,800."""
    name = ""
    for part in ("county_heads", "county_middles", "county_ends"):
        number, place = divmod(number, len(_words()[part]))
        name += _words()[part][place]
    return f"{name}县"


def form_of(year: int) -> str:
    """The form in which a year is reported."""
    return "2019" if year < FIRST_OF_NEW_FORM else "2021"


def write_chain(
    rng: Random,
    county: str,
    body: str,
    renamed: tuple[int, str] | None = None,
    joined: tuple[int, Values] | None = None,
) -> dict[int, Manuscript]:
    """The honest reports of a body in all years.

    It may have another name from some year on, and take over in some year what another body had.
    """
    before: Values = {}
    published: dict[str, int] = {}
    own: dict[int, list[str]] = {section: [] for section in OWN}
    sizes = {section: rng.randint(*bounds) for section, (_, *bounds) in OWN.items()}
    chain = {}
    for year in YEARS:
        form = form_of(year)
        printed = printed_form(form)
        if joined and year == joined[0]:
            before = {key: value + joined[1][key] for key, value in before.items()}
        before = _rolled(rng, draw_values(rng, printed), before)
        name = renamed[1] if renamed and year >= renamed[0] else body
        manuscript = write_manuscript(rng, printed, form, year, before, whose=(county, name))
        correct(manuscript)
        published = _published(rng, published)
        tell_published(manuscript, published)
        own = {section: _own(rng, section, sizes[section], own[section]) for section in OWN}
        _tell(manuscript, own)
        chain[year] = manuscript
    return chain


def _rolled(rng: Random, values: Values, before: Values) -> Values:
    """The numbers drawn for a year, as they must be after those of the year before."""
    now = {str(key): value for key, value in values.items()}
    then = {str(key): value for key, value in before.items()}
    for key in now:
        if key.startswith(("2|regulations|", "4|litigation_direct|")):
            now[key] = Decimal(0)
    _documents(rng, now, then)
    _sued_over_what_was_answered(now)
    if then:
        _applications(now, then)
        _proceedings(now, then)
    return {key: now[str(key)] for key in values}


def _documents(rng: Random, now: dict[str, Decimal], then: dict[str, Decimal]) -> None:
    row = "2|normative_documents"
    if f"{row}|published" in now:
        now[f"{row}|published"] = min(now[f"{row}|published"], now[f"{row}|made"])
    if f"{row}|in_force_published" in then and f"{row}|published" in now:
        now[f"{row}|in_force_published"] = (
            then[f"{row}|in_force_published"] + now[f"{row}|published"]
        )
    if f"{row}|in_force" in then:
        there = then[f"{row}|in_force"] + now[f"{row}|made"]
        now[f"{row}|repealed"] = min(now[f"{row}|repealed"], there)
        now[f"{row}|in_force"] = there - now[f"{row}|repealed"]
    for item in (f"2|{name}" for name in ITEM_ROWS):
        if f"{item}|change" in then and f"{item}|change" in now:
            items = then[f"{item}|last_year_items"] + then[f"{item}|change"]
            now[f"{item}|last_year_items"] = items
            now[f"{item}|change"] = max(now[f"{item}|change"], -items)
    fees = "2|fees|amount"
    if fees in now and f"{row}|in_force" in then:  # who collects none goes on so
        now[fees] = (then[fees] * rng.randrange(60, 140) / 100).quantize(Decimal("0.0001"))
    bought = "2|procurement|amount"
    if now.get(bought) and then.get(bought):  # as printed, one must not look like the other in yuan
        less, more = sorted(min(one[bought], Decimal(PLAUSIBLE)) for one in (now, then))
        now[bought] = then[bought] if more > less * FAR_APART else now[bought]


def _applications(now: dict[str, Decimal], then: dict[str, Decimal]) -> None:
    columns = [key.removeprefix("3|carried_in|") for key in now if key.startswith("3|carried_in|")]
    for column in columns[:-1]:
        more = then[f"3|carried_out|{column}"] - now[f"3|carried_in|{column}"]
        # what comes in beyond what was drawn is granted; what is lacking was received this year
        moved = ("granted", "results_total") if more > 0 else ("new_received",)
        sign = 1 if more > 0 else -1
        for each in (column, columns[-1]):
            now[f"3|carried_in|{each}"] += more
            for row in moved:
                now[f"3|{row}|{each}"] += more * sign


def _sued_over_what_was_answered(now: dict[str, Decimal]) -> None:
    """Leave no more proceedings than applications were answered; readers do not mind, rules do."""
    drawn = [key for key in now if key.startswith("4|")]
    total = sum(now[key] for key in drawn if key.endswith("|total"))
    if total > now["3|results_total|total"]:
        now.update(dict.fromkeys(drawn, Decimal(0)))


def _proceedings(now: dict[str, Decimal], then: dict[str, Decimal]) -> None:
    for key, pending in then.items():
        if key.startswith("4|") and key.endswith("|pending"):
            for column in ("upheld", "total"):
                now[key.replace("pending", column)] += pending


def _own(rng: Random, section: int, size: int, before: list[str]) -> list[str]:
    """The sentences of a year, some of them those of the year before."""
    kept = rng.sample(before, len(before) // KEPT)
    topics = _words()["topics"]
    fresh = []
    for _ in range(size - len(kept)):
        topic, other = rng.sample(topics, 2)
        fresh.append(rng.choice(_words()[OWN[section][0]]).format(topic=topic, other=other) + "。")
    together = [*kept, *fresh]
    rng.shuffle(together)
    return together


def _published(rng: Random, before: dict[str, int]) -> dict[str, int]:
    """What a year's narrative says was published; by chance a number is that of the year before."""
    website, wechat = rng.randrange(30, 900), rng.randrange(30, 900)
    kept = rng.randrange(3) if before else 0
    if kept == 1:
        website = before["website"]
    elif kept and LEAST_PUBLISHED <= before["whole"] - website != before["wechat"]:
        wechat = before["whole"] - website  # the same in all, and its parts add up
    if before and (website, wechat) == (before["website"], before["wechat"]):
        wechat += 1  # all numbers the same by chance: that is what a copy looks like
    return {"whole": website + wechat, "website": website, "wechat": wechat}


def tell_published(manuscript: Manuscript, numbers: Mapping[str, int]) -> None:
    """Say in section 1 what was published, and keep the numbers in the manuscript's facts."""
    manuscript.facts |= {name: str(number) for name, number in numbers.items()}
    text = _words()["published"].format(**manuscript.facts)
    start = text[:FIRST_WORDS]
    line = next(one for one in manuscript.lines("paragraph") if one.text.startswith(start))
    line.text = text


def _tell(manuscript: Manuscript, own: dict[int, list[str]]) -> None:
    """Add the county's sentences and the body's own at the end of sections 1 and 5."""
    manuscript.facts[OWN_TEXT] = "".join(own[1])
    for section, sentences in own.items():
        shared = _words()["template"] if section == 1 else []
        last = [line for line in manuscript.lines("paragraph") if line.section == section][-1]
        place = manuscript.blocks.index(last) + 1
        manuscript.blocks.insert(place, Line("".join([*shared, *sentences]), "paragraph", section))
