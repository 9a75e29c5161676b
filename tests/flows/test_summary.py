"""The figures of a batch, as a user sees them at the end of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from rich.console import Console

from flows.cli import main
from flows.language import set_language
from flows.summary import BatchSummary, as_markdown, print_summary
from tests.flows.drafts import report_text


def summary_of(**figures: Mapping[str, int]) -> BatchSummary:
    groups = ("files", "cells", "findings", "waived", "checks", "corrections", "waivers")
    none: dict[str, Mapping[str, int]] = {name: Counter[str]() for name in groups}
    return BatchSummary("b", Path("x"), **{**none, **figures})  # type: ignore[arg-type]


def shown(**corrections: int) -> str:
    set_language("zh")
    summary = summary_of(corrections=Counter(corrections))
    console = Console(file=StringIO(), width=100)
    print_summary(console, summary)
    return console.file.getvalue() + as_markdown(summary)


def test_a_home_without_corrections_says_nothing_of_them() -> None:
    assert "更正" not in shown(applied=0, stale=0, unused=0)


def test_corrections_are_counted_and_those_not_applied_asked_for() -> None:
    out = shown(applied=3, stale=1, unused=2)
    assert "已采用 3" in out
    assert "3条更正未采用" in out


def test_applied_corrections_ask_for_nothing() -> None:
    out = shown(applied=3, stale=0, unused=0)
    assert "已采用 3" in out
    assert "条更正未采用" not in out


def test_only_findings_that_are_not_waived_count_for_fail_on() -> None:
    findings = Counter(critical=2, warning=1)
    assert summary_of(findings=findings).worst_first() == ["critical", "warning"]
    assert summary_of(findings=findings, waived=Counter(critical=2)).worst_first() == ["warning"]
    assert summary_of(findings=findings, waived=Counter(critical=1)).worst_first()[0] == "critical"


def test_a_batch_of_which_little_could_be_assessed_does_not_look_clean() -> None:
    set_language("zh")
    little = summary_of(checks=Counter(satisfied=3, not_assessable=7))
    assert "只有30%的规则检查能够判定" in as_markdown(little)
    assert "可判定 30%" in as_markdown(little)
    assert "只有" not in as_markdown(summary_of(checks=Counter(satisfied=9, not_assessable=1)))


def test_a_wrong_ledger_stops_a_run_before_it_begins(tmp_path, capsys) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(report_text("青溪县民政局"), encoding="utf-8")
    ledger = tmp_path / "home" / "corrections" / "2024.yaml"
    ledger.parent.mkdir(parents=True)
    ledger.write_text("- {report_id: r0}\n", encoding="utf-8")
    assert main(["run", str(draft), "--home", str(tmp_path / "home")]) == 1
    shown = capsys.readouterr()
    assert "2024.yaml:1: 0.cell: Field required" in shown.err
    assert shown.err.count("\n") == 1
    assert not (tmp_path / "home" / "warehouse.duckdb").exists()
