"""marks.yaml -> the kinds of mark: what is looked for in the words of a report, for the rules.

The comment of the file says what the fields mean.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import AfterValidator

from transforms.statute.loader import FOLDER, load_records
from transforms.statute.schema import Key, Record, Text


class MarkPattern(Record):
    """One wording of a mark, and the parts of the report in which it is looked for."""

    within: tuple[int, ...] = ()
    in_name: bool = False
    text: Text
    unless: Text | None = None
    bodies: tuple[Key, ...] = ()
    body_name: Text | None = None
    divisions: tuple[Text, ...] = ()
    division_levels: tuple[int, ...] = ()
    on_one_line: bool = False
    example: Text
    not_in: tuple[Text, ...] = ()


class MarkKind(Record):
    """One record of marks.yaml; without patterns it is found by a function."""

    id: Key
    label: Text
    label_en: Text
    patterns: tuple[MarkPattern, ...] = ()


@cache
def mark_kinds() -> dict[str, MarkKind]:
    """The kinds of mark by id."""
    return {kind.id: kind for kind in load_records(FOLDER / "marks.yaml", MarkKind)}


def _known(mark: str) -> str:
    if mark not in mark_kinds():
        raise ValueError(f"mark {mark} is not in marks.yaml; it has {sorted(mark_kinds())}")
    return mark


MarkKey = Annotated[Key, AfterValidator(_known)]
