"""Sections and identity -> the numbers that the narrative states, as records of claims.yaml.

Precision before recall: a sentence whose number, scope or year is not clear gives no claim. A
number of a part (其中某局3件) is no claim about the whole, and neither are plans and comparisons.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from transforms.dates import years_in
from transforms.document import Document, Grid
from transforms.records import Claim, Identity, Section
from transforms.squeeze import Squeezed, squeeze
from transforms.statute.loader import FOLDER, load_record, load_records
from transforms.statute.schema import Key, Record, Text

_SENTENCE_END = re.compile(r"[。!！?？;；]|\n")
_FRESH_LINE = re.compile(
    r"[(（]?[一二三四五六七八九十]{1,2}(?:[)）、.]|是)|\d{1,2}[.、)）]|第[一二三四五六]"
)
_TAG = re.compile(r"\{([A-Z~])\}")
_DIGIT = re.compile(r"\d")
_LONGEST = 400  # squeezed characters of a sentence that is looked at


class ClaimPattern(Record):
    """One phrasing. `value` is what a negation states; `gives` is what the example must give."""

    text: Text
    example: Text
    value: Text | None = None
    gives: Text | None = None


class ClaimKind(Record):
    """One record of claims.yaml; its comment says what the fields mean."""

    id: Key
    label: Text
    label_en: Text
    unit: Text
    needs: tuple[Text, ...]
    of_total: bool = False
    cells: tuple[tuple[Text, ...], ...]
    patterns: tuple[ClaimPattern, ...]


class ClaimWording(Record):
    """claims_wording.yaml: what a pattern's tags stand for, and what makes a number unclear."""

    tags: dict[Text, Text]
    at_least_before: Text
    at_least_after: Text
    approximate_before: Text
    cumulative_before: Text
    within_year: Text
    part: Text
    breakdown: Text
    unclear: Text
    plan: Text
    compared: Text
    hints: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A squeezed span and the section it is in."""

    section_no: int
    start: int
    end: int


@cache
def claim_kinds() -> dict[str, ClaimKind]:
    """The kinds of claim by id."""
    return {kind.id: kind for kind in load_records(FOLDER / "claims.yaml", ClaimKind)}


def read_claims(
    document: Document, sections: Sequence[Section], identity: Identity
) -> tuple[Claim, ...]:
    """The claims in order of place; text of tables is left out.

    `year` is the year the sentence names before the number, else the report's.
    """
    squeezed = squeeze(document.text)
    grids = sorted((b.start, b.end) for b in document.blocks if isinstance(b, Grid))
    claims: list[Claim] = []
    for section in sections:
        for sentence in _sentences(squeezed, section):
            if not _in_grid(squeezed.offsets[sentence.start], grids):
                claims.extend(_in_sentence(document, squeezed, sentence, identity.report_year))
    return tuple(sorted(claims, key=lambda claim: (claim.char_start, claim.claim)))


def _in_grid(offset: int, grids: list[tuple[int, int]]) -> bool:
    before = bisect_right(grids, (offset, len(grids) and grids[-1][1])) - 1
    return before >= 0 and grids[before][0] <= offset < grids[before][1]


def _sentences(squeezed: Squeezed, section: Section) -> Iterator[_Sentence]:
    """The sentences of a section; one that a line break cuts goes on in the next line."""
    text = squeezed.text
    start, end = squeezed.index(section.char_start), squeezed.index(section.char_end)
    breaks = [m.end() for m in _SENTENCE_END.finditer(text, start, end)]
    first = bisect_right(squeezed.lines, start)
    for line in squeezed.lines[first : bisect_right(squeezed.lines, end)]:
        cut = text[line - 1] not in "。:：)）|\t" and line - squeezed.line_start(line - 1) > 20
        if not cut or _FRESH_LINE.match(text, line):
            breaks.append(line)
    for stop in sorted({*breaks, end}):
        if 4 < stop - start <= _LONGEST and _hint().search(text, start, stop):
            yield _Sentence(section.section_no, start, stop)
        start = max(start, stop)


def _in_sentence(
    document: Document, squeezed: Squeezed, sentence: _Sentence, report_year: int | None
) -> Iterator[Claim]:
    text = squeezed.text[sentence.start : sentence.end]
    words = _words()
    if re.search(words.unclear, text):
        return
    source = squeezed.place(sentence.start, sentence.end)
    printed = "".join(document.text[source[0] : source[1]].split())
    taken: list[tuple[str, int, int]] = []
    for kind, pattern, value in _worth_trying(text):
        for match in pattern.finditer(text):
            start, end = match.span()
            number = _number(match) if value is None else Decimal(value)
            if number is None or not _is_clear(text, match, kind, negated=value is not None):
                continue
            if any(kind.id == k and start < e and s < end for k, s, e in taken):
                continue
            taken.append((kind.id, start, end))
            place = squeezed.place(sentence.start + match.start(), sentence.start + match.end())
            yield Claim(
                section_no=sentence.section_no,
                claim=kind.id,
                value=number,
                unit=match.groupdict().get("unit") or kind.unit,
                sentence=printed,
                char_start=place[0],
                char_end=place[1],
                year=_year(text, match.start(), report_year),
                qualifier="exact" if value is not None else _qualifier(text, match),
            )


def _worth_trying(text: str) -> Iterator[tuple[ClaimKind, re.Pattern[str], str | None]]:
    """The phrasings whose needed words, digits or negations the sentence has."""
    digits = _DIGIT.search(text) is not None
    present = [word for word in _needed_words() if word in text]
    for kind, pattern, value in _patterns():
        if (digits or value is not None) and any(word in present for word in kind.needs):
            yield kind, pattern, value


def _is_clear(text: str, match: re.Match[str], kind: ClaimKind, *, negated: bool) -> bool:
    """Whether the number is of this report's body and past: no part, plan or comparison."""
    words = _words()
    clause = text[max(match.start() - 16, 0) : match.start()]
    if re.search(words.plan, clause) or re.search(words.compared, clause):
        return False
    if negated or (kind.of_total and re.search(words.breakdown, clause)):
        return True
    return not re.search(words.part, clause)


