"""`gongkai check`: drafts -> their findings with line and source text, before they are filed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.files import read_files
from flows.language import current, say
from flows.options import FINDINGS_REACH, fail_on_choice, reaches
from flows.translated import Command, argument, option

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
@option(
    "--fail-on",
    type=fail_on_choice,
    default="error",
    help="help_check_fail_on",
)
def check(files: tuple[Path, ...], form: str, profile: Path | None, fail_on: str) -> int:
    """Check drafts: no warehouse, no server."""
    inputs = read_files(files)
    from flows.draft import check_drafts  # noqa: PLC0415 - DuckDB, after the quick refusals
    from flows.profiles import profile_of  # noqa: PLC0415

    drafts = check_drafts(inputs, profile_of(None, profile))
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
    found = [finding["severity"] for draft in drafts for finding in draft.findings]
    return FINDINGS_REACH if any(reaches(severity, fail_on) for severity in found) else 0


def _print(draft: Draft) -> None:
    from flows.draft import NOT_CERTAIN, READ  # noqa: PLC0415

    key = "check_findings" if draft.findings else "check_none"
    count = {"count": len(draft.findings)} if draft.findings else {}
    click.secho(say(key, path=draft.path, **count), bold=True)
    cells = draft.cells
    click.echo(
        "  "
        + say(
            "check_read",
            read=sum(cells[status] for status in READ),
            all=cells.total(),
            unread=sum(cells[status] for status in NOT_CERTAIN),
        )
    )
    for finding in draft.findings:
        _print_finding(draft, finding)


def _print_finding(draft: Draft, finding: dict[str, Any]) -> None:
    severity = click.style(say(f"severity_{finding['severity']}"), **STYLES[finding["severity"]])
    click.echo(f"  {severity} {finding['rule_id']} {finding[f'message_{current()}']}")
    cause = draft.root_of(finding)
    if cause is not None:
        click.echo(f"      {say('check_same_cause', rule=cause['rule_id'])}")
    elif finding["explanation_zh"]:
        click.echo(f"      {finding[f'explanation_{current()}']}")
    place = draft.place(finding)
    if place is not None:
        line = f"{say('check_line', line=place.number)} " if place.number else ""
        click.echo(f"      {line}│ {place.text}")
