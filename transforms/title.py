"""Squeezed text and metadata -> the names the report gives itself: title lines, names in its text.

A title ends with the noun of wording.yaml (`…政府信息公开工作年度报告`); what stands before it is
the body and the year, in either order, on up to four lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from transforms.bodies import kind_of
from transforms.dates import years_in
from transforms.squeeze import Squeezed, squeeze_text
from transforms.wording import any_of, pattern, wording

_LINES = 60  # lines before the first heading that are looked at, at most
_JOINED = 4  # lines a title may be split over
_LONGEST = 80  # squeezed characters of a title, at most
_BLANKS = 24  # blanks in a long line, at most: with more, every character stands by itself
_PARTS = re.compile(r"[|\t>»›】]|--|_")
_YEAR_WORDS = re.compile(
    r"(?<!\d)(?:(?:19|20)\d{2}|[二两][〇零○OO0][〇零一二三四五六七八九十]{2})年?(?:度)?"
    r"|(?<!\d)\d{2}年(?:度)?"
)
# What no body's name has in it: the report's own noun, a year, the words of a site or a headline.
_NO_NAME = re.compile(
    r"年度报告|年报|信息公开工作|\d{2}年|上一?年度?$|年度$|(?:发布|公布|官网|网站|网|门户)$"
)
_CRUMB = re.compile(
    r"(?:政府信息公开|信息公开)?(?:工作)?年报|首页"
)  # parts of a path, not of a title
_SENTENCE = re.compile(r"[。;；,，!！?？]|:.|：.")
_AFTER = r"(?:[(\[][^()\[\]]{0,24}[)\]])?(?:\.(?:docx?|wps|pdf|ofd|html?)|[.。])?$"
_SPAN = re.compile(r"\d{4}年?度?(?:[-—–~～、和及]|至)+\d{4}年")  # more than one year


@dataclass(frozen=True, slots=True)
class Title:
    """A name of the report: as printed without blanks, its squeezed span, body and year.

    `start` is None for a name that stands in the metadata only. `printed` says whether it is a
    title, of the page or in its metadata; a name in running text is not. `joined` says that the
    body stands on the line above a line that could be the whole title: it may be the site's name.
    """

    text: str
    start: int | None
    body: str | None
    year: int | None
    printed: bool
    joined: bool = False

    @property
    def worth(self) -> int:
        """Body and year count; a title wins over a name in the text."""
        return 4 * self.printed + 3 * bool(self.body) + 2 * bool(self.year)


def find_titles(
    squeezed: Squeezed, head: int, reach: int, metadata: Mapping[str, str]
) -> list[Title]:
    """The names of the report, best first.

    `head` is the squeezed position of the first section's text, `reach` where running text is
    no longer looked at for a name.
    """
    # Of equal titles the last before the text is the report's own: menus stand above it. Where
    # several bodies have titles, what the file says of itself tells more than their order.
    printed = list(_title_lines(squeezed, head))[::-1]
    stated = list(_in_metadata(metadata))
    rivals = len({title.body for title in printed if title.body and not title.joined}) > 1
    own = [*stated, *printed] if rivals else [*printed, *stated]
    return sorted([*own, *_named(squeezed, reach)], key=lambda title: -title.worth)


def _title_lines(squeezed: Squeezed, head: int) -> Iterator[Title]:
    """The titles before the text, without those of other items, if there are any others."""
    lines = list(_parts(squeezed, head))
    listed = _of_other_items([text for _, text in lines])
    found = list(_titles_of(lines))
    yield from [title for last, title in found if last not in listed] or [
        title for _, title in found
    ]


def _of_other_items(lines: list[str]) -> set[int]:
    """Lines that are another item of the site: after 上一篇, or in a list under 相关阅读."""
    words, found, in_list = wording(), set(), False
    for index, line in enumerate(lines):
        if pattern(words.other_item).search(line):
            found.add(index)
        elif pattern(words.other_items).search(line):
            in_list = True
        elif in_list and _read(line, None):
            found.add(index)
        else:
            in_list = False
    return found


def _titles_of(lines: list[tuple[int, str]]) -> Iterator[tuple[int, Title]]:
    """Every title with the number of its last line."""
    for last in range(len(lines)):
        best: Title | None = None
        alone: Title | None = None
        for first in range(last, max(last - _JOINED, -1), -1):
            start, text = lines[first][0], "".join(text for _, text in lines[first : last + 1])
            if len(text) > _LONGEST or _is_frame(lines[first][1]):
                break
            if first < last and _is_apart(lines[first][1]):
                break
            title = _read(text, start)
            if first == last:
                alone = title
            elif title and alone and alone.year and not alone.body:
                title = replace(title, joined=True)
            place = pattern(wording().place_line).fullmatch(lines[first][1])
            broken = title and best and _is_broken(lines[first][1], title, best)
            if title and (best is None or place or broken or title.worth > best.worth):
                best = title
        if best:
            yield last, best


def _is_broken(above: str, longer: Title, shorter: Title) -> bool:
    """Whether the line above a title begins the body's name, which the title goes on with."""
    begins = pattern(wording().broken_line).fullmatch(above) and kind_of(above) is None
    return bool(begins and longer.body and shorter.body and longer.body == above + shorter.body)


