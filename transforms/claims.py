"""Sections and identity -> the numbers that the narrative states, as records of claims.yaml.

Precision before recall: a sentence whose number, scope or year is not clear gives no claim. Plans,
comparisons and figures of other bodies are no claims, and neither is one of two that contradict
each other in one sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from transforms.bounds import fits
from transforms.claim_parts import Found, with_parts
from transforms.claim_ratios import with_ratios
from transforms.claim_scope import is_clear, is_own, qualifier_of, segment_of, year_of
from transforms.claim_words import (
    WHOLE,
    ClaimKind,
    Phrasing,
    claim_kinds,
    claim_words,
    expression,
    hint,
    phrasings_for,
)
from transforms.document import Document, Grid
from transforms.records import Claim, Identity, Section
from transforms.squeeze import Squeezed, squeeze
from transforms.values import spelled_number

__all__ = ["claim_kinds", "read_claims"]

_SENTENCE_END = re.compile(r"[。!！?？]|\n")
_FRESH_LINE = re.compile(
    r"[(（]?[一二三四五六七八九十]{1,2}(?:[)）、.]|是)|\d{1,2}[.、)）]|第[一二三四五六]"
)
_LONGEST = 1200  # squeezed characters of a sentence that is looked at
_JOINED = 20  # characters from which on a line may be cut by a page in mid-sentence
_ADJACENT = 4  # characters between a whole and what is said of all of it: `,均获维持`
_NO_COUNT = re.compile(r"(?:19|20)\d{2}年|\d[\d.]*%")  # digits that are no number of cases
_DIGIT = re.compile(r"\d")
_MYRIAD = 10_000


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A squeezed span, the section it is in, and what stands before and in it."""

    section_no: int
    start: int
    end: int


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
        before: list[Found] = []
        last = -1
        for sentence in _sentences(squeezed, section):
            if _in_grid(squeezed.offsets[sentence.start], grids):
                continue
            carried = [f.moved(sentence.start) for f in before] if sentence.start == last else []
            found = _in_sentence(squeezed, sentence, carried, identity)
            text = squeezed.text[sentence.start : sentence.end]
            told = with_ratios(text, found, identity.report_year)
            claims.extend(_claim(document, squeezed, sentence, claim) for claim in told)
            before, last = [f.moved(-sentence.start) for f in found], sentence.end
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
        in_mid_sentence = text[line - 1] not in "。:：)）|\t;；"
        cut = in_mid_sentence and line - squeezed.line_start(line - 1) > _JOINED
        if not cut or _FRESH_LINE.match(text, line):
            breaks.append(line)
    for stop in sorted({*breaks, end}):
        if 4 < stop - start <= _LONGEST and hint().search(text, start, stop):
            yield _Sentence(section.section_no, start, stop)
        start = max(start, stop)


def _in_sentence(
    squeezed: Squeezed, sentence: _Sentence, before: list[Found], identity: Identity
) -> list[Found]:
    """The claims of a sentence, `before` being those of the sentence right before it."""
    text = squeezed.text[sentence.start : sentence.end]
    matches = _matches(text, after=False)
    if not matches and not before:
        return []
    matches += _matches(text, after=True)
    reach = squeezed.text[max(sentence.start - claim_words().near_reach, 0) : sentence.end]
    near = expression(claim_words().near).search(reach) is not None
    found: list[Found] = []
    for match, phrasing in sorted(matches, key=lambda entry: entry[0].start()):
        claim = _found(text, match, phrasing, [*before, *found], identity)
        if claim and (near or not phrasing.form.near) and is_own(text, claim.start, identity):
            found.append(claim)
    return _without_contradictions(_without_idle(with_parts(text, before, _ranked(found))))


def _ranked(found: list[Found]) -> list[Found]:
    """Without the claims of last resort whose number another claim has."""
    taken = {claim.number for claim in found if not claim.kind.last_resort}
    return [one for one in found if not one.kind.last_resort or one.number not in taken]


def _without_idle(found: list[Found]) -> list[Found]:
    """Without the claims of last resort that have no parts."""
    wholes = {claim.part_of for claim in found}
    return [one for one in found if not one.kind.last_resort or one.kind.id in wholes]


