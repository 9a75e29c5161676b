"""Claims -> the wholes they state with the sums of their parts, for the rules that compare them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from transforms.bounds import fits
from transforms.claim_words import claim_kinds
from transforms.records import Cell, Claim, PartSum
from transforms.shares import change_sums, share_sums

# Splits that no record of claims.yaml has.
APART = "apart"  # channels that are stated in other sentences than their whole
SINGLE = "single"  # a part that is by itself more than its whole
ALIKE = "alike"  # items of one sort, such as 甲类, 乙类: none of them can hold another
LISTED = "listed"  # three or more items, neither said to be all nor to be some
AGAIN = "again"  # one column of a site, stated twice
_PUBLISHED = "information_published"
_CHANNELS = frozenset(f"{_PUBLISHED}_{name}" for name in ("website", "wechat", "weibo"))
_COLUMN = f"{_PUBLISHED}_column"
_CHANNEL = "channel"
_FEWEST_LISTED = 3
_SORT = 2  # characters that the names of one sort end with, where it is not 类
_CLASS = "类"


def part_sums(
    claims: Sequence[Claim], cells: Sequence[Cell] = (), report_year: int | None = None
) -> tuple[PartSum, ...]:
    """Every whole with at least two exact parts of one split, and every share, in order of place.

    `cells` are those of the report: what a share can be of stands there as well.
    """
    found = [
        *_listed(claims),
        *_apart(claims),
        *_again(claims),
        *share_sums(claims, cells),
        *change_sums(claims, report_year),
    ]
    stored = (one for one in found if fits(one.whole) and fits(one.parts))
    return tuple(sorted(stored, key=lambda one: (one.char_start, one.split)))


def _listed(claims: Sequence[Claim]) -> Iterator[PartSum]:
    """Parts that a sentence says are parts, by their whole and split."""
    groups: dict[tuple[int, str], list[Claim]] = {}
    for part in claims:
        place = _whole_of(part, claims)
        split = claim_kinds()[part.claim].split
        if place is not None and split:
            groups.setdefault((place, split), []).append(part)
    for (index, split), parts in groups.items():
        whole = claims[index]
        if not _can_be_added(whole, parts):
            continue
        if len(parts) > 1:
            complete = all(part.part_complete for part in parts)
            yield _sum(whole, split, parts, complete=complete)
            if not complete and claim_kinds()[parts[0].claim].any_item:
                yield from _of_any_name(whole, parts)
            elif not complete and split == _CHANNEL and _are_several(parts):
                yield _sum(whole, LISTED, parts, complete=False)
        yield from (
            _sum(whole, SINGLE, [part], complete=False)
            for part in parts
            if part.value > whole.value
        )


def _of_any_name(whole: Claim, parts: Sequence[Claim]) -> Iterator[PartSum]:
    """The same where the items bear names of the report's own and are not said to be all."""
    if _are_alike(parts):
        yield _sum(whole, ALIKE, parts, complete=False)
    if _are_several(parts):
        yield _sum(whole, LISTED, parts, complete=False)


def _are_several(parts: Sequence[Claim]) -> bool:
    """Whether there are three or more and no word says that there are others."""
    return len(parts) >= _FEWEST_LISTED and not any(part.part_open for part in parts)


def _are_alike(parts: Sequence[Claim]) -> bool:
    names = [part.label or "" for part in parts]
    endings = {name[-_SORT:] for name in names}
    alike = len(endings) == 1 or all(name.endswith(_CLASS) for name in names)
    return alike and len(set(names)) == len(names) and min(map(len, names)) >= _SORT


def _whole_of(part: Claim, claims: Sequence[Claim]) -> int | None:
    """The place in the list of the claim nearest before that the part is a part of."""
    earlier = [
        index
        for index, claim in enumerate(claims)
        if claim.claim == part.part_of and claim.char_start <= part.char_start
    ]
    return earlier[-1] if earlier else None


def _can_be_added(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether all numbers are exact, in one unit and year, and no part is a part of another."""
    every = (whole, *parts)
    same = len({claim.unit for claim in every}) == len({claim.year for claim in every}) == 1
    named = {part.claim for part in parts}
    nested = any(named.intersection(claim_kinds()[part.claim].part_of) for part in parts)
    return same and not nested and all(claim.qualifier == "exact" for claim in every)


def _apart(claims: Sequence[Claim]) -> Iterator[PartSum]:
    """All that was published, and each channel, each stated once and in sentences of its own."""
    wholes = [claim for claim in claims if claim.claim == _PUBLISHED and claim.qualifier == "exact"]
    channels = [claim for claim in claims if claim.claim in _CHANNELS and claim.part_of is None]
    each_once = {claim.claim for claim in channels} == _CHANNELS and len(channels) == len(_CHANNELS)
    if len(wholes) == 1 and each_once and all(c.qualifier == "exact" for c in channels):
        yield _sum(wholes[0], APART, channels, complete=False)


def _again(claims: Sequence[Claim]) -> Iterator[PartSum]:
    """A column of a site that is stated twice: by the same name, or with its site before it."""
    columns = [one for one in claims if one.claim == _COLUMN and one.qualifier == "exact"]
    for first, second in combinations(columns, 2):
        names = first.label or "", second.label or ""
        same = names[0].endswith(names[1]) or names[1].endswith(names[0])
        if all(names) and same and first.year == second.year and first.unit == second.unit:
            yield _sum(first, AGAIN, [second], complete=False)


def _sum(whole: Claim, split: str, parts: Sequence[Claim], *, complete: bool) -> PartSum:
    return PartSum(
        claim=whole.claim,
        split=split,
        whole=whole.value,
        parts=sum((part.value for part in parts), Decimal(0)),
        terms=" + ".join(f"{part.value:f}" for part in parts),
        complete=complete,
        char_start=whole.char_start,
        char_end=max(whole.char_end, *(part.char_end for part in parts)),
    )
