"""Document -> its statutory sections, each with its heading, text and place.

Every place that may be a heading is scored; a dynamic programme takes the sequence of rising
numbers with the highest sum. A heading that is not there is not invented: its text stays with the
section before.

Scores: the wording as known 10, nearly so 7, its words only 4; the right ordinal 4, another -2;
alone on its line 2, marked as a heading by the source 1; the section's table begins right after it
4; inside a table -4; the next candidate follows at once (lists of headings) -5, the line ends in a
page number -6. Below 6 a candidate is dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import fuzz, process

from transforms.document import Document, Grid, Paragraph
from transforms.fold import fold
from transforms.records import Section
from transforms.squeeze import Squeezed, squeeze, squeeze_text
from transforms.statute.loader import FOLDER, forms, load_records
from transforms.statute.schema import Record

_ORDINALS = "一二三四五六七八九十"
_ORDINAL = re.compile(
    rf"[^\w(（|]{{0,4}}[a-z>]{{0,2}}第?([{_ORDINALS}])(?:部分|[、.．,:：)）]|(?=\t))+\t?"
)
_LOOSE_ORDINAL = re.compile(rf"[^\w(（|]{{0,4}}[(（]?([{_ORDINALS[:6]}1-6])[、.．,:：)）]*")
_INLINE_ORDINAL = re.compile(rf"([{_ORDINALS[:6]}])(?:(?<![\w第(（].)[、.．,]|(?<=[^第(（\s].)、)")
_BULLET = re.compile(r"[^\w(（]{0,4}")
_CONNECTIVES = "及和与以的"
_BETWEEN = rf"[^\w\n\t]{{0,2}}[{_CONNECTIVES}]?[^\w\n\t]{{0,2}}"
_OPENING = re.compile(r"(?:</?\w+>|[*`|])*\s*")  # what closes the heading, then blanks
_TAIL = re.compile(r"[。:：;；,，、.]*")
_LONGER = re.compile(rf"[{_CONNECTIVES}、(（][^。;；:：,，\d\t]{{1,24}}$")
_PAGE_NUMBER = re.compile(r"(?:[.…·\-]{2,}|\t)\s*\d{1,3}\s*$|[.…·]{3,}\s*\d{0,3}$")
_SHORT = 45  # squeezed characters that a heading on its own line has at most
_STRONG = 16  # the score from which a heading counts out of sequence
_LEAST = 6
_FEW = 3  # sections, below which headings with the ordinals of subheadings are looked for as well
_AT_ONCE = 2  # characters between two headings from which on they are no list of headings
_NEAR = 160  # characters after a heading within which its table begins


class SectionWording(Record):
    """One record of statute/headings.yaml."""

    id: str
    number: int
    wordings: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place that may be a heading; squeezed positions."""

    number: int
    start: int
    end: int
    score: float


def find_sections(document: Document) -> tuple[Section, ...]:
    """The sections found, by number, at most one each; `text` is `Document.text` over its span."""
    squeezed = squeeze(document.text)
    chosen = _chosen(document, squeezed, _candidates(squeezed))
    if len(chosen) < _FEW:
        loosely = _chosen(document, squeezed, _loose_candidates(squeezed))
        chosen = loosely if len(loosely) > _FEW else chosen
    by_place = sorted(chosen, key=lambda candidate: candidate.start)
    sections = []
    for candidate, after in zip(by_place, [*by_place[1:], None], strict=False):
        end = len(document.text) if after is None else squeezed.offsets[after.start]
        sections.append(_section(document.text, squeezed, candidate, end))
    return tuple(sorted(sections, key=lambda section: section.section_no))


def _chosen(
    document: Document, squeezed: Squeezed, candidates: Iterator[_Candidate]
) -> list[_Candidate]:
    return _choose(_without_lists(_weigh(document, squeezed, candidates)))


def _section(text: str, squeezed: Squeezed, candidate: _Candidate, end: int) -> Section:
    start, heading_end = squeezed.place(candidate.start, candidate.end)
    opening = _OPENING.match(text, heading_end, end)
    body_start = opening.end() if opening else heading_end
    body_end = body_start + len(text[body_start:end].rstrip(" \t\r\n\u3000#*"))
    lines = (line.strip(" \t\r\u3000#*|") for line in text[start:heading_end].split("\n"))
    return Section(
        section_no=candidate.number,
        heading="".join(lines),
        text=text[body_start:body_end],
        char_start=body_start,
        char_end=body_end,
    )


def _candidates(squeezed: Squeezed) -> Iterator[_Candidate]:
    text = squeezed.text
    for start, end in squeezed.spans():
        yield from _on_own_line(squeezed, start, end)
    for match in _INLINE_ORDINAL.finditer(text):
        ordinal = _ORDINALS.index(match[1]) + 1
        if match.start() != squeezed.line_start(match.start()):
            for number, at in _known(text, match.end()):
                yield _Candidate(number, match.start(), at, 10 + _ordinal_score(ordinal, number))