def _matches(text: str, *, after: bool) -> list[tuple[re.Match[str], Phrasing]]:
    """The matches of the phrasings that hold by themselves, or of those that follow a claim."""
    return [
        (match, phrasing)
        for phrasing in phrasings_for(text)
        if bool(phrasing.form.after) is after
        for match in phrasing.pattern.finditer(text)
    ]


def _found(
    text: str,
    match: re.Match[str],
    phrasing: Phrasing,
    before: list[Found],
    identity: Identity,
) -> Found | None:
    """The claim of one match, `before` being those that stand before it."""
    kind, form, (start, end) = phrasing.kind, phrasing.form, match.span()
    if any(c.kind.id == kind.id and start < c.end and c.start < end for c in before):
        return None
    last = _last_before(text, start, before) if form.after else None
    if form.after and (last is None or last.kind.topic != form.after):
        return None
    number = match.span("n") if form.value is None else (start, start)
    if form.after and any(claim.number == number for claim in before):
        return None
    value = _value(match, phrasing, last)
    if value is None or not is_clear(text, match, phrasing):
        return None
    if (named := match.groupdict().get("before")) and int(named) + 1 != identity.report_year:
        return None
    return Found(
        kind=kind,
        value=value,
        unit=match.groupdict().get("unit") or kind.unit,
        start=start,
        end=end,
        number=number,
        year=year_of(text, start, identity.report_year),
        qualifier="exact" if form.value else qualifier_of(text, match, identity.report_year),
        label=match.groupdict().get("label"),
    )


def _last_before(text: str, start: int, before: list[Found]) -> Found | None:
    """The claim nearest before a place, when no other number stands between."""
    nearest = max((c for c in before if c.end <= start), key=lambda c: c.end, default=None)
    if nearest is None:
        return None
    between = _NO_COUNT.sub("", text[max(nearest.end, 0) : start])
    return None if _DIGIT.search(between) else nearest


def _value(match: re.Match[str], phrasing: Phrasing, last: Found | None) -> Decimal | None:
    stated = phrasing.form.value
    if stated is None:
        return _number(match)
    if stated != WHOLE:
        return Decimal(stated)
    if last is None or last.kind.id not in phrasing.kind.part_of:
        return None
    adjacent = match.start() - last.end <= _ADJACENT
    return last.value if adjacent and (match["all"] or last.value == 1) else None


def _number(match: re.Match[str]) -> Decimal | None:
    printed = match["n"].replace(",", "")
    spelled = None if printed[0].isascii() else spelled_number(printed)
    if spelled is None and (not printed[0].isascii() or _has_leading_zero(printed)):
        return None
    value = Decimal(printed) if spelled is None else Decimal(spelled)
    if match["wan"]:
        value = Decimal(int(value * _MYRIAD)) if value * _MYRIAD % 1 == 0 else value * _MYRIAD
    return value if fits(value) else None


def _has_leading_zero(printed: str) -> bool:
    return len(printed) > 1 and printed[0] == "0" and printed[1] != "."


def _without_contradictions(found: list[Found]) -> list[Found]:
    """Without totals of one kind and year that differ: nothing tells which is the report's."""
    values: dict[tuple[str, int | None], set[Decimal]] = {}
    for claim in found:
        if claim.qualifier != "cumulative" and not _of_many(claim.kind):
            values.setdefault((claim.kind.id, claim.year), set()).add(claim.value)
    return [
        claim
        for claim in found
        if claim.qualifier == "cumulative" or len(values.get((claim.kind.id, claim.year), ())) < 2
    ]


def _of_many(kind: ClaimKind) -> bool:
    """Whether a sentence may state several numbers of the kind, each of something else."""
    return kind.any_item or kind.last_resort or kind.clause is not None


def _claim(document: Document, squeezed: Squeezed, sentence: _Sentence, found: Found) -> Claim:
    text = squeezed.text[sentence.start : sentence.end]
    first, last = segment_of(text, found.start, found.end)
    source = squeezed.place(sentence.start + first, sentence.start + last)
    place = squeezed.place(sentence.start + found.start, sentence.start + found.end)
    return Claim(
        section_no=sentence.section_no,
        claim=found.kind.id,
        value=found.value,
        unit=found.unit,
        sentence="".join(document.text[source[0] : source[1]].split()),
        char_start=place[0],
        char_end=place[1],
        year=found.year,
        qualifier=found.qualifier,
        part_of=found.part_of,
        part_complete=found.part_complete,
        part_open=found.part_open,
        label=found.label,
    )
