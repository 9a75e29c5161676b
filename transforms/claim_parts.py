"""Claims of a sentence -> the same with the whole that each is a part of, and the parts of lists.

A list of parts follows its whole with a word such as 其中 or 分别为, in brackets or after a colon:
`306条,其中:组织机构类11条、其他295条`. No whole is ever made up from parts; `part_complete` says
whether the list says of itself that it leaves none out: 其他 among its items, every part of a
closed division named, or 分别为 and the like before it, and neither 等 nor 主要.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from transforms.claim_words import ClaimKind, claim_kinds, claim_words, expression

_ITEM = (
    r"[,、;和及与]{0,2}(?P<label>[^\d,;。:()]{0,40}?)(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>UNITS)(?:次)?(?:\([^()]{0,60}\))?(?P<share>,?占[^\d,。;:()]{0,12}\d+(?:\.\d+)?%)?"
)
_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_LABEL_EDGES = "、和及与的:“”"
_LABEL = range(2, 41)  # characters of the name of a class
_DIGITS = 12  # characters of a number, at most
_FEWEST = 2  # items of a list of classes, and of one that is complete without saying so
_FEWEST_CLAUSES = 3  # parts that are clauses of their own


@dataclass(frozen=True, slots=True)
class Found:
    """A claim in a sentence: squeezed positions in it, `number` those of the digits."""

    kind: ClaimKind
    value: Decimal
    unit: str
    start: int
    end: int
    number: tuple[int, int]
    year: int | None
    qualifier: str
    part_of: str | None = None
    part_complete: bool | None = None
    part_open: bool | None = None
    label: str | None = None

    def moved(self, by: int) -> Found:
        """The same claim seen from another sentence; there its positions are negative."""
        first, last = self.number
        return replace(
            self, start=self.start - by, end=self.end - by, number=(first - by, last - by)
        )


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of a list; `claim` is the claim that already has its number."""

    label: str
    start: int
    end: int
    number: tuple[int, int]
    value: Decimal
    unit: str
    claim: Found | None
    shared: bool = False  # whether its share of the whole is said behind it


@dataclass(frozen=True, slots=True)
class _List:
    """Items in order. `all` says that the lead claims them all, `some` that a word denies it."""

    items: tuple[_Item, ...]
    all: bool
    some: bool


def with_parts(text: str, before: Sequence[Found], found: Sequence[Found]) -> list[Found]:
    """The claims of a sentence with their wholes; `before` are claims of the sentence before."""
    claims = {(*claim.number, claim.kind.id): claim for claim in found}
    for whole in (*before, *found):
        if whole.kind.id not in _part_kinds():
            continue
        listed = [part for one in _lists_after(text, whole, found) for part in _parts(whole, one)]
        for part in listed or _in_clauses(text, whole, found):
            claims[(*part.number, part.kind.id)] = part
    ordered = sorted(claims.values(), key=lambda claim: (claim.start, claim.end))
    return _parts_by_nature(before, ordered)


def _lists_after(text: str, whole: Found, found: Sequence[Found]) -> Iterator[_List]:
    """The list that follows a whole, and one after brackets; for a whole of the sentence before,
    the list at the beginning."""
    brackets = _BRACKETS.match(text, whole.end) if whole.end > 0 else None
    for at in (max(whole.end, 0), brackets.end() if brackets else None):
        listed = None if at is None else _list_at(text, at, whole, found)
        if listed:
            yield listed