def _loose_candidates(squeezed: Squeezed) -> Iterator[_Candidate]:
    """Lines that are a known heading with the ordinal of a subheading: `1.总体情况`, `（一）…`."""
    for start, end in squeezed.spans():
        ordinal = _LOOSE_ORDINAL.match(squeezed.text, start, end)
        if ordinal and end - start <= _SHORT:
            for number, stop in _known(squeezed.text, ordinal.end()):
                if _TAIL.fullmatch(squeezed.text, stop, end):
                    said = int((_ORDINALS.find(ordinal[1]) + 1) or ordinal[1])
                    score = 10 + _ordinal_score(said, number)
                    yield _Candidate(number, ordinal.start(1), end, score)


def _on_own_line(squeezed: Squeezed, start: int, end: int) -> Iterator[_Candidate]:
    """Candidates that begin a line: with an ordinal, or, when alone on the line, without."""
    text = squeezed.text
    match = _ORDINAL.match(text, start, end)
    if match is None:
        if end - start <= _SHORT:
            after_bullet = _BULLET.match(text, start, end)
            at = after_bullet.end() if after_bullet else start
            for number, stop in _known(text, at):
                if _TAIL.fullmatch(text, stop, end):
                    yield _Candidate(number, start, end, 12)
        return
    ordinal = _ORDINALS.index(match[1]) + 1
    begin = match.start(1)
    found = False
    for number, stop in _known(text, match.end()):
        if stop > end and stop > squeezed.line_end(end if end < len(text) else start):
            continue  # over more than two lines
        found = True
        heading_end = _heading_end(text, stop, end)
        alone = 2 if heading_end >= end else 0
        yield _Candidate(number, begin, heading_end, 10 + alone + _ordinal_score(ordinal, number))
    if not found and not _is_row_label(text[match.end() : end]):
        yield from _alike(text, begin, match.end(), end, ordinal)


def _heading_end(text: str, stop: int, end: int) -> int:
    """Where a heading of known wording up to `stop` ends on a line that ends at `end`."""
    if stop >= end:
        return stop
    found = _LONGER.match(text, stop, end) or _TAIL.match(text, stop, end)
    return found.end() if found else stop


def _alike(text: str, start: int, at: int, end: int, ordinal: int) -> Iterator[_Candidate]:
    """A line with an ordinal whose wording is nearly known, or has the words of a heading."""
    line = text[at:end]
    if len(line) > _SHORT:
        stop = _alike_prefix(text, at, ordinal)
        if stop:
            yield _Candidate(ordinal, start, stop, 7 + 4)
        return
    core = _core(line)
    best = process.extractOne(core, tuple(_cores()), scorer=fuzz.ratio, score_cutoff=80)
    if best:
        number = _cores()[best[0]]
        yield _Candidate(number, start, end, 7 + 2 + _ordinal_score(ordinal, number))
    elif not re.search(r"[。;；,，]", line.rstrip("。;；,，")):
        groups = _wordings().get(ordinal, ((), ()))[1]
        if any(all(word in line for word in group) for group in groups):
            yield _Candidate(ordinal, start, end, 4 + 2 + 4)


def _alike_prefix(text: str, at: int, ordinal: int) -> int | None:
    """Where a nearly known wording ends that begins a long line."""
    places = [
        place
        for place in range(at, min(at + 2 * _SHORT, len(text)))
        if text[place].isalpha() and text[place] not in _CONNECTIVES
    ]
    for core in _wordings().get(ordinal, ((), ()))[0]:
        if len(core) <= len(places):
            seen = "".join(text[place] for place in places[: len(core)])
            if fuzz.ratio(seen, core) >= 88 and seen[-1] == core[-1]:
                return places[len(core) - 1] + 1
    return None


