"""A number in a sentence -> whose it is, of which year, how exact, and whether that is clear.

Sentences are squeezed; positions are those in the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from transforms.bodies import shortened
from transforms.claim_words import Phrasing, claim_words, expression
from transforms.dates import years_in
from transforms.records import Identity

_CLAUSE = re.compile(r"[,，。;；:：(（]")
_LONGEST_CLAUSE = (
    120  # characters before a number that are looked at for the beginning of its clause
)
_NEAR = 16  # characters before a number within which a word belongs to it
_TITLE = re.compile(r"《[^》]*》")


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands between two semicolons; `ahead` is where words of plans for later begin."""

    start: int
    end: int
    unclear: bool
    ahead: int


def is_clear(text: str, match: re.Match[str], phrasing: Phrasing) -> bool:
    """Whether the number is one of the past and no part of what the phrasing speaks of."""
    words, form, start = claim_words(), phrasing.form, match.start()
    segment = _segment(text, start)
    if segment.unclear or segment.ahead < start:
        return False
    if expression(words.of_some).match(text, match.end()):
        return False
    clause = _clause(text, start)
    if expression(words.plan).search(clause) or expression(words.compared).search(clause):
        return False
    if form.unless_clause and expression(form.unless_clause).search(clause):
        return False
    if form.unless_sentence and _first_end(form.unless_sentence, text) <= start:
        return False
    if phrasing.states or form.after:
        return True
    near = text[max(start - _NEAR, 0) : start]
    of_total = phrasing.kind.of_total or form.of_total
    if of_total and expression(words.breakdown).search(near):
        return True
    return not expression(words.part).search(near)


def _clause(text: str, position: int) -> str:
    """What stands before a place in its clause."""
    before = text[max(position - _LONGEST_CLAUSE, 0) : position]
    return _CLAUSE.split(before)[-1]


@lru_cache(maxsize=32)
def _first_end(words: str, text: str) -> int:
    """Where the first of some words ends; the length of the text and more where there is none."""
    first = expression(words).search(text)
    return first.end() if first else len(text) + 1


def _segment(text: str, position: int) -> _Segment:
    return next(segment for segment in _segments(text) if position <= segment.end)


@lru_cache(maxsize=8)
def _segments(text: str) -> tuple[_Segment, ...]:
    words, found, start = claim_words(), [], 0
    for part in re.split("[;；]", text):
        end = start + len(part)
        unclear = expression(words.unclear).search(part) is not None
        ahead = expression(words.plan_ahead).search(part)
        found.append(_Segment(start, end, unclear, start + ahead.start() if ahead else end))
        start = end + 1
    return tuple(found)


def segment_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch of whole parts between semicolons that holds a span."""
    return _segment(text, start).start, _segment(text, max(end - 1, start)).end


def is_own(text: str, position: int, identity: Identity) -> bool:
    """Whether the last body that the sentence names before a place is the reporting body.

    A figure of the whole county is not that of its education bureau, and the bureau's not the
    county's. A sentence that names nobody speaks of the reporting body.
    """
    words = claim_words()
    own = words.own_places.get(identity.body_level or "", "")
    wide = [*expression(words.widely).finditer(_clause(text, position))]
    if wide and wide[-1]["place"] not in own:
        return False
    named = [name for at, name in _subjects(text) if at < position]
    return not named or _is_reporter(named[-1], identity)


@lru_cache(maxsize=8)
def _subjects(text: str) -> tuple[tuple[int, str], ...]:
    """The bodies that do something in a sentence, each with its place."""
    words = claim_words()
    pattern = expression(rf"{words.subject_before}(?P<name>{words.subject}){words.subject_after}")
    return tuple((match.start("name"), match["name"]) for match in pattern.finditer(text))


def _is_reporter(name: str, identity: Identity) -> bool:
    words = claim_words()
    everywhere = expression(words.everywhere).match(name)
    if everywhere:
        places = words.own_places.get(identity.body_level or "", "")
        return everywhere["place"] in places and not everywhere["system"]
    if identity.body_name is None or expression(words.own_subject).search(name):
        return True
    short, body = shortened(name), shortened(identity.body_name)
    return short in body or short.endswith(body.removesuffix(words.government))


def year_of(text: str, position: int, report_year: int | None) -> int | None:
    """The last year named before a place between semicolons, else the report's.

    `2008年以来` and years of titles do not count. Null where only what stands before the semicolon
    names a year, and another than the report's.
    """
    named = [
        (year, at)
        for year, at, since in _years(text)
        if at < position and (year == report_year or not since)
    ]
    if not named:
        return report_year
    year, at = named[-1]
    return year if at >= _segment(text, position).start or year == report_year else None


@lru_cache(maxsize=8)
def _years(text: str) -> tuple[tuple[int, int, bool], ...]:
    """Years that are not only compared with: year, place, whether it says since that year."""
    bare = _TITLE.sub(lambda title: "*" * len(title[0]), text)
    return tuple(
        (year, at, _since().match(bare, at) is not None)
        for year, at in years_in(bare)
        if not _compared_year().search(bare, max(at - _NEAR, 0), at)
        and not _year_of_origin().match(bare, at)
    )


@cache
def _compared_year() -> re.Pattern[str]:
    return re.compile(f"(?:{claim_words().year_compared})$")


@cache
def _year_of_origin() -> re.Pattern[str]:
    return re.compile(rf"\w{{4}}年{claim_words().year_of_origin}")


@cache
def _since() -> re.Pattern[str]:
    return re.compile(rf"\w{{4}}年{claim_words().since}")


def qualifier_of(text: str, match: re.Match[str], report_year: int | None) -> str:
    """exact, at_least, approximate or cumulative."""
    words, number = claim_words(), match.start("n")
    hedge = text[max(number - _NEAR, 0) : number]
    if expression(f"(?:{words.at_least_before})$").search(hedge):
        return "at_least"
    if expression(words.at_least_after).match(text, match.end()):
        return "at_least"
    if match["more"] or expression(f"(?:{words.approximate_before})$").search(hedge):
        return "approximate"
    if expression(words.approximate_after).match(text, match.end()):
        return "approximate"
    near = text[max(match.start() - _NEAR, 0) : number]
    if not expression(words.cumulative_before).search(near):
        return "exact"
    within = expression(rf"{words.within_year}|{report_year}年(?!{words.year_end})")
    return "exact" if within.search(text, 0, number) else "cumulative"