def _list_at(text: str, at: int, whole: Found, found: Sequence[Found]) -> _List | None:
    lead = _lead().match(text, at)
    if lead is None or (whole.end <= 0 and not lead["lead"]):
        return None
    items: list[_Item] = []
    at = lead.end()
    while item := _item(text, at, whole, found):
        if item.claim and whole.kind.id not in item.claim.kind.part_of:
            break
        if whole.kind.last_resort and item.unit != whole.unit:
            break
        if items and _begins_list(item):
            items.pop()  # it is no part but the whole of those that follow
            break
        items.append(item)
        at = item.end
    said = "".join((lead[0], *(item.label for item in items), text[at : at + 1]))
    some = expression(claim_words().lists.some).search(said) is not None
    unled = not lead["lead"] and len(items) >= _FEWEST  # `(a 3件、b 2件)`, but not `(a 3件)`
    return _List(tuple(items), bool(lead["all"]) or unled, some)


def _begins_list(item: _Item) -> bool:
    """Whether the item is the first of a list of its own: `;共答复18件,其中予以公开4件`."""
    return expression(f"^(?:{claim_words().lists.leads_some})").match(item.label) is not None


def _item(text: str, at: int, whole: Found, found: Sequence[Found]) -> _Item | None:
    match = _item_pattern().match(text, at)
    if match is None or len(match["n"]) > _DIGITS:
        return None
    span = match.span("n")
    same = [claim for claim in found if claim.number == span]
    same.sort(key=lambda claim: whole.kind.id not in claim.kind.part_of)
    return _Item(
        label=match["label"].strip(_LABEL_EDGES),
        start=match.start("label"),
        end=match.end(),
        number=span,
        value=Decimal(match["n"].replace(",", "")),
        unit=match["unit"],
        claim=same[0] if same else None,
        shared=match["share"] is not None,
    )


def _parts(whole: Found, listed: _List) -> list[Found]:
    """The items that are claims, each with its whole."""
    kinds = _part_kinds()[whole.kind.id]
    parts: list[Found] = []
    others: list[_Item] = []
    for item in listed.items:
        named = [kind for kind in kinds if kind.item and expression(kind.item).search(item.label)]
        if item.claim:
            parts.append(replace(item.claim, label=item.label or None))
        elif len(named) == 1:
            parts.append(_claim(item, named[0], whole))
        else:
            others.append(item)
    parts += (classes := _classes(whole, listed, others))
    known = len(classes) == len(others)
    rest = any(expression(claim_words().lists.rest).search(item.label) for item in listed.items)
    one_split = len({part.kind.split for part in parts}) == 1
    exact = all(part.qualifier == "exact" for part in (whole, *parts))
    said_all = known and one_split and exact and not listed.some and (listed.all or rest)
    return [
        replace(
            part,
            part_of=whole.kind.id,
            part_complete=said_all or _closed(whole, part, parts),
            part_open=listed.some or not known,
        )
        for part in parts
    ]


def _in_clauses(text: str, whole: Found, found: Sequence[Found]) -> list[Found]:
    """Parts in clauses of their own, `在甲栏公开6条,包括...;在乙栏公开30条,...`: three or more of
    one kind behind a whole that is said to be all told, with no number but theirs between."""
    for kind in _part_kinds()[whole.kind.id] if whole.end > 0 else ():
        if kind.clause is None:
            continue
        matches = [*expression(kind.clause).finditer(text, whole.end)]
        told = expression(claim_words().lists.all_told).search(text, whole.start, whole.number[1])
        if len(matches) < _FEWEST_CLAUSES or not told or not _alone(text, whole, matches, found):
            continue
        return [
            replace(_claim(_clause_item(match), kind, whole), part_of=whole.kind.id,
                    part_complete=True, part_open=False)
            for match in matches
        ]  # fmt: skip
    return []


def _alone(
    text: str, whole: Found, matches: Sequence[re.Match[str]], found: Sequence[Found]
) -> bool:
    """Whether no other whole and no other counted number stands among the clauses."""
    last = matches[-1].end()
    if expression(claim_words().lists.some).match(text, last):
        return False
    if any(whole.end <= claim.start < last and claim.kind.id == whole.kind.id for claim in found):
        return False
    spans = {match.span("n") for match in matches}
    counted = expression(claim_words().counted).finditer(text, whole.end, last)
    others = [one.start() for one in counted if not any(a <= one.start() < b for a, b in spans)]
    return not others and whole.qualifier == "exact"


