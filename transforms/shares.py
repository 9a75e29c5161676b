"""Claims and cells -> the shares and changes that the narrative states, beside what they must be.

A share is lawful if its part over any whole it can be of gives it, rounded or cut off at the places
it is printed with: a whole that the text states, the sum of the parts listed with it, or what the
tables count. Shares of a list that add up to 100 may each be a unit of their last place off. Where
the text states no whole, or a cell of the tables is not known, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cache

from transforms.claim_words import claim_kinds
from transforms.records import Cell, Claim, PartSum

SHARE = "share"
CHANGE = "applications_change"
PERCENTAGE, CHANGED = "percentage", "change"  # the splits of a stated share and of a change
_DIGITS = re.compile(r"\d{1,9}")
_HUNDRED = Decimal(100)
_LOOSE = Decimal("0.15")  # percentage points that shares with decimals may be off
_RECEIVED, _ANSWERED = "applications_received", "applications_answered"
_COUNTED = (_RECEIVED, "applications_new", "applications_handled")
_IN_PERCENT = "_percent"
_OTHERS = ("3|other_other|total", "3|other|total", "3|carried_in|total")


def share_sums(claims: Sequence[Claim], cells: Sequence[Cell]) -> Iterator[PartSum]:
    """A record a share that can be judged; `parts` is the share itself where it is lawful."""
    known = {str(cell.key): cell.value for cell in cells}
    shares = [index for index, one in enumerate(claims) if one.claim == SHARE]
    for index in shares:
        share = claims[index]
        part = _part_of(claims, index)
        if part is None:
            continue
        wholes = _wholes(claims, index, part)
        counted = _counted(part, known)
        if not wholes or counted is None:
            continue
        every = {whole for whole in (*wholes, *counted) if whole >= part.value and whole > 0}
        computed = [(_percent(part.value, whole), whole) for whole in sorted(every)]
        if computed:
            yield _record(share, part, computed, adjusted=_add_up(claims, index))


def change_sums(claims: Sequence[Claim], report_year: int | None) -> Iterator[PartSum]:
    """A record a change against the year before, where the text states both numbers."""
    if report_year is None:
        return
    counted = [one for one in claims if one.claim in _COUNTED and one.qualifier == "exact"]
    now = {one.value for one in counted if one.year == report_year}
    then = {one.value for one in counted if one.year == report_year - 1}
    for one in claims:
        percent = one.claim.endswith(_IN_PERCENT)
        if not one.claim.startswith(CHANGE) or not now or not then or (percent and 0 in then):
            continue
        ways = [_difference(n, t, percent) for n in sorted(now) for t in sorted(then)]
        unit = _unit(one.value)
        lawful = any(_is_printed(exact, one.value, unit, adjusted=False) for exact, _ in ways)
        near, terms = min(ways, key=lambda way: abs(way[0] - one.value))
        parts = one.value if lawful else near.quantize(unit / 10, ROUND_HALF_UP)
        yield PartSum(
            one.claim, CHANGED, one.value, parts, terms, complete=True,
            char_start=one.char_start, char_end=one.char_end,
        )  # fmt: skip


def _difference(now: Decimal, then: Decimal, percent: bool) -> tuple[Decimal, str]:
    """What a change must be, and how it is worked out."""
    if percent:
        return _percent(now - then, then), f"{now:f} / {then:f} - 1"
    return now - then, f"{now:f} - {then:f}"


def _part_of(claims: Sequence[Claim], index: int) -> Claim | None:
    """The number that a share is said of: the one right before it, of its kind and year."""
    share = claims[index]
    earlier = [one for one in claims[:index] if one.claim == share.label]
    part = earlier[-1] if earlier else None
    fits = part and part.qualifier == "exact" and part.year == share.year
    return part if fits else None


def _wholes(claims: Sequence[Claim], index: int, part: Claim) -> list[Decimal]:
    """What can be the whole: what the text states before, the sum of the parts listed with it, and
    every number of the sentence. None where the text states no whole."""
    above = _above(part.claim)
    stated = [
        one.value for one in claims[:index] if one.claim in above and one.qualifier == "exact"
    ]
    if not stated:
        return []
    beside = [one for one in claims if one.part_of == part.part_of]
    listed = sum((one.value for one in beside), Decimal(0)) if part.part_of else Decimal(0)
    named = [Decimal(digits) for digits in _DIGITS.findall(claims[index].sentence)]
    return [*stated, listed, *named, *(a + b for a in stated for b in stated)]


def _counted(part: Claim, known: Mapping[str, Decimal | None]) -> list[Decimal] | None:
    """What the tables have for those wholes; null where one of their cells is not known."""
    above = _above(part.claim)
    readings = [cells for kind in above for cells in claim_kinds()[kind].cells]
    if _RECEIVED in above:
        answered = claim_kinds()[_ANSWERED].cells[0]
        readings += [(*answered, f"-{other}") for other in _OTHERS]
    sums = []
    for reading in readings:
        if not all(key.lstrip("-") in known for key in reading):
            continue
        total = Decimal(0)
        for key in reading:
            value = known[key.lstrip("-")]
            if value is None:
                return None
            total += -value if key.startswith("-") else value
        sums.append(total)
    return sums if sums or not readings else None


@cache
def _above(kind: str) -> frozenset[str]:
    """The kinds that this one can be a part of, or a part of a part."""
    direct = claim_kinds()[kind].part_of
    return frozenset(direct).union(*(_above(one) for one in direct))


def _add_up(claims: Sequence[Claim], index: int) -> bool:
    """Whether the shares of the same sentence make 100 together."""
    mine = [one for one in claims if one.claim == SHARE and one.sentence == claims[index].sentence]
    return len(mine) > 1 and sum(one.value for one in mine) == _HUNDRED


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return part * _HUNDRED / whole


def _record(
    share: Claim, part: Claim, computed: Sequence[tuple[Decimal, Decimal]], *, adjusted: bool
) -> PartSum:
    near, whole = min(computed, key=lambda one: abs(one[0] - share.value))
    unit = _unit(share.value)
    lawful = any(_is_printed(exact, share.value, unit, adjusted=adjusted) for exact, _ in computed)
    return PartSum(
        claim=SHARE,
        split=PERCENTAGE,
        whole=share.value,
        parts=share.value if lawful else near.quantize(unit / 10, ROUND_HALF_UP),
        terms=f"{part.value:f} / {whole:f}",
        complete=True,
        char_start=part.char_start,
        char_end=share.char_end,
    )


def _unit(printed: Decimal) -> Decimal:
    """One in the last place that a number is printed with."""
    return Decimal(1).scaleb(min(int(printed.as_tuple().exponent), 0))


def _is_printed(exact: Decimal, stated: Decimal, unit: Decimal, *, adjusted: bool) -> bool:
    """Whether a share can have been printed so."""
    ways = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
    if any(abs(exact.quantize(unit, way) - stated) <= (unit if adjusted else 0) for way in ways):
        return True
    return unit < 1 and abs(exact - stated) < _LOOSE
