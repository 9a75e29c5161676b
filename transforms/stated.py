"""Claims -> the exact numbers of the report year by kind, in the unit of the kind."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from transforms.bounds import fits
from transforms.claim_words import claim_kinds
from transforms.records import Claim

_MYRIAD = Decimal(10_000)
_TEN_THOUSAND_YUAN = "万元"


def stated(claims: Iterable[Claim], report_year: int | None) -> dict[str, list[Decimal]]:
    """Kind of claim -> its numbers in order of place. Kinds that are not stated are left out."""
    found: dict[str, list[Decimal]] = {}
    for claim in claims:
        if is_exact(claim, report_year):
            value = _in_own_unit(claim)
            if fits(value):
                found.setdefault(claim.claim, []).append(value)
    return found


def is_exact(claim: Claim, report_year: int | None) -> bool:
    """Whether it is an exact number of the report year."""
    return claim.qualifier == "exact" and claim.year == report_year and report_year is not None


def _in_own_unit(claim: Claim) -> Decimal:
    """Money as its kind counts it, to six decimals as values are stored."""
    own = claim_kinds()[claim.claim].unit
    if claim.unit == own or _TEN_THOUSAND_YUAN not in {claim.unit, own}:
        return claim.value
    value = claim.value / _MYRIAD if own == _TEN_THOUSAND_YUAN else claim.value * _MYRIAD
    return round(value, 6)