def _clause_item(match: re.Match[str]) -> _Item:
    value = Decimal(match["n"].replace(",", ""))
    span = match.span("n")
    return _Item(match["label"], match.start(), match.end(), span, value, match["unit"], None)


def _classes(whole: Found, listed: _List, items: list[_Item]) -> list[Found]:
    """Items of any name as classes; none when one has no name of a class or two lists are mixed."""
    kind = next((kind for kind in _part_kinds()[whole.kind.id] if kind.any_item), None)
    if kind is None or (len(items) < _FEWEST and not _tells_alone(whole, items)):
        return []
    if not all(_is_class(kind, item.label) or (listed.all and not item.label) for item in items):
        return []
    values = [item.value for item in items]
    runs = (sum(run) for at in range(1, len(values)) for run in (values[:at], values[at:]))
    if sum(values) > whole.value and whole.value in runs:
        return []  # 978 = 900 + 78 = 352 + 626
    return [_claim(item, kind, whole) for item in items]


def _tells_alone(whole: Found, items: list[_Item]) -> bool:
    """Whether an item says something without another: it is more than its whole, or a share."""
    return any(item.shared or item.value > whole.value for item in items)


def _is_class(kind: ClaimKind, label: str) -> bool:
    refused = kind.unless_item and expression(kind.unless_item).search(label)
    return len(label) in _LABEL and not refused


def _claim(item: _Item, kind: ClaimKind, whole: Found) -> Found:
    return Found(
        kind=kind,
        value=item.value,
        unit=item.unit,
        start=item.start,
        end=item.end,
        number=item.number,
        year=whole.year,
        qualifier="exact",
        label=item.label or None,
    )


def _closed(whole: Found, part: Found, parts: Sequence[Found]) -> bool:
    """Whether the parts of one split are together all that the whole can be divided into."""
    named = {other.kind.id for other in parts if other.kind.split == part.kind.split}
    return any(part.kind.id in closed and named.issuperset(closed) for closed in whole.kind.closed)


def _parts_by_nature(before: Sequence[Found], claims: list[Found]) -> list[Found]:
    """Results of reviews without a word like 其中 are parts of the last ones named."""
    wholes: dict[int, Found] = {}
    for index, claim in enumerate(claims):
        if claim.kind.by_nature and claim.part_of is None:
            earlier = (*before, *claims[:index])
            whole = next((c for c in reversed(earlier) if c.kind.id in claim.kind.part_of), None)
            if whole:
                wholes[index] = whole
    for index, whole in wholes.items():
        together = [claims[other] for other, its in wholes.items() if its is whole]
        complete = _closed(whole, claims[index], together)
        claims[index] = replace(claims[index], part_of=whole.kind.id, part_complete=complete)
    return claims


@cache
def _part_kinds() -> dict[str, tuple[ClaimKind, ...]]:
    """The kinds that can be parts, by the id of their whole."""
    kinds: dict[str, tuple[ClaimKind, ...]] = {}
    for kind in claim_kinds().values():
        for whole in kind.part_of:
            kinds[whole] = (*kinds.get(whole, ()), kind)
    return kinds


@cache
def _lead() -> re.Pattern[str]:
    """What stands between a whole and its parts: `,均已答复,其中:`, `(`, `:`."""
    words = claim_words().lists
    lead = rf"(?P<lead>(?P<all>{words.leads_all})|{words.leads_some})"
    return re.compile(
        rf"(?:\(\d[\d.]*%\))?(?:(?:,[^,;。:()\d]{{1,16}}?)??[,;。]?\(?,?{lead}[:,]?|[(:])"
    )


@cache
def _item_pattern() -> re.Pattern[str]:
    return re.compile(_ITEM.replace("UNITS", claim_words().lists.item_units))
