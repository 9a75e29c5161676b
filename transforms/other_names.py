"""Text of a report -> the names of other bodies and places where only the body's own should stand.

Looked for are the site by which it publishes, who acts in sentences on its own work, and who its
page says has published it. Lawful are the places above and below the body, and what a sentence says
of partners and neighbours. Nothing is marked where the body's own place is not known, or where the
name may be that of a place or office it was part of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from transforms.bodies import kind_of, shortened
from transforms.divisions import Division, find_divisions, is_place
from transforms.own_place import own_codes
from transforms.report_text import Found, ReportText, Span
from transforms.reporter import find_publisher
from transforms.statute.loader import FOLDER, load_record
from transforms.statute.schema import Key, Record, Text
from transforms.wording import pattern

_PARTS = (0, 1, 5)  # what tells of the body's own work
_DEPARTMENTS = {
    "department",
    "county_department",
    "prefecture_department",
    "province_department",
}
_TOWNSHIPS = {"township_government", "subdistrict_office"}
_TOWNSHIP, _COUNTY, _PROVINCE = 9, 6, 2  # digits of a code
_PROVINCES, _COUNTIES, _LOWEST = 1, 3, 4  # levels of divisions
_SHORT = 2  # characters of names of places that are words as well
_LONGEST = 24  # characters of a name
_LEVEL = re.compile(r"[省县旗盟]|市(?!场|管理|容|政(?!府))|(?<![社园])区|州")
_SMALLER = re.compile("(?<!自治)区|[州县旗路街镇乡村巷]")
_TOWN_ENDING = re.compile(r"(?:人民政府|政府|街道办事处|办事处|街道|镇|乡|苏木)+$")


class OtherNames(Record):
    """The record of other_names.yaml; its comments say what each field means."""

    own_action: Text
    own_matter: Text
    opening: Text
    by_site: Text
    lawful: Text
    run_together: tuple[tuple[Text, Text], ...]
    publisher_hosts: Text
    departments: dict[Key, Text]


def other_names(report: ReportText) -> Iterator[Found]:
    """The marks of names of other places and of other offices of the same place."""
    own = own_codes(report)
    if not own:
        return
    yield from _own_name(report)
    yield from _sites(report, own)
    for name, span in _who_acts(report):
        if mark := _of_place(name, own, "acts") or _of_office(name, report):
            yield mark, span
    yield from _publisher(report, own)


def _own_name(report: ReportText) -> Iterator[Found]:
    """Where the body's name stands first: with its place known, others can be told from it."""
    name = report.identity.body_name or ""
    at = report.squeezed.text.find(name)
    if name and at >= 0:
        yield "own_place_known", (at, at + len(name))


def _sites(report: ReportText, own: Sequence[str]) -> Iterator[Found]:
    """The government whose site the body says it publishes by."""
    for start, end in _sentences(report):
        for match in pattern(_words().by_site).finditer(report.squeezed.text, start, end):
            if is_place(match["place"]) and (mark := _of_place(match["place"], own, "site")):
                yield mark, match.span("at")


def _is_own(name: str, report: ReportText) -> bool:
    """Whether a name is the body's own, also where a 乡 has become a 镇."""
    stem = _TOWN_ENDING.sub("", name)
    return bool(stem) and stem in (report.identity.body_name or "")


def _who_acts(report: ReportText) -> Iterator[tuple[str, Span]]:
    """The names with which sentences on the body's own work begin."""
    words, text = _words(), report.squeezed.text
    acts = pattern(
        rf"(?:{words.opening})(?P<who>[\u4e00-\u9fff]{{3,{_LONGEST}}}?)(?:{words.own_action})"
    )
    for start, end in _sentences(report):
        match = acts.match(text, start, end)
        if match is None or _is_own(match["who"], report):
            continue
        if kind_of(match["who"]) and pattern(words.own_matter).search(text, start, end):
            yield match["who"], match.span("who")


def _sentences(report: ReportText) -> Iterator[Span]:
    """The sentences on the body's own work that do not speak of others."""
    for part in _PARTS:
        for start, end in report.sentences(part):
            if not pattern(_words().lawful).search(report.squeezed.text, start, end):
                yield start, end