def _known(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The numbers of the headings whose wording begins at a place, and where it ends."""
    match = _any_wording().match(text, at)
    if match and match.lastgroup:
        yield int(match.lastgroup[1:]), match.end()


def _ordinal_score(ordinal: int, number: int) -> int:
    return 4 if ordinal == number else -2


def _weigh(
    document: Document, squeezed: Squeezed, candidates: Iterator[_Candidate]
) -> list[_Candidate]:
    """The candidates in order of place, with what stands around them added to their scores."""
    grids = sorted((b.start, b.end) for b in document.blocks if isinstance(b, Grid))
    marked = {b.start for b in document.blocks if isinstance(b, Paragraph) and b.heading_level}
    ordered = sorted(candidates, key=lambda candidate: (candidate.start, -candidate.score))
    weighed = []
    for candidate, after in zip(ordered, [*ordered[1:], None], strict=False):
        source = squeezed.offsets[candidate.start]
        score = candidate.score
        score += 4 * _begins_table(squeezed.text, candidate)
        grid = bisect_left(grids, (source, 0)) - 1
        score -= 4 * (grid >= 0 and source < grids[grid][1])
        score += source in marked or "#" in document.text[max(source - 2, 0) : source]
        if after and after.number != candidate.number and after.start - candidate.end < _AT_ONCE:
            score -= 5
        line_end = squeezed.line_end(candidate.start)
        short = line_end - candidate.end < _NEAR
        if short and _PAGE_NUMBER.search(squeezed.text, candidate.end - 1, line_end):
            score -= 6
        if score >= _LEAST:
            weighed.append(replace(candidate, score=score))
    return weighed


def _begins_table(text: str, candidate: _Candidate) -> bool:
    after = text[candidate.end : candidate.end + _NEAR]
    return any(label in after for label in _first_labels().get(candidate.number, ()))


def _without_lists(candidates: list[_Candidate]) -> list[_Candidate]:
    """Without a run of headings that follow one another at once, when the real ones come later."""
    later = [0] * (len(candidates) + 1)  # numbers from an index on, as bits
    for index in reversed(range(len(candidates))):
        later[index] = later[index + 1] | 1 << candidates[index].number
    start = 0
    for index in range(1, len(candidates) + 1):
        if (
            index < len(candidates)
            and candidates[index].start - candidates[index - 1].end < _AT_ONCE
            and candidates[index].number > candidates[index - 1].number
        ):
            continue
        listed = sum(1 << candidate.number for candidate in candidates[start:index])
        if index - start >= 4 and (later[index] & listed).bit_count() >= 3:
            return candidates[index:]
        start = index
    return candidates


def _choose(candidates: list[_Candidate]) -> list[_Candidate]:
    """The sequence of rising numbers with the highest sum; of equal ones the later.

    Then strong candidates for numbers still open, wherever they stand after the first heading:
    the report has its sections out of order.
    """
    best: dict[int, tuple[float, list[_Candidate]]] = {0: (0, [])}
    for candidate in candidates:
        score, chain = max(
            (best[number] for number in best if number < candidate.number),
            key=lambda found: found[0],
        )
        if score + candidate.score >= best.get(candidate.number, (0, []))[0]:
            best[candidate.number] = (score + candidate.score, [*chain, candidate])
    chosen = max(best.values(), key=lambda found: (found[0], len(found[1])))[1]
    for candidate in candidates:
        open_number = all(candidate.number != taken.number for taken in chosen)
        if open_number and candidate.score >= _STRONG and candidate.start > chosen[0].end:
            chosen = [*chosen, candidate]
    return chosen


def _core(text: str) -> str:
    return fold(text).translate({ord(character): None for character in _CONNECTIVES})


@cache
def _wordings() -> dict[int, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
    """Number of a section -> cores of its wordings, longest first, and its groups of words."""
    records = load_records(FOLDER / "headings.yaml", SectionWording)
    found: dict[int, set[str]] = {record.number: set(record.wordings) for record in records}
    for form in forms().values():
        for heading in form.sections:
            labels = (heading.label, *heading.variants)
            found[heading.number].update(_ORDINAL.sub("", squeeze_text(label)) for label in labels)
    return {
        record.number: (
            tuple(sorted({_core(w) for w in found[record.number]}, key=lambda c: (-len(c), c))),
            record.words,
        )
        for record in records
    }


@cache
def _cores() -> dict[str, int]:
    return {core: number for number, (cores, _) in _wordings().items() for core in cores}


@cache
def _any_wording() -> re.Pattern[str]:
    """Every wording, the longest first; the group name carries the number of the section."""
    groups = []
    for number, (cores, _) in _wordings().items():
        groups.append(f"(?P<s{number}>(?:政府信息公开工作的?)?{_longest_of(cores)})")
    return re.compile("|".join(groups))


def _longest_of(cores: Iterable[str]) -> str:
    """A pattern for the longest of some wordings; beginnings that they share stand in it once."""
    tails: dict[str, list[str]] = {}
    for core in cores:
        tails.setdefault(core[0], []).append(core[1:])
    alternatives = []
    for first, rest in tails.items():
        longer = [tail for tail in rest if tail]
        more = f"(?:{_BETWEEN}{_longest_of(longer)})" if longer else ""
        alternatives.append(first + more + ("?" if longer and len(longer) < len(rest) else ""))
    return f"(?:{'|'.join(alternatives)})"


@cache
def _row_labels() -> tuple[str, ...]:
    """Labels of table rows that begin with an ordinal as headings do, folded, without it."""
    labels: set[str] = set()
    for form in forms().values():
        for table in form.tables:
            for _, row in table.rows():
                labels.update(
                    fold(label)[1:] for label in (row.label, *row.group) if _ORDINAL.match(label)
                )
    return tuple(sorted(labels))


def _is_row_label(rest: str) -> bool:
    return fold(rest[:_SHORT]).startswith(_row_labels())


@cache
def _first_labels() -> dict[int, tuple[str, ...]]:
    """What a table begins with, by the section it is in: its notes and the first block's labels."""
    found: dict[int, set[str]] = {}
    for form in forms().values():
        for table in form.tables:
            block = table.blocks[0]
            texts = [*table.notes, *([block.label] if block.label else [])]
            texts += [column.label for column in block.columns[:2]]
            found.setdefault(table.section, set()).update(squeeze_text(text) for text in texts)
    return {section: tuple(sorted(texts)) for section, texts in found.items()}
