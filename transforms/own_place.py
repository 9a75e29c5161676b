"""Text of a report -> the codes of the place its body can be of, where the text bears them out.

A township that the register does not know may bear the name of one that it knows elsewhere. Only
places whose county or prefecture stands in the report by name are sure enough to call others
foreign.
"""

from __future__ import annotations

from transforms.divisions import names_above
from transforms.report_text import ReportText

_SHORT = 2  # characters of names that are words as well: 城区, 郊区


def own_codes(report: ReportText) -> tuple[str, ...]:
    """The body's division, or those that bear its name; none where the text does not say where."""
    identity = report.identity
    one = identity.division_code
    codes = (one,) if one else identity.division_candidates
    return tuple(code for code in codes if _stands_in(code, report.squeezed.text))


def _stands_in(code: str, text: str) -> bool:
    return any(name in text for name in names_above(code) if len(name) > _SHORT)
