"""Claims of a sentence -> the shares of a whole and the changes against last year said of them.

`予以公开31件,占24.8%` gives a share of the claim before it, `新收政府信息公开申请9件,较上年增加3件`
a change. A rounded word (约, 近) makes neither. `label` is the kind of claim they are said of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from transforms.claim_parts import Found
from transforms.claim_words import ClaimKind, claim_kinds, claim_words

SHARE = "share"
CHANGES = {"件": "applications_change", "%": "applications_change_percent"}
_APPLICATIONS = ("applications_received", "applications_new")


def with_ratios(text: str, found: Sequence[Found], report_year: int | None) -> list[Found]:
    """The claims, and behind each the share and the change that are said of it."""
    ratios = [ratio for claim in found for ratio in _of_claim(text, claim, report_year)]
    changes = [
        change
        for match in _standing_alone().finditer(text)
        if (change := _change(match, report_year))
        and all(change.number != other.number for other in ratios)
    ]
    return sorted([*found, *ratios, *changes], key=lambda claim: (claim.start, claim.end))


def _of_claim(text: str, claim: Found, report_year: int | None) -> Iterator[Found]:
    counter = _counter().match(text, claim.number[1]) if claim.number[1] > 0 else None
    if counter is None or claim.qualifier != "exact":
        return
    share = _share().match(text, counter.end())
    if share:
        name = "p" if share["p"] else "q"
        yield _ratio(claim_kinds()[SHARE], share, name, said_of=claim.kind.id, year=claim.year)
    elif claim.kind.id in _APPLICATIONS and claim.year == report_year:
        match = _change_behind().match(text, counter.end())
        change = _change(match, report_year) if match else None
        if change:
            yield replace(change, label=claim.kind.id)


def _change(match: re.Match[str], report_year: int | None) -> Found | None:
    """Null where the year that it is compared with is not the one before."""
    if report_year is None or (match["than"] and int(match["than"]) + 1 != report_year):
        return None
    kind = claim_kinds()[CHANGES[match["unit"]]]
    change = _ratio(kind, match, "n", said_of=None, year=report_year)
    return replace(change, value=-change.value) if match["down"] else change


def _ratio(
    kind: ClaimKind, match: re.Match[str], name: str, *, said_of: str | None, year: int | None
) -> Found:
    return Found(
        kind=kind,
        value=Decimal(match[name]),
        unit=kind.unit,
        start=match.start(name),
        end=match.end(name),
        number=match.span(name),
        year=year,
        qualifier="exact",
        label=said_of,
    )


@cache
def _counter() -> re.Pattern[str]:
    return re.compile(claim_words().ratios.counter)


@cache
def _share() -> re.Pattern[str]:
    return re.compile(claim_words().ratios.share)


@cache
def _change_behind() -> re.Pattern[str]:
    return re.compile(claim_words().ratios.change)


@cache
def _standing_alone() -> re.Pattern[str]:
    words = claim_words().ratios
    return re.compile(words.changed + words.change)
