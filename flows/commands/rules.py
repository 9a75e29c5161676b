"""`gongkai rules`: the rule book as a table, or one rule with its law, formula and examples."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from expectations.formula import formula
from expectations.labels import rule_basis
from expectations.rulebook import example_text
from flows.errors import UserError
from flows.language import current, say
from flows.translated import Command, argument
from transforms.statute.rule_schema import BaseRule, Bilingual
from transforms.statute.rules import rules as all_rules

STYLES = {"critical": "bold red", "warning": "yellow", "info": "cyan"}


@click.command(cls=Command, help="help_rules")
@argument("rule_id", metavar="[ID]", required=False, help="help_rules_id")
def rules(rule_id: str | None) -> None:
    """Print the rule book, or one rule."""
    known = all_rules()
    console = Console(highlight=False)
    if rule_id is None:
        _print_book(console, known)
        return
    rule = next((one for name, one in known.items() if name.lower() == rule_id.lower()), None)
    if rule is None:
        raise UserError(say("error_no_rule", rule=rule_id, known=", ".join(known)), status=2)
    _print_rule(console, rule)


def _print_book(console: Console, known: dict[str, BaseRule]) -> None:
    table = Table(say("rule_id"), say("rule_severity"))
    for key in ("rule_title", "rule_formula"):
        table.add_column(say(key), overflow="fold")
    for rule in known.values():
        table.add_row(rule.id, _severity(rule), _text(rule.title), formula(rule))
    console.print(table)


def _print_rule(console: Console, rule: BaseRule) -> None:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(overflow="fold")
    table.add_row(say("rule_id"), rule.id)
    table.add_row(say("rule_title"), _text(rule.title))
    table.add_row(say("rule_severity"), _severity(rule))
    table.add_row(say("rule_statement"), _text(rule.statement))
    table.add_row(say("rule_formula"), formula(rule))
    table.add_row(say("rule_basis"), rule_basis(rule, current()))
    table.add_row(say("rule_fix"), _text(rule.likely_fix))
    for name, example in rule.examples.by_name().items():
        table.add_row(say(f"rule_example_{name}"), example_text(example) or "-")
    console.print(table)


def _severity(rule: BaseRule) -> str:
    return f"[{STYLES[rule.severity]}]{say(f'severity_{rule.severity}')}[/]"


def _text(words: Bilingual) -> str:
    return words.zh if current() == "zh" else words.en