def _parts(squeezed: Squeezed, head: int) -> Iterator[tuple[int, str]]:
    """Lines, or parts of lines between separators, without the label `标题:`.

    A line too long for a title also parts where the source has blanks: the page lost its lines.
    """
    label = pattern(wording().title_label)
    for count, (start, end) in enumerate(squeezed.spans(head)):
        if count >= _LINES:
            return
        stop = min(end, start + 4 * _LONGEST)
        blanks = squeezed.gaps(start, stop) if end - start > _LONGEST else []
        places = blanks if len(blanks) <= _BLANKS else []
        for first, last in pairwise([start, *places, stop]):
            at = first
            for part in _PARTS.split(squeezed.text[first:last]):
                bare = label.sub("", part).strip("|:")
                if bare:
                    yield at + part.index(bare), bare
                at += len(part) + 1


def _is_apart(text: str) -> bool:
    """A line above that is no beginning of the title below: a part of a path, a title by itself,
    the heading of a list."""
    listed = pattern(wording().other_items).search(text) is not None
    return listed or bool(_CRUMB.fullmatch(text)) or _read(text, None) is not None


def is_name(name: str) -> bool:
    """Whether a text can be the name of a body at all."""
    no_name = pattern(any_of(wording().no_name)).search(name)
    return no_name is None and _NO_NAME.search(name) is None


def _is_frame(text: str) -> bool:
    return bool(pattern(any_of(wording().page_frame)).search(text) or _SENTENCE.search(text))


def _read(text: str, start: int | None) -> Title | None:
    """A title that is all of a text, or None."""
    if pattern(any_of(wording().not_title)).search(text):
        return None
    match = pattern(rf"(?P<noun>{wording().title_noun}){_AFTER}").search(text)
    if match is None:
        match = _damaged(text)
    if match is None:
        return None
    return _title(text, match.start("noun"), start, printed=True)


def _damaged(text: str) -> re.Match[str] | None:
    """A noun with characters lost or turned round, after a year: `…政府信息公开工作告年度报`."""
    match = re.search(r"年度?(?P<noun>(?:政府|政务|信息).{5,14})$", text)
    if match and fuzz.ratio(match["noun"], wording().title_noun_usual) >= 88:
        return match
    return None


def _title(text: str, noun: int, start: int | None, *, printed: bool) -> Title | None:
    before = text[:noun]
    years = years_in(before + "年" if before[-1:].isdigit() else before) or years_in(text)
    body = body_in(before)
    if not before and not years:
        body = None
    year = years[-1][0] if years and not _SPAN.search(text) else None
    return Title(text, start, body, year, printed)


def body_in(before: str) -> str | None:
    """The body in what stands before the noun: the part with a known kind, or the only part."""
    before += next(
        (rest for word, rest in wording().shared_word.items() if before.endswith(word)), ""
    )
    words = wording().title_edges
    edges = pattern(rf"^(?:{words}|[^\w(])+|(?:{words}|[^\w)])+$")
    parts = [edges.sub("", part) for part in _YEAR_WORDS.split(before)]
    parts = [part for part in parts if _may_be_body(part)]
    known = [part for part in parts if kind_of(part)]
    if known:
        return known[0]
    return parts[0] if len(parts) == 1 and len(parts[0]) >= 4 else None


def _may_be_body(part: str) -> bool:
    """Whether a part is as long as a name: two characters are one only with a place's ending."""
    if len(part) == 2 and not pattern(wording().place_line).fullmatch(part):
        return False
    return 2 <= len(part) <= 40 and not _is_no_body(part)


def _is_no_body(part: str) -> bool:
    return bool(
        pattern(any_of(wording().no_body)).fullmatch(part)
        or _is_frame(part)
        or not re.fullmatch(r"[\w()、·\-]+", part)
        or part.isdigit()
        or not is_name(part)
    )


def _in_metadata(metadata: Mapping[str, str]) -> Iterator[Title]:
    for name in ("articletitle", "title"):
        for part in re.split(r"\s[-–—_|]\s?|[|_>]", metadata.get(name, "")):
            title = _read(squeeze_text(part), None)
            if title:
                yield title


def _named(squeezed: Squeezed, reach: int) -> Iterator[Title]:
    """Names in running text: in book-title marks, or after words that name the report."""
    text, words = squeezed.text, wording()
    quoted = pattern(rf"[《〈](?P<before>[^《》〈〉。]{{0,60}}?)(?P<noun>{words.title_noun})[》〉]")
    spoken = pattern(
        rf"{any_of(words.naming)}(?P<before>[^,，。;；:：《》〈〉]{{2,50}}?)(?P<noun>{words.title_noun})"
    )
    for match in (*quoted.finditer(text, 0, reach), *spoken.finditer(text, 0, reach)):
        name = match["before"] + match["noun"]
        if not pattern(any_of(words.not_title)).search(name):
            title = _title(name, len(match["before"]), match.start("before"), printed=False)
            if title and (title.body or title.year):
                yield title
