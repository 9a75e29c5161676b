"""Texts of one county's reports -> pairs that repeat each other, with their similarity.

Compared is what is left of a section when digits, names of the body and its places, and sentences
shared by many reports of the county (a template) are taken out. Candidates come from MinHash with
locality-sensitive hashing, so that the work grows with the number of texts, not of pairs; each is
then measured exactly.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz
from rensa import RMinHash, RMinHashLSH

from transforms.statute.loader import FOLDER, load_record
from transforms.statute.schema import Record

PERMUTATIONS, BANDS = 128, 32  # finds texts that share four in ten of their 5-grams
SEED = 42  # the same texts give the same candidates
GRAM = 5
_SENTENCE = re.compile(r"[。；;！!？?\n]+")
_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]+")


class Elsewhere(Record):
    """When texts of two counties count as repeated."""

    similar: int
    shortest: int
    template_counties: int
    bands: int
    most_alike: int
    not_of: tuple[str, ...]


class Thresholds(Record):
    """The record of likeness.yaml; its comments say what each field means."""

    sections: tuple[int, ...]
    similar: int
    template_share: int
    template_reports: int
    shortest: int
    same_numbers: int
    governments: tuple[str, ...]
    filed_for_by: str
    elsewhere: Elsewhere


@dataclass(frozen=True, slots=True)
class Passage:
    """A section of a report, and the names in it that are the report's own."""

    report_id: str
    body_id: str
    year: int
    section_no: int
    text: str
    names: tuple[str, ...]
    kind: str | None = None


class Likeness(NamedTuple):
    """Two passages that say the same; `similarity` in percent."""

    one: Passage
    other: Passage
    similarity: float


@cache
def thresholds() -> Thresholds:
    """The thresholds, loaded once."""
    return load_record(FOLDER / "likeness.yaml", Thresholds)


def repeated(passages: Sequence[Passage]) -> Iterator[Likeness]:
    """Pairs of different bodies in one year, and of one body in two years running.

    `passages` are those of one county, of any sections and years. Each pair is given once.
    """
    for section in thresholds().sections:
        of_section = sorted(
            (one for one in passages if one.section_no == section), key=lambda one: one.report_id
        )
        masked = _masked(of_section)
        for first, second in sorted(_candidates(masked)):
            one, other = of_section[first], of_section[second]
            if not _comparable(one, other):
                continue
            similarity = fuzz.ratio(
                masked[first], masked[second], score_cutoff=thresholds().similar
            )
            if similarity:
                yield Likeness(one, other, math.floor(similarity * 10) / 10)


def _comparable(one: Passage, other: Passage) -> bool:
    if one.body_id == other.body_id:
        return abs(one.year - other.year) == 1
    return one.year == other.year and not one_hand(one.kind, other.kind)


def one_hand(one: str | None, other: str | None) -> bool:
    """Whether bodies of one county with these kinds are a government and the office that files
    for it: the two reports may be one."""
    by, governments = thresholds().filed_for_by, thresholds().governments
    return (one == by and other in governments) or (other == by and one in governments)


def _masked(passages: Sequence[Passage]) -> dict[int, str]:
    """What is left of each passage by its number; short ones are left out."""
    by_passage = [sentences(one.text, one.names) for one in passages]
    reports = Counter(one.year for one in passages)
    shared: Counter[tuple[int, str]] = Counter()
    for one, found in zip(passages, by_passage, strict=True):
        shared.update((one.year, sentence) for sentence in set(found))
    left = {}
    for number, (one, found) in enumerate(zip(passages, by_passage, strict=True)):
        most = max(
            thresholds().template_reports,
            math.ceil(reports[one.year] * thresholds().template_share / 100),
        )
        text = "".join(sentence for sentence in found if shared[one.year, sentence] < most)
        if len(text) >= thresholds().shortest:
            left[number] = text
    return left


def own_names(body_name: str | None, division_path: str | None) -> tuple[str, ...]:
    """The names in a report's text that are its own: body and places."""
    return (body_name or "", *(division_path or "").split("/"))


def sentences(text: str, names: Iterable[str]) -> list[str]:
    """The Han characters of each sentence, without the report's own names."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, "")
    return [bare for part in _SENTENCE.split(text) if (bare := _NOT_HAN.sub("", part))]


def _candidates(masked: Mapping[int, str]) -> set[tuple[int, int]]:
    """Pairs of numbers whose texts may be alike."""
    index = RMinHashLSH(threshold=0.4, num_perm=PERMUTATIONS, num_bands=BANDS)
    found: set[tuple[int, int]] = set()
    for number, text in masked.items():
        signature = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        signature.update([*grams(text)])
        found.update((other, number) for other in index.query(signature))
        index.insert(number, signature)
    return found


def grams(text: str) -> Iterable[str]:
    """Each run of GRAM characters once."""
    return {text[start : start + GRAM] for start in range(max(1, len(text) - GRAM + 1))}
