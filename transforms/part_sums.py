"""Claims -> the wholes they state with the sums of their parts, for the rules that compare them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from transforms.claim_words import claim_kinds
from transforms.records import Claim, PartSum

APART = "apart"  # the split of channels that are stated in other sentences than their whole
_PUBLISHED = "information_published"
_CHANNELS = frozenset(f"{_PUBLISHED}_{name}" for name in ("website", "wechat", "weibo"))


def part_sums(claims: Sequence[Claim]) -> tuple[PartSum, ...]:
    """Every whole with at least two exact parts of one split, in order of place."""
    found = [*_listed(claims), *_apart(claims)]
    return tuple(sorted(found, key=lambda one: (one.char_start, one.split)))


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
        if len(parts) > 1 and _can_be_added(whole, parts):
            yield _sum(whole, split, parts, complete=all(part.part_complete for part in parts))


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