def _of_place(name: str, own: Sequence[str], where: str) -> str | None:
    """The mark for a name that leads to no place the body can have to do with.

    Every place that bears the name must be of another province (`..._of_other_province`) or of
    another prefecture. In one's own prefecture places were parted and joined in these years.
    """
    there = find_divisions(name, "")
    kind = kind_of(name)
    if kind and kind.id in _TOWNSHIPS and any(place.level != _LOWEST for place in there):
        return None  # a township that the register does not know
    if any(place.level == _PROVINCES for place in there) and _SMALLER.search(name):
        return None  # 海南州 is no part of the province 海南
    if any(len(place.path.rsplit("/", 1)[-1]) <= _SHORT for place in there):
        return None  # 城区 is a word as well
    if not there or any(_is_near(place, code) for place in there for code in own):
        return None
    alone = _level_of(name) is None  # a township by itself may have been given the name
    if alone or any(place.code[:_PROVINCE] == code[:_PROVINCE] for place in there for code in own):
        return f"{where}_of_other_prefecture"
    return f"{where}_of_other_province"


def _is_near(place: Division, own: str) -> bool:
    """Whether one lies in the other, or both in one prefecture or in two that have to do."""
    stem = re.sub(r"(?:00){1,2}$", "", place.code) if place.level < _COUNTIES else place.code
    prefectures = {place.code[:4], own[:4]}
    together = any(prefectures == {*pair} for pair in _words().run_together)
    return own.startswith(stem) or len(prefectures) == 1 or together


def _of_office(name: str, report: ReportText) -> str | None:
    """The mark for another department or township of the body's own county that acts as itself."""
    identity = report.identity
    body = identity.body_name or ""
    if identity.body_level in _DEPARTMENTS and _is_other_department(name, body, report):
        return "other_office_acts"
    if identity.body_level in _TOWNSHIPS and _is_sibling(name, report):
        return "other_office_acts"
    return None


def _is_other_department(name: str, body: str, report: ReportText) -> bool:
    """Whether both are departments of one level whose offices were never one.

    Names of two levels (市民政局 of 县民政局) are of those above and below.
    """
    there = find_divisions(name, "")
    own = report.identity.division_code
    level = _level_of(name)
    if level is not None:
        of_own_place = own in {place.code for place in there} if there else name[0] == level
        if not of_own_place or level != _level_of(body):
            return False
    return _are_apart(name, body)


def _level_of(name: str) -> str | None:
    """The last word for a level in a name: 县 of 岚阳县民政局; None where there is none."""
    found = _LEVEL.findall(name)
    return found[-1] if found else None


def _are_apart(name: str, body: str) -> bool:
    """Whether a name is a department's whose offices were never one with those of the body."""
    kind = kind_of(name)
    offices, own = _offices(name), _offices(body)
    return (
        kind is not None and kind.id == "department" and bool(offices and own)
    ) and offices.isdisjoint(own)


def _offices(name: str) -> frozenset[str]:
    return frozenset(
        key for key, words in _words().departments.items() if pattern(words).search(name)
    )


def _is_sibling(name: str, report: ReportText) -> bool:
    """Whether a name is that of another township or subdistrict of the body's county."""
    own = report.identity.division_code or ""
    kind = kind_of(name)
    if len(own) != _TOWNSHIP or kind is None or kind.id not in _TOWNSHIPS:
        return False
    there = {place.code for place in find_divisions(name, "", (_LOWEST,))}
    beside = {code for code in there if code[:_COUNTY] == own[:_COUNTY]}
    return bool(beside) and own not in there


def _publisher(report: ReportText, own: Sequence[str]) -> Iterator[Found]:
    """Whom the page names as publisher: of another place, or another office of the same place.

    Governments publish for all below them, and offices that run sites for everybody.
    """
    found = find_publisher(report.squeezed, report.head)
    body = report.identity.body_name
    if found is None or body is None:
        return
    name, at = found
    yield "publisher_named", (at, at + len(name))
    if _is_own(name, report):
        return
    if shortened(body) in shortened(name) or pattern(_words().publisher_hosts).search(name):
        return
    mark = _of_place(name, own, "published")
    if mark is None and _is_other_publisher(name, body, report):
        mark = "published_by_other_office"
    if mark:
        yield mark, (at, at + len(name))


def _is_other_publisher(name: str, body: str, report: ReportText) -> bool:
    kind = report.identity.body_level
    if kind in _DEPARTMENTS:
        return _is_other_department(name, body, report)
    return kind in _TOWNSHIPS and _is_sibling(name, report)


@cache
def _words() -> OtherNames:
    return load_record(FOLDER / "other_names.yaml", OtherNames)
