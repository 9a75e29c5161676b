"""Violated rules on shared slips and replaced filings -> their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from expectations.labels import cell_label
from expectations.words import Row, Words, both, number
from transforms.messages import Language
from transforms.statute.loader import all_cell_keys
from transforms.statute.mark_kinds import mark_kinds
from transforms.statute.rule_schema import BaseRule, RefiledRule, SharedSlipRule
from transforms.statute.rules import Instance

SHOWN = 3  # cells written out
BODIES_SHOWN = 5  # bodies named


def _shared_slip_words(rule: SharedSlipRule, one: Instance, row: Row) -> Words:
    found = row["witness"]
    kind = mark_kinds()[one.line]

    def details(language: Language) -> dict[str, object]:
        return {
            "what": kind.label if language == "zh" else kind.label_en,
            "text": found["text"],
            "count": len(found["bodies"]),
            "bodies": ("、" if language == "zh" else ", ").join(found["bodies"][:BODIES_SHOWN]),
        }

    return Words(both(rule, row, details), found["text"], None)


def _refiled_words(rule: RefiledRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    found = row["witness"]
    cells = tuple(all_cell_keys()[change["cell_no"] - 1] for change in found)

    def details(language: Language) -> dict[str, object]:
        shown = (
            f"{cell_label(row['form'], key, language)} {number(was)} → {number(now)}"
            for key, was, now in [
                (key, change["was"], change["now"])
                for key, change in zip(cells[:SHOWN], found, strict=False)
            ]
        )
        return {"count": len(found), "cells": ("；" if language == "zh" else "; ").join(shown)}

    first = found[0]
    return Words(both(rule, row, details), number(first["now"]), number(first["was"]), cells=cells)


BESIDE_WRITERS: dict[type[BaseRule], Callable[[Any, Instance, Row], Words]] = {
    SharedSlipRule: _shared_slip_words,
    RefiledRule: _refiled_words,
}
