"""A published batch -> its figures, for the terminal and for Prefect's page of the run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from expectations.report.queries import Row, Warehouse
from expectations.report.summary import assessable, is_doubtful, summarise
from flows.language import say
from flows.options import SEVERITIES
from transforms.messages import LANGUAGES, Language
from transforms.records import CellStatus, DocumentStatus
from warehouse.corrections import count_states
from warehouse.rosters import count_not_filed
from warehouse.waivers import count_states as count_waivers

MOST_WORST = 20  # reports on Prefect's page of the run; the data-quality report has all
STYLES = {
    "quarantined": "red",
    "severity_critical": "bold red",
    "severity_warning": "yellow",
    "severity_info": "cyan",
    "cell_ambiguous": "yellow",
    "cell_invalid": "yellow",
    "cell_missing": "yellow",
    "not_assessable": "yellow",
    "correction_stale": "yellow",
    "correction_unused": "yellow",
    "not_filed": "yellow",
    "waiver_expired": "yellow",
    "waiver_source_changed": "yellow",
    "waiver_unused": "yellow",
}


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """How many of what: files by status, cells by status, findings by severity, checks by outcome.

    A check is one rule on one report. Corrections and waivers, by state, are those of the
    whole home.
    """

    batch_id: str
    report: Path
    files: dict[str, int]
    cells: dict[str, int]
    findings: dict[str, int]
    waived: dict[str, int]
    checks: dict[str, int]
    corrections: dict[str, int]
    waivers: dict[str, int]
    not_filed: int = 0
    worst: tuple[Row, ...] = ()  # of the reports with findings, as in the data-quality report

    def figures(self) -> dict[str, dict[str, str]]:
        """Groups of figures, by the keys of their names in text.yaml, in the order shown."""
        files = {
            "files": sum(self.files.values()),
            "reports": self.files[DocumentStatus.EXTRACTED],
            "quarantined": self.files[DocumentStatus.QUARANTINED],
            "not_reports": self.files[DocumentStatus.NOT_A_REPORT],
            "duplicates": self.files[DocumentStatus.DUPLICATE],
        }
        checks = {name: self.checks[name] for name in ("satisfied", "violated", "not_assessable")}
        counts = {
            "group_documents": files,
            "group_cells": {f"cell_{status}": self.cells[status] for status in CellStatus},
            "group_findings": self._findings(),
            "group_rules": checks,
            **(
                {"group_corrections": self._corrections()} if any(self.corrections.values()) else {}
            ),
            **({"group_roster": {"not_filed": self.not_filed}} if self.not_filed else {}),
            **({"group_waivers": self._waivers()} if any(self.waivers.values()) else {}),
        }
        shown = {
            group: {key: f"{count:,}" for key, count in of_group.items()}
            for group, of_group in counts.items()
        }
        shown["group_rules"]["assessable"] = assessable(self.checks)
        return shown

    def _findings(self) -> dict[str, int]:
        waived = sum(self.waived.values())
        found = {f"severity_{name}": self.findings[name] for name in SEVERITIES}
        return {**found, **({"waived": waived} if waived else {})}

    def _corrections(self) -> dict[str, int]:
        return {f"correction_{state}": count for state, count in self.corrections.items()}

    def _waivers(self) -> dict[str, int]:
        return {f"waiver_{state}": count for state, count in self.waivers.items()}

    @property
    def corrections_to_look_at(self) -> int:
        """Corrections that are not applied."""
        return sum(self.corrections.values()) - self.corrections["applied"]

    def doubts(self, language: Language | None = None) -> str | None:
        """What to say where few checks could be assessed."""
        if not is_doubtful(self.checks):
            return None
        return say("little_assessed", language, share=assessable(self.checks))

    def lines(self, language: Language) -> list[str]:
        """The figures in words, a line a group, and where the report is."""
        mark, colon = say("list_mark", language), say("colon", language)
        lines = [
            say(group, language)
            + colon
            + mark.join(f"{say(key, language)} {shown}" for key, shown in figures.items())
            for group, figures in self.figures().items()
        ]
        doubts = self.doubts(language)
        return [
            *lines,
            *([doubts] if doubts else []),
            say("report_is_at", language, path=self.report),
        ]

    def worst_first(self) -> list[str]:
        """The severities of the findings that no waiver in force accepts."""
        return [name for name in SEVERITIES if self.findings[name] > self.waived[name]]


def summarise_batch(database: Path, batch_id: str, report: Path) -> BatchSummary:
    """Read the figures of a published batch."""
    with Warehouse(database, batch_id) as warehouse:
        found = summarise(warehouse)
    return BatchSummary(
        batch_id,
        report,
        found.files,
        found.cells,
        found.findings,
        found.waived,
        found.checks,
        count_states(database),
        count_waivers(database),
        count_not_filed(database),
        tuple(row for row in found.reports[:MOST_WORST] if row["rules"]),
    )


def print_summary(console: Console, summary: BatchSummary) -> None:
    """A table of the figures and where the report is."""
    table = Table(title=f"{say('batch')} {summary.batch_id}", title_justify="left")
    table.add_column(say("figure"))
    table.add_column(say("count"), justify="right")
    for group, figures in summary.figures().items():
        table.add_section()
        table.add_row(say(group), "", style="bold")
        for key, shown in figures.items():
            style = "dim" if shown == "0" else STYLES.get(key)
            table.add_row(f"  {say(key)}", shown, style=style)
    console.print(table)
    if doubts := summary.doubts():
        console.print(doubts, style="yellow", soft_wrap=True)
    if summary.corrections_to_look_at:
        console.print(say("corrections_unfit", count=summary.corrections_to_look_at))
    console.print(say("report_is_at", path=summary.report), soft_wrap=True)


def as_rows(summary: BatchSummary, language: Language = "zh") -> list[dict[str, str]]:
    """The figures as rows of one table."""
    return [
        {
            say("group", language): say(group, language),
            say("figure", language): say(key, language),
            say("count", language): shown,
        }
        for group, figures in summary.figures().items()
        for key, shown in figures.items()
    ]


def worst_rows(summary: BatchSummary, language: Language = "zh") -> list[dict[str, str | int]]:
    """The reports with the gravest findings, the worst first, as rows of one table."""
    return [
        {
            say("body", language): row["body_name"] or row["source_path"],
            say("year", language): row["report_year"] or "",
            **{say(f"severity_{level}", language): row[level] for level in SEVERITIES},
            say("rules", language): ", ".join(row["rules"]),
        }
        for row in summary.worst
    ]


def as_markdown(summary: BatchSummary) -> str:
    """The figures as Markdown, in Chinese and then in English."""
    parts = [f"# {say('batch', 'zh')} {summary.batch_id}"]
    for language in LANGUAGES:
        parts.append("\n".join(f"- {line}" for line in summary.lines(language)))
    return "\n\n".join(parts)