def _number(match: re.Match[str]) -> Decimal | None:
    digits = match["n"].replace(",", "")
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return None
    return Decimal(digits) * (10000 if match["wan"] else 1)


def _year(text: str, position: int, report_year: int | None) -> int | None:
    before = re.sub(r"《[^》]*》", lambda m: "*" * len(m[0]), text[:position])
    years = [year for year, at in years_in(before) if not re.search(r"[比较]$", before[:at])]
    return years[-1] if years else report_year


def _qualifier(text: str, match: re.Match[str]) -> str:
    words = _words()
    before, after = text[: match.start("n")], text[match.end() :]
    if re.search(words.at_least_before + "$", before) or match["more"]:
        return "at_least"
    if re.match(words.at_least_after, after):
        return "at_least"
    if re.search(words.approximate_before + "$", before):
        return "approximate"
    near = text[max(match.start() - 12, 0) : match.start("n")]
    within = re.search(words.within_year, text[: match.start("n")])
    return "cumulative" if re.search(words.cumulative_before, near) and not within else "exact"


@cache
def _words() -> ClaimWording:
    return load_record(FOLDER / "claims_wording.yaml", ClaimWording)


@cache
def _hint() -> re.Pattern[str]:
    """A word that every sentence with a claim has."""
    return re.compile("|".join(_words().hints))


@cache
def _needed_words() -> tuple[str, ...]:
    return tuple(sorted({word for kind in claim_kinds().values() for word in kind.needs}))


@cache
def _patterns() -> tuple[tuple[ClaimKind, re.Pattern[str], str | None], ...]:
    """Kind, compiled pattern and stated value of every phrasing."""
    tags = _words().tags
    return tuple(
        (kind, re.compile(_TAG.sub(lambda m: tags[m[1]], phrasing.text)), phrasing.value)
        for kind in claim_kinds().values()
        for phrasing in kind.patterns
    )
