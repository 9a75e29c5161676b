"""Violated rules over the numbers of the narrative -> their words, one function a kind."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from expectations.across import before
from expectations.labels import cell_label
from expectations.words import Row, Words, both, number, span_of
from transforms.claim_words import claim_kinds
from transforms.messages import Language
from transforms.statute.rule_schema import (
    BaseRule,
    ClaimAgreeRule,
    ClaimCellsRule,
    ClaimChangeRule,
    ClaimYearRule,
    MultipleRule,
    PartsRule,
    Reading,
)
from transforms.statute.rules import Instance


def _claim_cells_words(rule: ClaimCellsRule, one: Instance, row: Row) -> Words:
    readings = rule.readings(row["form"], one.line)
    zero = {"zero": (True,), "above_zero": (False,), "any": (True, False)}[rule.stated]
    claim = _first(one.line, row, lambda value: (value == 0) in zero)
    values = [_value(reading, row) for reading in readings]

    def details(language: Language) -> dict[str, object]:
        separator = "；或 " if language == "zh" else "; or "
        return {
            **_stated(claim, language),
            "readings": separator.join(_reading(reading, row, language) for reading in readings),
        }

    expected = f"<= {max(values, key=float)}" if rule.at_most else " | ".join(dict.fromkeys(values))
    return Words(both(rule, row, details), number(claim["value"]), expected, span=span_of(claim))


def _claim_agree_words(rule: ClaimAgreeRule, one: Instance, row: Row) -> Words:
    """The number that is no lawful reading, against one that is; else the first two that differ."""
    lawful = {_value(reading, row) for reading in rule.readings(row["form"], one.line)}
    claims = [claim for claim in row["claims"] if _is_exact(claim, one.line, row)]
    good = next((c for c in claims if number(c["value"]) in lawful), claims[0])
    odd = next(
        claim
        for claim in claims
        if claim["value"] != good["value"] and number(claim["value"]) not in lawful
    )

    def details(language: Language) -> dict[str, object]:
        return {**_stated(odd, language), "other": number(good["value"])}

    observed, expected = number(odd["value"]), number(good["value"])
    return Words(both(rule, row, details), observed, expected, span=span_of(odd))


def _claim_change_words(rule: ClaimChangeRule, one: Instance, row: Row) -> Words:
    claim = _first(one.line, row, lambda _: True)
    readings = rule.readings(row["form"], one.line)
    then = [sum(sign * row[before(key)] for key, sign in reading) for reading in readings]
    now = [sum(sign * row[key.column_name] for key, sign in reading) for reading in readings]
    changes = [*dict.fromkeys((number(n), number(t)) for n, t in zip(now, then, strict=True))]

    def details(language: Language) -> dict[str, object]:
        return {
            **_stated(claim, language),
            "changes": ("；" if language == "zh" else "; ").join(f"{t} → {n}" for n, t in changes),
            "previous": row["report_year"] - 1,
        }

    expected = " | ".join(f"{t} → {n}" for n, t in changes)
    return Words(both(rule, row, details), number(claim["value"]), expected, span=span_of(claim))


def _first(kind: str, row: Row, wanted: Callable[[Decimal], bool]) -> Row:
    """The first exact number of a kind that is wanted; the rule found that there is one."""
    return next(c for c in row["claims"] if _is_exact(c, kind, row) and wanted(c["value"]))


def _is_exact(claim: Row, kind: str, row: Row) -> bool:
    wanted = (kind, "exact", row["report_year"])
    return (claim["claim"], claim["qualifier"], claim["year"]) == wanted


def _claim_year_words(rule: ClaimYearRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    claim = row["witness"]

    def details(language: Language) -> dict[str, object]:
        return {**_stated(claim, language), "stated_year": claim["year"]}

    year = row["report_year"]
    return Words(both(rule, row, details), str(claim["year"]), str(year), span=span_of(claim))


def _parts_words(rule: PartsRule, one: Instance, row: Row) -> Words:  # noqa: ARG001
    found = row["witness"]
    kind = claim_kinds()[found["claim"]]

    def details(language: Language) -> dict[str, object]:
        return {
            "what": kind.label if language == "zh" else kind.label_en,
            "whole": number(found["whole"]),
            "parts": found["terms"],
            "parts_sum": number(found["parts"]),
        }

    sign = "" if rule.relation in {"equal", "differs"} else ">= "
    expected = f"{sign}{number(found['parts'])}"
    return Words(both(rule, row, details), number(found["whole"]), expected, span=span_of(found))


def _multiple_words(rule: MultipleRule, one: Instance, row: Row) -> Words:
    claim = _first(one.line, row, lambda value: value % rule.of_yuan != 0)

    def details(language: Language) -> dict[str, object]:
        return {**_stated(claim, language), "multiple": rule.of_yuan}

    observed = number(claim["value"])
    return Words(both(rule, row, details), observed, f"n x {rule.of_yuan}", span=span_of(claim))


def _stated(claim: Row, language: Language) -> dict[str, object]:
    kind = claim_kinds()[claim["claim"]]
    return {
        "what": kind.label if language == "zh" else kind.label_en,
        "stated": number(claim["value"]),
        "unit": _unit(claim["unit"], language),
    }


def _unit(unit: str, language: Language) -> str:
    """Units have no English: there the number stands alone, but for money."""
    if language == "zh":
        return unit
    return {"元": " yuan", "万元": " 0,000 yuan", "%": " %"}.get(unit, "")


def _reading(reading: Reading, row: Row, language: Language) -> str:
    terms = [
        f"{'- ' if sign < 0 else '+ ' if index else ''}{cell_label(row['form'], key, language)} "
        f"{number(row[key.column_name])}"
        for index, (key, sign) in enumerate(reading)
        if len(reading) == 1 or row[key.column_name]
    ]
    return f"{' '.join(terms)} = {_value(reading, row)}" if len(reading) > 1 else terms[0]


def _value(reading: Reading, row: Row) -> str:
    return number(sum(sign * row[key.column_name] for key, sign in reading))


CLAIM_WRITERS: dict[type[BaseRule], Callable[[Any, Instance, Row], Words]] = {
    ClaimCellsRule: _claim_cells_words,
    ClaimAgreeRule: _claim_agree_words,
    ClaimChangeRule: _claim_change_words,
    ClaimYearRule: _claim_year_words,
    PartsRule: _parts_words,
    MultipleRule: _multiple_words,
}
