"""Name of a body -> its kind, a record of statute/bodies.yaml."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated

from pydantic import StringConstraints

from transforms.divisions import Division
from transforms.records import Identity
from transforms.statute.loader import FOLDER, load_records
from transforms.statute.schema import Key, Record, Text
from transforms.wording import wording

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]$")  # another name of the body, or which part of it
MonthDay = Annotated[str, StringConstraints(pattern=r"^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$")]


class Body(Record):
    """A kind of body that files reports. The comment of bodies.yaml says what each field means."""

    id: Key
    label: Text
    label_en: Text
    names: tuple[Text, ...]
    levels: tuple[int, ...]
    at_level: dict[int, Key]
    self_references: tuple[Text, ...]
    due: MonthDay
    latest: MonthDay
    may_make_regulations: bool | None
    members: tuple[Key, ...] = ()


@cache
def bodies() -> dict[str, Body]:
    """The kinds by id, in the order they are tried."""
    return {body.id: body for body in load_records(FOLDER / "bodies.yaml", Body)}


def kind_of(name: str) -> Body | None:
    """The kind that a name alone tells; its level may still be open."""
    for body_id, pattern in _patterns():
        if pattern.search(name):
            return bodies()[body_id]
    bare = without_brackets(name)
    return kind_of(bare) if bare != name else None


def shortened(name: str) -> str:
    """A name with its long words cut short, so that two mentions of a body can be compared."""
    for long, short in wording().short_names.items():
        name = name.replace(long, short)
    return name


def without_brackets(name: str) -> str:
    """A name without what stands in brackets at its end: another name of the body, or a part."""
    return _BRACKETS.sub("", name)


def body_id(identity: Identity) -> str | None:
    """What tells a body from all others, the same in every year and however its name is cut short.

    The division and the shortened name; without a division, a name that says where. None where
    bodies of several places may be meant.
    """
    name, code = identity.body_name, identity.division_code
    if name is None or (code is None and identity.division_candidates):
        return None
    if code is None and not re.match(wording().names_its_county, name):
        return None
    return f"{code or ''} {shortened(without_brackets(name))}".strip()


def county_id(identity: Identity) -> str | None:
    """What bodies of one county share: six digits of the division, else the name of the place.

    None where `body_id` is.
    """
    if body_id(identity) is None:
        return None
    if identity.division_code is not None:
        return identity.division_code[:6]
    place = re.match(wording().names_its_county, identity.body_name or "")
    return place["county"] if place else None


def at_level(body: Body, division: Division | None) -> Body:
    """The kind once the division is known: a `local_government` of level 3 is a county's."""
    if division is None:
        return body
    return bodies()[body.at_level.get(division.level, body.id)]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (body.id, re.compile("|".join(f"(?:{name})" for name in body.names)))
        for body in bodies().values()
        if body.names
    )
