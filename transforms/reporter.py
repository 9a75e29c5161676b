"""Squeezed text and titles -> the name of the body that reports, or None where nothing tells.

The title names it; else the publisher, the signature, whom the preface names as author, or who acts
in the first sentence, if the report speaks of itself as such a body does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from transforms.bodies import Body, bodies, kind_of, shortened
from transforms.squeeze import Squeezed
from transforms.title import Title, body_in, is_name
from transforms.wording import any_of, pattern, wording

_SIGNATURE = 6  # lines at the end among which the signature is
_SITE = "local_government"  # the kind of body whose name a site has
_OFFICE = "government_office"
# Whose reports such a site carries.
_BELOW = {
    "township_government",
    "subdistrict_office",
    "department",
    "vertical_department",
    "park_committee",
}
_ANY_BODY = {"本机关", "本单位", "我单位"}
_SIGNED = re.compile(r"(?P<body>\w{4,30}?)(?:(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)?")
_DATED = re.compile(r"(?:19|20)\d{2}年\d{1,2}月\d{1,2}日")
_FIRST_SENTENCE = 60  # characters of section 1 in which the body is named as who acts


def find_reporter(squeezed: Squeezed, head: int, reach: int, titles: Sequence[Title]) -> str | None:
    """The name as its best mention has it, squeezed. `head` and `reach` as in `find_titles`."""
    published = find_publisher(squeezed, head)
    publisher = published[0] if published else None
    others = list(_speaking(squeezed, publisher, head, reach))
    title = next((title for title in titles if title.body), None)
    if title and title.body:
        if _is_anyones(title.body, titles, others):
            return None
        name = _fuller(title.body, titles, publisher, others)
        if title.joined:
            name = _rival(name, titles, others) or name
    else:
        name = next(iter(others), "")
    if not name or not is_name(name):
        return None
    return _undoubled(name, squeezed.text, publisher)


def _is_anyones(name: str, titles: Sequence[Title], others: Sequence[str]) -> bool:
    """Whether the title is one of several bodies' and the report names yet another as its own."""
    rivals = {title.body for title in titles if title.body and title.printed and not title.joined}
    if len(rivals) < 2 or not others:
        return False
    short = shortened(name)
    named = [shortened(other) for other in others]
    return not any(short in other or other in short for other in named)


def is_placed(name: str) -> bool:
    """Whether a name says of which place the body is."""
    return pattern(wording().place).search(name) is not None


def _speaking(squeezed: Squeezed, publisher: str | None, head: int, reach: int) -> Iterator[str]:
    """Who is named outside the titles, when the report speaks of itself as such a body does.

    A publisher beside another body that signature or preface name may only be where the page was
    taken from: then nothing tells.
    """
    inner = [_signature(squeezed), _compiler(squeezed, reach)]
    told = [name for name in inner if name]
    if publisher and any(publisher not in name and name not in publisher for name in told):
        return
    for name in (publisher, *told, _actor(squeezed, head)):
        kind = kind_of(name) if name else None
        if name and kind and _speaks_as(kind, name, squeezed.text, told=name != publisher):
            yield name


def _rival(name: str, titles: Sequence[Title], others: Sequence[str]) -> str | None:
    """The body that the report names elsewhere, when the line above its title is the site's.

    A government's site line stands above the reports of its departments and towns; a department
    that publishes its government's report does not speak as itself in it.
    """
    kind = kind_of(name)
    if kind is None or kind.id != _SITE:
        return None
    named = (title.body for title in titles if title.body and not title.joined)
    for other in (*named, *others):
        other_kind = kind_of(other)
        if other_kind and other_kind.id in _BELOW and other not in name:
            return other
    return None


def _fuller(
    name: str, titles: Sequence[Title], publisher: str | None, others: Sequence[str]
) -> str:
    """The name with its place, when another name of the report ends with it and has one."""
    for other in (*(title.body for title in titles), publisher, *others):
        if other and other != name and _ends_with(other, name):
            return other
    return name


