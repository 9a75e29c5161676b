"""Kinds of rule on what was found beside a report: slips that others share, filings it replaced."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from transforms.statute.mark_kinds import MarkKey
from transforms.statute.rule_base import BaseRule


class BesideRule(BaseRule):
    """What the kinds have in common: the marks that they look at."""

    over_cells = False
    marks: tuple[MarkKey, ...] = Field(min_length=1)


class SharedSlipRule(BesideRule):
    """No slip of these kinds stands alike in reports of several bodies of the county.

    It is said once for the county, on the report of the body whose name comes first.
    """

    scope: ClassVar[str] = "bodies"
    places = frozenset({"year", "what", "text", "count", "bodies"})
    kind: Literal["shared_slip"]

    def lines(self, form: str) -> tuple[str, ...]:  # noqa: ARG002, D102
        return self.marks


class RefiledRule(BesideRule):
    """A filing that replaces another has the same numbers, or says that something was changed."""

    scope: ClassVar[str] = "years"
    places = frozenset({"year", "count", "cells"})
    kind: Literal["refiled"]
