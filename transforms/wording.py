"""statute/wording.yaml -> the compiled patterns that identity is read with."""

from __future__ import annotations

import re
from functools import cache

from transforms.statute.loader import FOLDER, load_record
from transforms.statute.schema import Record, Text


class Wording(Record):
    """The record of wording.yaml; its comments say what each field means."""

    title_noun: Text
    title_noun_usual: Text
    not_title: tuple[Text, ...]
    page_frame: tuple[Text, ...]
    title_label: Text
    naming: tuple[Text, ...]
    no_body: tuple[Text, ...]
    publisher_labels: tuple[Text, ...]
    publisher_ends: Text
    compiled_by: Text
    named_shortly: Text
    acts: Text
    first_person: Text
    short_names: dict[Text, Text]
    no_name: tuple[Text, ...]
    other_items: Text
    other_item: Text
    filled_by: Text
    contact: Text
    inner_office: Text
    number_labels: tuple[Text, ...]
    document_number: Text
    period_cues: tuple[Text, ...]
    published_labels: tuple[tuple[Text, ...], ...]
    published_bare: tuple[Text, ...]
    beside_date: Text
    published_metadata: tuple[Text, ...]
    other_documents: dict[str, Text]
    place: Text
    place_line: Text
    broken_line: Text
    doubled: Text
    names_its_county: Text
    title_edges: Text
    shared_word: dict[Text, Text]
    until: Text
    central_prefix: Text
    notice_of_reports: Text
    salutation: Text
    news: Text
    placeholder: Text
    attachment: Text
    statutory_marks: Text
    old_headings: tuple[Text, ...]
    old_indicators: tuple[Text, ...]


@cache
def wording() -> Wording:
    """The words, loaded once."""
    return load_record(FOLDER / "wording.yaml", Wording)


@cache
def pattern(text: str) -> re.Pattern[str]:
    """A pattern, compiled once."""
    return re.compile(text)


def any_of(alternatives: tuple[str, ...]) -> str:
    """A group that matches one of several patterns."""
    return f"(?:{'|'.join(alternatives)})"
