"""The rule records -> docs/rules.md and rules.html: every rule with law, formula, examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Template
from markdown_it import MarkdownIt
from markupsafe import Markup

from expectations.formula import formula
from expectations.labels import rule_basis
from transforms.bodies import bodies
from transforms.messages import LANGUAGES, Language, Messages
from transforms.statute.rule_schema import BaseRule, Example
from transforms.statute.rules import not_rules, rules

_PAGE = Path(__file__).parent / "rulebook.html.j2"


def rule_book(languages: Sequence[Language] = LANGUAGES) -> str:
    """The whole rule book as Markdown, one line break at its end."""
    lines = [f"# {' / '.join(_say('title', language) for language in languages)}", ""]
    for language in languages:
        lines += [f"{_say('intro', language)} {_say('unsure', language)}", ""]
    for family, members in groupby(rules().values(), key=lambda rule: rule.family):
        heading = [_say(f"family_{family}", language) for language in languages]
        lines += [f"## {' / '.join(heading)}", ""]
        for rule in members:
            lines += [*_chapter(rule, languages), ""]
    lines += [f"## {' / '.join(_say('not_rules', language) for language in languages)}", ""]
    for one in not_rules().values():
        title = " / ".join(getattr(one.title, language) for language in languages)
        reasons = " ".join(getattr(one.why, language) for language in languages)
        lines += [f"- **{one.id} {title}**: {reasons}"]
    return "\n".join(lines).rstrip() + "\n"


def rule_page() -> str:
    """The rule book as one page with a switch between the languages; it loads and runs nothing."""
    template = Template(_PAGE.read_text(encoding="utf-8"), autoescape=True)
    books = {language: Markup(_with_anchors(language)) for language in LANGUAGES}
    contents = {language: _contents(language) for language in LANGUAGES}
    page: str = template.render(title=_say("title", "zh"), books=books, contents=contents)
    return page


def _with_anchors(language: Language) -> str:
    """The book as HTML; each rule can be led to by language and id, `zh-A01`."""
    written: str = MarkdownIt().render(rule_book([language]))
    return re.sub(r"<h3>(\w+)", rf'<h3 id="{language}-\1">\1', written)


def _contents(language: Language) -> dict[str, list[tuple[str, str]]]:
    """Id and title of every rule, by family."""
    return {
        _say(f"family_{family}", language): [
            (rule.id, getattr(rule.title, language)) for rule in members
        ]
        for family, members in groupby(rules().values(), key=lambda rule: rule.family)
    }


def _chapter(rule: BaseRule, languages: Sequence[Language]) -> Iterator[str]:
    yield f"### {rule.id} {' / '.join(getattr(rule.title, language) for language in languages)}"
    yield ""
    for language in languages:
        yield getattr(rule.statement, language)
        yield ""
        if rule.optional:
            yield f"- {_say('optional', language)}"
        yield f"- {_head(rule, language)}"
        yield f"- {_say('basis', language, basis=rule_basis(rule, language, unsure='*'))}"
        yield f"- {_say('formula', language, formula=formula(rule))}"
        yield f"- {_say('fix', language, fix=getattr(rule.likely_fix, language))}"
        yield f"- {_examples(rule, language)}"
        yield ""


def _head(rule: BaseRule, language: Language) -> str:
    return _say(
        "severity",
        language,
        severity=_say(rule.severity, language),
        level=_say(rule.level, language),
        forms=", ".join(rule.forms or ()) or _say("any_form", language),
        bodies=_bodies(rule, language),
    )


def _bodies(rule: BaseRule, language: Language) -> str:
    kinds = [bodies()[body] for body in rule.bodies]
    labels = (kind.label if language == "zh" else kind.label_en for kind in kinds)
    return ("、" if language == "zh" else ", ").join(labels) or _say("any_form", language)


def _examples(rule: BaseRule, language: Language) -> str:
    examples = {
        name: f"`{example_text(example) or _say('normal', language)}`"
        for name, example in rule.examples.by_name().items()
    }
    unknown = examples.pop("unknown", _say("always_known", language))
    return _say("examples", language, **examples, unknown=unknown)


def example_text(example: Example) -> str:
    """What is not normal in an example: `form=2019, 3|carried_in|total=8`; empty if nothing is."""
    stated = example.model_dump(mode="json", exclude_unset=True)
    parts: list[str] = []
    for name, value in stated.items():
        match name:
            case "cells" | "marks":
                parts += [f"{key}={_shown(one)}" for key, one in value.items()]
            case "cells_read":
                parts += [f"{key}={_read(one)}" for key, one in value.items()]
            case "claims":
                parts += [_claim(one) for one in value]
            case "alike":
                parts += [f"alike {_alike(one)}" for one in value]
            case "members":
                parts += [_member(one) for one in value]
            case "slips" | "changes":
                parts += [f"{name}: {', '.join(map(_shown, one.values()))}" for one in value]
            case "filing":
                parts += [f"{key}={_shown(one)}" for key, one in value.items()]
            case "before":
                parts += _before(value)
            case _:
                parts.append(f"{name}={_shown(value)}")
    return ", ".join(parts)


def _alike(found: Mapping[str, Any]) -> str:
    where = f" section {found['section']}" if found.get("section") else ""
    return f"{found['what']}{where} {found['similarity']} % ({found['other']} {found['year']})"


def _member(body: Mapping[str, Any]) -> str:
    """A body on the roster: its kind and its cells, or that it has not filed."""
    if not body.get("filed", True):
        return f"member {body['kind']} not filed"
    cells = " ".join(f"{key}={_shown(one)}" for key, one in body.get("cells", {}).items())
    return f"member {body['kind']} {cells}".rstrip()


def _before(report: Mapping[str, Any] | None) -> list[str]:
    """The report of the year before: what is not normal as `Y-1 3|carried_out|total=7`."""
    if report is None:
        return ["Y-1=null"]
    cells = [f"Y-1 {key}={_shown(one)}" for key, one in report.get("cells", {}).items()]
    return [*cells, *(f"Y-1 {_claim(one)}" for one in report.get("claims", ()))]


def _shown(value: object) -> str:
    return "null" if value is None else str(value)


def _read(cell: Mapping[str, Any]) -> str:
    return f"{cell['status']} {cell.get('raw_text', '')}".rstrip()


def _claim(claim: Mapping[str, Any]) -> str:
    further = ", ".join(f"{k}={v}" for k, v in claim.items() if k not in {"claim", "value"})
    return f"{claim['claim']}={claim['value']}" + (f" ({further})" if further else "")


def _say(key: str, language: Language, **details: str) -> str:
    return _messages().text(key, language, **details)


@cache
def _messages() -> Messages:
    return Messages(Path(__file__).parent / "rulebook.yaml")
