"""`gongkai check`: drafts -> their findings with line and source text, before they are filed."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.files import read_files
from flows.language import current, say
from flows.options import FINDINGS_REACH, fail_on_choice, reaches
from flows.plain import one_line
from flows.translated import Command, argument, option
from warehouse.home import Home

if TYPE_CHECKING:
    from flows.draft import Draft

STYLES: dict[str, dict[str, Any]] = {
    "critical": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow"},
    "info": {"fg": "cyan"},
}
CANNOT_BE_READ = 1


@click.command(cls=Command, help="help_check")
@argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), help="help_check_files"
)
@option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="help_format")
@option("--profile", type=click.Path(path_type=Path), metavar="FILE", help="help_check_profile")
@option("--home", type=click.Path(path_type=Path), metavar="DIR", help="help_check_home")
@option(
    "--fail-on",
    type=fail_on_choice,
    default="error",
    help="help_check_fail_on",
)
def check(
    files: tuple[Path, ...], form: str, profile: Path | None, home: Path | None, fail_on: str
) -> int:
    """Check drafts: no warehouse, no server; of a home only what people keep in it is read."""
    inputs = read_files(files)
    from flows.draft import check_drafts  # noqa: PLC0415 - DuckDB, after the quick refusals
    from flows.profiles import profile_of  # noqa: PLC0415
    from warehouse.waivers import read_waivers  # noqa: PLC0415

    place = Home(home).require() if home else None
    applied = profile_of(place, profile)
    waivers = read_waivers(place) if place else ()
    drafts = check_drafts(inputs, applied, waivers, datetime.now().date())
    if form == "json":
        content = {"files": [draft.as_json() for draft in drafts]}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
    for draft in drafts:
        reason = draft.reason(current())
        if reason is not None:
            message = say("check_unreadable", path=draft.path, reason=reason)
            click.echo(say("error", message=message), err=True)
        elif form == "text":
            _print(draft)
    if any(draft.extraction.report is None for draft in drafts):
        return CANNOT_BE_READ
    found = [finding["severity"] for draft in drafts for finding in draft.open_findings]
    return FINDINGS_REACH if any(reaches(severity, fail_on) for severity in found) else 0


def _print(draft: Draft) -> None:
    click.secho(_heading(draft), bold=True)
    click.echo(f"  {_reading(draft)}")
    explained: set[str] = set()
    for finding in draft.findings:
        _print_finding(draft, finding)
        if finding["root_finding_id"] is None and finding["rule_id"] not in explained:
            explained.add(finding["rule_id"])
            click.echo(f"      {_fix(finding['rule_id'])}")
    if draft.findings:
        click.echo(f"  {say('check_more')}")


def _reading(draft: Draft) -> str:
    from flows.draft import NOT_CERTAIN, READ  # noqa: PLC0415

    cells = draft.cells
    unread = sum(cells[status] for status in NOT_CERTAIN)
    said = say(
        "check_read_partly" if unread else "check_read",
        read=sum(cells[status] for status in READ),
        all=cells.total(),
        unread=unread,
    )
    return click.style(said, fg="yellow") if unread else said


def _fix(rule_id: str) -> str:
    from transforms.statute.rules import rules  # noqa: PLC0415

    fix = rules()[rule_id].likely_fix
    return say("check_fix", fix=fix.zh if current() == "zh" else fix.en)


def _heading(draft: Draft) -> str:
    if not draft.findings:
        return say("check_none", path=draft.path)
    waived = len(draft.findings) - len(draft.open_findings)
    key = "check_findings_waived" if waived else "check_findings"
    counts = {"count": len(draft.findings), **({"waived": waived} if waived else {})}
    return say(key, path=draft.path, **counts)


def _print_finding(draft: Draft, finding: dict[str, Any]) -> None:
    severity = click.style(say(f"severity_{finding['severity']}"), **STYLES[finding["severity"]])
    message = one_line(finding[f"message_{current()}"])
    click.echo(f"  {severity} {finding['rule_id']} {message}")
    if finding["waiver"]:
        click.echo(f"      {_waiver(finding)}")
    cause = draft.root_of(finding)
    if cause is not None:
        click.echo(f"      {say('check_same_cause', rule=cause['rule_id'])}")
    elif finding["explanation_zh"]:
        click.echo(f"      {finding[f'explanation_{current()}']}")
    place = draft.place(finding)
    if place is not None:
        line = f"{say('check_line', line=place.number)} " if place.number else ""
        click.echo(f"      {line}│ {one_line(place.text)}")


def _waiver(finding: dict[str, Any]) -> str:
    from expectations.report.words import words  # noqa: PLC0415 - only where there is one

    details = {name: finding[f"waiver_{name}"] for name in ("reason", "who", "until")}
    return words().text(f"waiver_{finding['waiver']}", current(), **details)
