"""Text of a report -> whether telephone and postcode that it gives are those of its province.

Only what is said to be for questions about the report is looked at, and only if no number that is
given so is of the body's own province. Codes are those of statute/contact_codes.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated

from pydantic import StringConstraints

from transforms.own_place import own_codes
from transforms.report_text import Found, ReportText, Span
from transforms.statute.loader import FOLDER, load_records
from transforms.statute.schema import Record, Text

_PARTS = (0, 1, 6)
_PHONE = re.compile(r"(?<![\d-])\(?(?P<code>0(?:10|2\d|[3-9]\d\d))\)?[-—–―]{0,2}\d{7,8}(?!\d)")
_POSTCODE = re.compile(r"邮(?:政)?编(?:码)?[:|]{0,2}(?P<code>\d{2})\d{4}(?!\d)")
_CUE = re.compile(r"联系|咨询|地址|疑问")
_OF_THE_SITE = re.compile(r"技术支持|版权|备案|标识码|主办|承办|建设|维护|举报|监督电话|热线")


class ContactCodes(Record):
    """One province: the first two digits of its divisions."""

    id: Annotated[str, StringConstraints(pattern=r"^\d\d$")]
    area_codes: tuple[Text, ...]
    postcodes: tuple[Text, ...]


def foreign_contacts(report: ReportText) -> Iterator[Found]:
    """`contact_named` where a code says of which province it is, and what is of none of ours."""
    own = {code[:2] for code in own_codes(report)}
    if not own:
        return
    for kind, expression, provinces in (
        ("area_code_of_other_province", _PHONE, _by_area_code()),
        ("postcode_of_other_province", _POSTCODE, _by_postcode()),
    ):
        named = [
            (provinces[match["code"]], match.span())
            for start, end in _for_questions(report)
            for match in expression.finditer(report.squeezed.text, start, end)
            if match["code"] in provinces
        ]
        if named:
            yield "contact_named", named[0][1]
        is_known = all(any(province in there for there in provinces.values()) for province in own)
        if named and is_known and not any(own & there for there, _ in named):
            yield kind, named[0][1]


def _for_questions(report: ReportText) -> Iterator[Span]:
    text = report.squeezed.text
    for part in _PARTS:
        for start, end in report.sentences(part):
            if _CUE.search(text, start, end) and not _OF_THE_SITE.search(text, start, end):
                yield start, end


@cache
def _by_area_code() -> dict[str, frozenset[str]]:
    return _provinces({one.id: one.area_codes for one in _codes()})


@cache
def _by_postcode() -> dict[str, frozenset[str]]:
    return _provinces({one.id: one.postcodes for one in _codes()})


def _provinces(codes: dict[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Provinces by code."""
    every = {code for some in codes.values() for code in some}
    return {
        code: frozenset(province for province, some in codes.items() if code in some)
        for code in every
    }


def _codes() -> tuple[ContactCodes, ...]:
    return load_records(FOLDER / "contact_codes.yaml", ContactCodes)
