"""chain_mutations.yaml and an honest chain -> the chain, one of its reports broken in one way.

The comment of the file says what the fields mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from benchmarks.chains import OWN_TEXT, PUBLISHED, County, tell_published
from benchmarks.generator import Manuscript
from benchmarks.generator.model import Line
from benchmarks.generator.numbers import print_number
from benchmarks.rule_mutations import PREFACE, cells_by_key
from transforms.likeness import thresholds
from transforms.statute.loader import load_records
from transforms.statute.schema import Record, Text

PATH = Path(__file__).with_suffix(".yaml")
NOW, LEFT = "now|", "left|"
EARLIER = "（前一次）"  # ends the name under which a replaced filing stands in a county
OFFICE = "人民政府办公室"
Place = tuple[str, int]  # body and year


class ChainMutation(Record):
    """One record of chain_mutations.yaml."""

    id: Text
    fires: tuple[Text, ...] | None = None
    other_fires: tuple[Text, ...] = ()
    year: int
    body: Text = ""
    needs: dict[Text, int] = Field(default_factory=dict)
    set: dict[Text, str] = Field(default_factory=dict)
    add: dict[Text, int] = Field(default_factory=dict)
    previous: dict[Text, tuple[int, int]] = Field(default_factory=dict)
    append: dict[int, Text] = Field(default_factory=dict)
    copies: Literal[1, 5, "tables"] | None = None
    of: Literal["body", "year", "elsewhere"] = "body"
    summing: bool = False
    absent: dict[Text, tuple[Text, ...]] = Field(default_factory=dict)
    shared: bool = False
    refiled: bool = False
    told: tuple[Text, ...] = ()
    alone: bool = False

    @property
    def rule_id(self) -> str:
        """Whose violation it is."""
        return self.id.partition("-")[0]

    @property
    def expected(self) -> frozenset[str]:
        """Every rule that must fire on the broken report."""
        return frozenset((self.rule_id,) if self.fires is None else self.fires)

    @property
    def others(self) -> frozenset[str]:
        """Every rule that must fire on the other reports that share it."""
        return frozenset(self.other_fires)


@cache
def chain_mutations() -> tuple[ChainMutation, ...]:
    """All of them, in order."""
    return load_records(PATH, ChainMutation)


def concerned(mutation: ChainMutation, county: County, different: int) -> Place | None:
    """The first report of a county that it makes sense in.

    `different` is how many numbers tables must have before equal tables say something.
    """
    for (body, year), manuscript in county.items():
        if year == mutation.year and body.endswith(mutation.body):
            now = _numbers(manuscript)
            then = _numbers(county[body, year - 1]) if (body, year - 1) in county else {}
            if mutation.of == "elsewhere" and not _is_long(mutation, county, body):
                continue
            if _copies_its_office(mutation, county, body):
                continue
            if mutation.told and not _is_told_otherwise(mutation, county, (body, year)):
                continue
            if mutation.copies == "tables":
                copied = _numbers(county[_copied(mutation, county, body)])
                if len({*copied.values()} - {0}) < different:
                    continue
            if _fits(mutation, now, then, _left(mutation, county, (body, year))):
                return body, year
    return None


def _is_long(mutation: ChainMutation, county: County, body: str) -> bool:
    """Whether what would be copied is long enough without what all reports share."""
    copied = county[_copied(mutation, county, body)]
    return len(copied.facts[OWN_TEXT]) > thresholds().elsewhere.shortest * 3 // 2


def _is_told_otherwise(mutation: ChainMutation, county: County, place: Place) -> bool:
    """Whether the year has a number that the whole of the year before cannot hold."""
    body, year = place
    now, then = county[place].facts, county[body, year - 1].facts
    told = ("whole",) if "website" in mutation.told else ("website", "wechat")
    return max(int(now[name]) for name in told) > int(then["whole"])


def _copies_its_office(mutation: ChainMutation, county: County, body: str) -> bool:
    """Whether a government would copy its office, or the office it: they may file the same."""
    if mutation.copies is None or mutation.of != "body":
        return False
    government, office = sorted((body, _copied(mutation, county, body)[0]), key=len)
    return office.endswith(OFFICE) and office.startswith(government)


def _left(mutation: ChainMutation, county: County, place: Place) -> Counter[str]:
    """What the other bodies have together, without the government's office and those taken away."""
    found: Counter[str] = Counter()
    for (body, year), manuscript in county.items() if mutation.summing else ():
        if year == place[1] and body != place[0] and not body.endswith((OFFICE, *mutation.absent)):
            found.update({key: int(number) for key, number in _numbers(manuscript).items()})
    return found


