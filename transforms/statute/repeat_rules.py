"""Kinds of rule that compare numbers of the narrative with those of the year before.

Equal numbers of two years can be chance: what counts is several of them, none small, or one that
the report's own parts contradict.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from transforms.claim_words import ClaimKey
from transforms.statute.rule_base import BaseRule
from transforms.statute.schema import Key


class RepeatsRule(BaseRule):
    """What the kinds have in common: the claims that count something anew each year."""

    scope: ClassVar[str] = "years"
    over_cells = False
    claims: tuple[ClaimKey, ...] = Field(min_length=1)
    least: int = Field(gt=0)  # smaller numbers are often equal by chance


class RepeatedNumbersRule(RepeatsRule):
    """Fewer than `most` + 1 different numbers are those of the year before, each of its kind."""

    places = frozenset({"year", "previous", "count", "numbers"})
    kind: Literal["repeated_numbers"]
    most: int = Field(ge=0)


class RepeatedWholeRule(RepeatsRule):
    """A whole that its parts contradict is not the whole of the year before.

    They do where they are all and add up to something else, or, in the splits of `within`, to more.
    """

    places = frozenset({"year", "previous", "what", "whole", "parts", "sum"})
    kind: Literal["repeated_whole"]
    within: tuple[Key, ...] = Field(min_length=1)
