"""statute/claims.yaml and claims_wording.yaml -> kinds of claim, their phrasings, compiled.

The comments of the two files say what each field means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Annotated

from pydantic import AfterValidator

from transforms.statute.loader import FOLDER, load_record, load_records
from transforms.statute.schema import Key, Record, Text

WHOLE = "whole"  # the `value` of a phrasing that states that of the claim before it
_TAG = re.compile(r"\{([A-Z])\}")


class ClaimPattern(Record):
    """One phrasing. `value` is what a negation states; `gives` is what the example must give."""

    text: Text
    example: Text
    value: Text | None = None
    gives: Text | None = None
    after: Key | None = None
    near: bool = False
    of_total: bool = False
    unless_clause: Text | None = None
    unless_sentence: Text | None = None


class ClaimKind(Record):
    """One record of claims.yaml."""

    id: Key
    topic: Key
    label: Text
    label_en: Text
    unit: Text
    needs: tuple[Text, ...]
    cells: tuple[tuple[Text, ...], ...]
    patterns: tuple[ClaimPattern, ...]
    of_total: bool = False
    part_of: tuple[Key, ...] = ()
    split: Key | None = None
    by_nature: bool = False
    item: Text | None = None
    any_item: bool = False
    unless_item: Text | None = None
    clause: Text | None = None
    last_resort: bool = False
    closed: tuple[tuple[Key, ...], ...] = ()


class ListWording(Record):
    """How a list of parts begins, ends and says that it is one of some of them."""

    leads_all: Text
    leads_some: Text
    some: Text
    rest: Text
    item_units: Text
    all_told: Text


class RatioWording(Record):
    """How a share of a whole or a change against last year is said behind a number."""

    counter: Text
    share: Text
    change: Text
    changed: Text


class ClaimWording(Record):
    """claims_wording.yaml."""

    tags: dict[Text, Text]
    counted: Text
    near: Text
    near_reach: int
    at_least_before: Text
    at_least_after: Text
    approximate_before: Text
    approximate_after: Text
    cumulative_before: Text
    within_year: Text
    since: Text
    year_end: Text
    year_compared: Text
    year_of_origin: Text
    part: Text
    of_some: Text
    breakdown: Text
    unclear: Text
    plan: Text
    plan_ahead: Text
    compared: Text
    hints: tuple[Text, ...]
    subject_before: Text
    subject: Text
    subject_after: Text
    own_subject: Text
    government: Text
    everywhere: Text
    widely: Text
    own_places: dict[Key, Text]
    lists: ListWording
    ratios: RatioWording


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A phrasing of a kind, compiled; `states` where it needs no digits of its own."""

    kind: ClaimKind
    form: ClaimPattern
    pattern: re.Pattern[str]

    @property
    def states(self) -> bool:
        """Whether the phrasing itself gives the value."""
        return self.form.value is not None


@cache
def claim_kinds() -> dict[str, ClaimKind]:
    """The kinds of claim by id."""
    return {kind.id: kind for kind in load_records(FOLDER / "claims.yaml", ClaimKind)}


def _known(claim: str) -> str:
    if claim not in claim_kinds():
        raise ValueError(f"claim {claim} is not in claims.yaml")
    return claim


ClaimKey = Annotated[Key, AfterValidator(_known)]


@cache
def claim_words() -> ClaimWording:
    """The words, loaded once."""
    return load_record(FOLDER / "claims_wording.yaml", ClaimWording)


@cache
def expression(text: str) -> re.Pattern[str]:
    """A pattern with its tags put in, compiled once."""
    return re.compile(_TAG.sub(lambda tag: claim_words().tags[tag[1]], text))


@cache
def hint() -> re.Pattern[str]:
    """A word that every sentence with a claim has."""
    return expression("|".join(claim_words().hints))


def phrasings_for(text: str) -> tuple[Phrasing, ...]:
    """The phrasings whose needed words and counted numbers the sentence has."""
    present = frozenset(_needed_words().findall(text))
    if not present:
        return ()
    return _phrasings_with(present, expression(claim_words().counted).search(text) is not None)


@lru_cache(maxsize=1024)
def _phrasings_with(present: frozenset[str], counted: bool) -> tuple[Phrasing, ...]:
    return tuple(
        phrasing
        for phrasing in _phrasings()
        if (counted or phrasing.states) and not present.isdisjoint(phrasing.kind.needs)
    )


@cache
def _needed_words() -> re.Pattern[str]:
    """Every needed word wherever it begins, so that one inside another is found as well."""
    words = {word for kind in claim_kinds().values() for word in kind.needs}
    return re.compile(rf"(?=({'|'.join(sorted(words, key=len, reverse=True))}))")


@cache
def _phrasings() -> tuple[Phrasing, ...]:
    return tuple(
        Phrasing(kind, form, expression(form.text))
        for kind in claim_kinds().values()
        for form in kind.patterns
    )