def _ends_with(longer: str, name: str) -> bool:
    """Whether a name is another with its place before it: `县政府办`, `石泉县人民政府办公室`."""
    place_first = pattern(wording().place).match(name) is not None
    if longer.endswith(name):
        return place_first or is_placed(longer[: -len(name)])
    long, short = shortened(longer), shortened(name)
    return place_first and len(long) > len(short) and long.endswith(short)


def _undoubled(name: str, text: str, publisher: str | None) -> str:
    """`某县某乡乡人民政府` -> `某县某乡人民政府`, when another mention has it so."""
    doubled = pattern(wording().doubled).search(name)
    if doubled is None:
        return name
    single = name[: doubled.start() + 1]
    elsewhere = re.search(f"{re.escape(single)}(?!{doubled[1]})", text)
    if elsewhere or (publisher and single in publisher and single + doubled[1] not in publisher):
        return single + name[doubled.end() :]
    return name


def find_publisher(squeezed: Squeezed, head: int) -> tuple[str, int] | None:
    """Whom a labelled line before the text names as publisher, and where the name stands."""
    words = wording()
    labelled = pattern(
        rf"{any_of(words.publisher_labels)}[:：|\t]{{1,3}}(?P<body>[^|\t:：,，。]{{4,30}}?)"
        rf"{words.publisher_ends}"
    )
    for start, end in squeezed.spans(head):
        match = labelled.search(squeezed.text, start, end)
        if match and kind_of(match["body"]):
            return match["body"], match.start("body")
    return None


def _signature(squeezed: Squeezed) -> str | None:
    """The body in a line of the end that its date follows, in the line or on the next."""
    spans = list(squeezed.spans())[-_SIGNATURE:]
    lines = [squeezed.text[start:end] for start, end in spans]
    for line, after in pairwise([*lines, ""]):
        signed = _SIGNED.fullmatch(line)
        dated = signed and (signed.end("body") < len(line) or _DATED.match(after))
        if signed and dated and kind_of(signed["body"]):
            return signed["body"]
    return None


def _compiler(squeezed: Squeezed, reach: int) -> str | None:
    """Whom the preface names as author or asks to be asked; the office inside a body is cut."""
    words = wording()
    for expression in (words.filled_by, words.compiled_by, words.named_shortly, words.contact):
        match = pattern(expression).search(squeezed.text, 0, reach)
        if match:
            name = match["body"]
            kind = kind_of(name)
            if kind and kind.id == _OFFICE:
                return None  # of the government or of its office: nothing tells
            bare = pattern(words.inner_office).sub("", name)
            kind = kind_of(bare)
            if kind and kind.id in _BELOW:
                return body_in(bare)
    return None


def _actor(squeezed: Squeezed, head: int) -> str | None:
    """Who acts in the first sentence of section 1, if the name has its place in it or is that of a
    central authority, and stands in the report more than once."""
    acts = pattern(wording().acts).match(squeezed.text, head, head + _FIRST_SENTENCE)
    if acts is None or squeezed.text.count(acts["body"]) < 2:
        return None
    kind = kind_of(acts["body"])
    central = kind is not None and not kind.levels
    known = kind is not None and (kind.id in _BELOW or central)
    return acts["body"] if known and (central or is_placed(acts["body"][:-3])) else None


def _speaks_as(kind: Body, name: str, text: str, *, told: bool) -> bool:
    """Whether the report speaks of itself as this kind of body does, or does not say.

    What every body can call itself counts only where nothing more telling is said. A body that the
    report itself names (`told`) need not be spoken of again, and only 我局 and the like speak
    against it; one in the page's frame must be spoken of.
    """
    text = text.replace(name, "")
    counts: Counter[str] = Counter()
    first_person = pattern(wording().first_person)
    for body in bodies().values():
        telling = (word for word in body.self_references if word not in _ANY_BODY)
        if told:
            telling = (word for word in telling if first_person.match(word))
        counts[body.id] = sum(text.count(word) for word in telling)
    most = max(counts.values())
    if most:
        return counts[kind.id] > 0 and counts[kind.id] * 2 >= most
    return told or any(word in text for word in kind.self_references)
