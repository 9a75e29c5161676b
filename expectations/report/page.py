"""Summary, findings and what was not read -> index.html, one file that needs nothing else.

Both languages stand in the page side by side and the style sheet hides one; without scripts it is
Chinese. Long lists are cut so that the page stays below about 5 MB; findings.csv and
findings.xlsx have everything.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from expectations.report.bilingual import Label, cell_labels, parse_key
from expectations.report.findings import ShownFinding, number
from expectations.report.queries import SEVERITIES, STATUSES, Row
from expectations.report.summary import Summary, percent
from expectations.report.words import words

MOST_FINDINGS = 800  # on the page, over all rules
FEWEST_A_RULE = 10  # of a rule, however many rules there are
FIRST_BODIES = 25  # always open: where a reader begins
MOST_REPORTS = 600
MOST_BODIES = 400
MOST_OF_A_LIST = 200

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Group:
    """The shown findings of one rule, and its row of the rule table."""

    rule: Row
    findings: list[ShownFinding]

    @property
    def fix(self) -> Label | None:
        """What to look at first; the same for every finding of a rule."""
        return self.findings[0].likely_fix if self.findings else None

    @property
    def law(self) -> Label:
        """The legal basis; the same for every finding of a rule."""
        return self.findings[0].law


def most_a_rule(findings: Iterable[int]) -> int:
    """The findings of each rule -> of how many a rule the page shows, so that they are many.

    What rules with few findings leave free is for the others.
    """
    left = MOST_FINDINGS
    counts = sorted(count for count in findings if count)
    for index, count in enumerate(counts):
        share = left // (len(counts) - index)
        if count > share:
            return max(FEWEST_A_RULE, share)
        left -= count
    return max([FEWEST_A_RULE, *counts])


def render(
    summary: Summary,
    findings: Iterable[ShownFinding],
    *,
    sources: Collection[str],
    unclear: list[Row],
    missing: list[Row],
    not_filed: list[Row],
) -> str:
    """The whole page. `sources`: documents of which a page is beside it. The lists are the rows of
    the queries of those names."""
    by_rule: dict[str, list[ShownFinding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule_id, []).append(finding)
    found = [row for row in summary.reports if any(row[level] for level in SEVERITIES)]
    shown = [finding for of_rule in by_rule.values() for finding in of_rule]
    script = (_FOLDER / "page.js").read_text(encoding="utf-8")
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            batch=summary.batch,
            summary=summary,
            documents_by_status=_by_status(summary.documents),
            reports=sorted(summary.reports, key=_share_read)[:MOST_REPORTS],
            bodies=found[:MOST_BODIES],
            bodies_in_all=len(found),
            groups=[
                Group(rule, by_rule[rule["rule_id"]])
                for rule in summary.rules
                if rule["rule_id"] in by_rule
            ],
            shown_in_all=len(shown),
            on_page={finding.finding_id: finding for finding in shown},
            following=_following(shown),
            sources=sources,
            problems=[row for row in summary.problems if row["report_id"]],
            unclear=unclear,
            missing=missing,
            not_filed=not_filed,
            style=Markup((_FOLDER / "page.css").read_text(encoding="utf-8")),
            script=Markup(script),
            script_hash=_hash(script),
        )
    )


def _following(findings: list[ShownFinding]) -> dict[str, list[ShownFinding]]:
    """The findings that follow from a root finding, by its id."""
    found: dict[str, list[ShownFinding]] = {}
    for finding in findings:
        if finding.root_finding_id:
            found.setdefault(finding.root_finding_id, []).append(finding)
    return found


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        t=_word_in_both,
        both=_both,
        word=words().text,
        count=lambda value: f"{value:,}",
        share=percent,
        number=number,
        cell_name=_cell_name,
        place=_place,
        statuses=STATUSES,
        list_limit=MOST_OF_A_LIST,
        first_bodies=FIRST_BODIES,
    )
    return environment


def _word_in_both(key: str, **details: object) -> Markup:
    text = words().both(key, **details)
    return _both(text["zh"], text["en"])


def _both(zh: str, en: str) -> Markup:
    """A text in both languages, of which the style sheet shows one."""
    if zh == en:
        return escape(zh)
    return Markup(
        '<span class="zh" lang="zh-CN">{}</span><span class="en" lang="en">{}</span>'
    ).format(zh, en)


def _place(problem: Row) -> Markup:
    """Where in a report a problem lies: a cell by its labels, a table (a bare number) by name."""
    if problem["is_cell"]:
        return _cell_name(problem["place"], problem["form"])
    table = f"table_{problem['place']}"
    return _word_in_both(table) if table in words() else escape(problem["place"])


def _cell_name(printed_key: str, form: str) -> Markup:
    key = parse_key(printed_key)
    labels = cell_labels(key, form)
    table = words().both(f"table_{key.table_no}")
    return _both(
        f"{table['zh']} · {labels.row.zh} / {labels.column.zh}",
        f"{table['en']} · {labels.row.en} / {labels.column.en}",
    )


def _share_read(report: Row) -> float:
    """0 to 1; a report without cells counts as not read."""
    read: int = report["reported"] + report["recovered"]
    cells: int = report["cells"]
    return read / max(1, cells)


def _by_status(documents: list[Row]) -> dict[str, list[Row]]:
    by_status: dict[str, list[Row]] = {
        status: [] for status in ("quarantined", "not_a_report", "duplicate", "extracted")
    }
    for row in documents:
        by_status[row["status"]].append(row)
    return by_status


def _hash(script: str) -> str:
    """Names the one script that the page may run, so that no text of a report can."""
    digest = hashlib.sha256(script.encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()
