"""Kind of rule on reports that are not there: its subject is a body of a roster and a year.

It looks at one row a body and year for which the roster is asked, never at a report.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from transforms.statute.rule_base import BaseRule

FILING = "filing"  # the scope of these rules


class FilingRule(BaseRule):
    """The body has filed for the year once its day has passed.

    `gap`: asked only where it has filed for the year before and for the year after. A report that
    is not there is named by one rule, a rule on gaps before one on any year.
    """

    scope: ClassVar[str] = FILING
    places = frozenset({"body", "year", "before", "after", "due", "day"})
    over_cells = False
    kind: Literal["filing"]
    gap: bool = False

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: ARG002, D102
        return ("filing",)