def _fits(
    mutation: ChainMutation,
    now: dict[str, Decimal],
    then: dict[str, Decimal],
    left: Mapping[str, int],
) -> bool:
    for key, least in mutation.needs.items():
        numbers = now if key.startswith(NOW) else left if key.startswith(LEFT) else then
        if numbers.get(key.removeprefix(NOW).removeprefix(LEFT), 0) < least:
            return False
    return all(now[key] + more >= 0 for key, more in mutation.add.items())


def break_chain(
    mutation: ChainMutation, county: County, place: Place
) -> dict[Place, frozenset[str]]:
    """Change the county in place -> the rules that must fire, by report; elsewhere none.

    Only the broken report's year and those beside it are kept.
    """
    body, year = place
    if mutation.refiled:
        county[body + EARLIER, year] = deepcopy(county[place])
    _change_cells(mutation, county, place)
    _change_words(mutation, county, place)
    expected = {place: mutation.expected}
    if mutation.copies is not None:
        other = _copied(mutation, county, body)
        _copy(mutation, county[other], county[place])
        if mutation.other_fires:
            expected[other] = mutation.others
    expected |= _take_away(mutation, county)
    if mutation.shared:
        expected |= dict.fromkeys(_appended_to(mutation, county, place), mutation.others)
        expected[min(expected)] = mutation.expected
    for one in [*county]:
        if abs(one[1] - year) > 1 or (mutation.alone and one[0] == body and one != place):
            del county[one]
    return expected


def _change_cells(mutation: ChainMutation, county: County, place: Place) -> None:
    body, year = place
    cells = cells_by_key(county[place])
    for key, text in mutation.set.items():
        cells[key].text = text
    for key, more in mutation.add.items():
        cells[key].text = str(int(cells[key].text) + more)
    for key, (times, plus) in mutation.previous.items():
        then = Decimal(cells_by_key(county[body, year - 1])[key].text)
        cells[key].text = print_number(then * times + plus)


def _change_words(mutation: ChainMutation, county: County, place: Place) -> None:
    body, year = place
    for section, text in mutation.append.items():
        for one in _appended_to(mutation, county, place):
            _paragraphs(county[one], section)[-1].text += text
    if mutation.told:
        now, then = county[place].facts, county[body, year - 1].facts
        told = {name: int((then if name in mutation.told else now)[name]) for name in PUBLISHED}
        tell_published(county[place], told)
    if mutation.refiled:  # both are signed, the first a fortnight earlier
        for name, day in ((body + EARLIER, 10), (body, 24)):
            signed = Line(f"{body}\n{year + 1}年1月{day}日", PREFACE, 6)
            county[name, year].blocks.append(signed)


def _appended_to(mutation: ChainMutation, county: County, place: Place) -> list[Place]:
    """The reports that a sentence is added to: that of the place, or all of its year."""
    return [one for one in county if one == place or (mutation.shared and one[1] == place[1])]


def _take_away(mutation: ChainMutation, county: County) -> dict[Place, frozenset[str]]:
    """Remove the reports that are to be missing -> the rules on filing that each breaks."""
    expected = {}
    for ending, rules in mutation.absent.items():
        gone = next(one for one in county if one[0].endswith(ending) and one[1] == mutation.year)
        del county[gone]
        expected[gone] = frozenset(rules)
    return expected


def _copied(mutation: ChainMutation, county: County, body: str) -> Place:
    """The report that is copied."""
    if mutation.of == "year":
        return body, mutation.year - 1
    apart = mutation.of == "elsewhere"
    place = county[body, mutation.year].facts["county"]
    return next(
        (one, year)
        for one, year in county
        if one != body
        and year == mutation.year
        and (county[one, year].facts["county"] != place) == apart
    )


def _copy(mutation: ChainMutation, source: Manuscript, target: Manuscript) -> None:
    """Copy as a clerk does, who puts in the own name and the right year."""
    if mutation.copies == "tables":
        cells = cells_by_key(target)
        for key, cell in cells_by_key(source).items():
            cells[key].text = cell.text
        return
    section = int(mutation.copies or 0)
    copied = deepcopy(_paragraphs(source, section))
    for line in copied:
        for name in ("next_year", "year", "body"):
            line.text = line.text.replace(source.facts[name], f"{{{name}}}")
        line.text = line.text.format(**target.facts)
    own = _paragraphs(target, section)
    place = target.blocks.index(own[0])
    target.blocks[place : place + len(own)] = copied


def _paragraphs(manuscript: Manuscript, section: int) -> list[Line]:
    return [line for line in manuscript.lines("paragraph") if line.section == section]


def _numbers(manuscript: Manuscript) -> dict[str, Decimal]:
    return {key: Decimal(cell.text) for key, cell in cells_by_key(manuscript).items()}
