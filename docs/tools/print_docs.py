"""The rules, tables, forms, commands, claims and problems as they are -> the reference pages.

Without an argument it writes them; with --check it writes nothing and exits 1 if one is stale.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

import transforms
from expectations.rulebook import rule_book, rule_page
from flows.cli import gongkai
from flows.language import set_language
from transforms.claims import claim_kinds
from transforms.messages import LANGUAGES, Language, Messages
from transforms.statute.loader import cell_keys, forms, instruments, load_record
from transforms.statute.schema import Block, Column, Form, Table
from warehouse.dictionary import data_dictionary

DOCS = Path(__file__).resolve().parents[1]
PROBLEMS = Path(transforms.__file__).parent / "problems.yaml"
WORDS = Messages(Path(__file__).with_name("words.yaml"))


def forms_page() -> str:
    lines = _head("forms")
    for form in forms().values():
        lines += ["", f"## {_both('form')} {form.form}", *_form(form)]
    lines += ["", f"## {_both('instruments')}", ""]
    lines += _table(
        ("title", "label_en", "number", "issued_on", "in_force", "wording"),
        (
            (
                text.title,
                text.title_en,
                text.number,
                text.issued_on or "",
                f"{text.in_force_from} – {text.in_force_until or ''}".rstrip(" –"),
                _both("wording_sure" if text.sure else "wording_unsure"),
            )
            for text in instruments().values()
        ),
    )
    return _page(lines)


def cli_page() -> str:
    lines = [*_head("cli"), *_paragraphs("cli_exit")]
    top = click.Context(gongkai, info_name="gongkai")
    commands = [(name, gongkai.get_command(top, name)) for name in gongkai.list_commands(top)]
    lines += ["", "## gongkai", *_command(gongkai, top)]
    for name, command in commands:
        if command is not None:
            context = click.Context(command, info_name=name, parent=top)
            lines += ["", f"## gongkai {name}", *_command(command, context)]
    return _page(lines)


def claims_page() -> str:
    rows = (
        (
            f"`{kind.id}`",
            kind.label,
            kind.label_en,
            kind.unit,
            f" {_both('or')} ".join(" + ".join(f"`{key}`" for key in sum_) for sum_ in kind.cells),
            kind.patterns[0].example if kind.patterns else "",
        )
        for kind in claim_kinds().values()
    )
    headings = ("key", "chinese", "english", "unit", "cells", "example")
    return _page([*_head("claims"), "", *_table(headings, rows)])


def problems_page() -> str:
    texts = load_record(PROBLEMS, dict[str, dict[Language, str]])
    rows = ((f"`{key}`", text["zh"], text["en"]) for key, text in texts.items())
    return _page([*_head("problems"), "", *_table(("key", "chinese", "english"), rows)])


PAGES: dict[str, Callable[[], str]] = {
    "rules.md": rule_book,
    "rules.html": rule_page,
    "tables.md": data_dictionary,
    "forms.md": forms_page,
    "cli.md": cli_page,
    "claims.md": claims_page,
    "problems.md": problems_page,
}


def _form(form: Form) -> Iterator[str]:
    years = f"{form.report_years.since or ''}–{form.report_years.until or ''}"
    yield from _paragraphs(
        "form_years",
        instrument=instruments()[form.instrument].number,
        years=years,
        mandatory=form.mandatory_from,
        cells=len(cell_keys(form.form)),
    )
    yield from ("", f"### {_both('sections')}", "")
    rows = ((h.number, h.label, _variants(h.variants)) for h in form.sections)
    yield from _table(("section_no", "label", "variants"), rows)
    for table in form.tables:
        yield from ("", f"### {_both('table')} {table.number}: {table.label}")
        yield from _blocks(table)


def _blocks(table: Table) -> Iterator[str]:
    for block in table.blocks:
        if block.label:
            yield from ("", f"#### {block.label}")
        yield from ("", f"{_both('columns')}:", "")
        yield from _columns(block)
        yield from ("", f"{_both('rows')}:", "")
        yield from _table(
            ("key", "label", "label_en", "group", "variants"),
            (
                (
                    f"`{row.key}`",
                    row.label,
                    row.label_en,
                    " › ".join(row.group),
                    _variants(row.variants),
                )
                for row in block.rows
            ),
        )


def _columns(block: Block) -> list[str]:
    return _table(
        ("key", "label", "label_en", "group", "unit", "variants"),
        (
            (
                f"`{column.key}`",
                column.label,
                column.label_en,
                column.group or "",
                _unit(column),
                _variants(column.variants),
            )
            for column in block.columns
        ),
    )


def _unit(column: Column) -> str:
    allowed = [name for name in ("signed", "decimal") if getattr(column, name)]
    return "; ".join([column.unit, *map(_both, allowed)])


def _variants(variants: Iterable[str]) -> str:
    return "; ".join(variants)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    yield from (
        "",
        "```",
        f"{context.command_path} {' '.join(command.collect_usage_pieces(context))}",
    )
    yield "```"
    for language in LANGUAGES:
        set_language(language)
        yield from ("", command.help or "")
    yield ""
    own = [parameter for parameter in command.params if parameter.name != "help"]
    yield from _table(
        ("option", "default", "chinese", "english"),
        ((f"`{_form_of(one, context)}`", _default(one), *_help(one)) for one in own),
    )


def _form_of(parameter: click.Parameter, context: click.Context) -> str:
    if isinstance(parameter, click.Argument):
        return parameter.make_metavar(context)
    names = ", ".join(parameter.opts)
    flag = isinstance(parameter, click.Option) and parameter.is_flag
    return names if flag else f"{names} {parameter.make_metavar(context)}"


def _default(parameter: click.Parameter) -> str:
    default = parameter.to_info_dict().get("default")
    return f"`{default}`" if isinstance(default, str | int | float | Path) and default else ""


def _help(parameter: click.Parameter) -> Iterator[str]:
    for language in LANGUAGES:
        set_language(language)
        yield getattr(parameter, "help", None) or ""


def _head(page: str) -> list[str]:
    return [f"# {_both(f'{page}_title')}", *_paragraphs(f"{page}_intro")]


def _paragraphs(key: str, **details: object) -> Iterator[str]:
    for language in LANGUAGES:
        yield from ("", WORDS.text(key, language, **details))


def _table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    named = [_both(heading) for heading in headings]
    return [_line(named), _line("---" for _ in named), *map(_line, rows)]


def _line(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _both(key: str) -> str:
    return " / ".join(WORDS.both(key).values())


def _page(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="say which pages are stale")
    check = parser.parse_args().check
    stale = []
    for name, text_of in PAGES.items():
        path, text = DOCS / name, text_of()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"docs/{name} is stale; run: make docs" if check else f"docs/{name} printed")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
