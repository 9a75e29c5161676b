"""Text of a report -> whether most of its overview tells of other work than disclosure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from transforms.report_text import Found, ReportText
from transforms.statute.loader import FOLDER, load_record
from transforms.statute.schema import Record, Text
from transforms.wording import pattern

_OVERVIEW = 1


class Scope(Record):
    """The record of scope.yaml; its comments say what each field means."""

    matter: Text
    achievements: Text
    percent: int
    at_least: int


def out_of_scope(report: ReportText) -> Iterator[Found]:
    """The first sentence on other work, where such sentences are most of the overview."""
    words, text = _scope(), report.squeezed.text
    matter, achievements = pattern(words.matter), pattern(words.achievements)
    other = [
        (start, end)
        for start, end in report.sentences(_OVERVIEW)
        if achievements.search(text, start, end) and not matter.search(text, start, end)
    ]
    length = sum(end - start for start, end in other)
    if length >= words.at_least and length * 100 > len(report.text(_OVERVIEW)) * words.percent:
        yield "out_of_scope", other[0]


@cache
def _scope() -> Scope:
    return load_record(FOLDER / "scope.yaml", Scope)
