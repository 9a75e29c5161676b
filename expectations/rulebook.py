"""The rule records -> docs/rules.md: every rule in both languages with law, formula, examples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from expectations.formula import formula
from expectations.labels import rule_basis
from transforms.messages import LANGUAGES, Language, Messages
from transforms.statute.rule_schema import BaseRule, Example
from transforms.statute.rules import rules


def rule_book() -> str:
    """The whole rule book as Markdown, one line break at its end."""
    lines = [f"# {_say('title', 'zh')} / {_say('title', 'en')}", ""]
    for language in LANGUAGES:
        lines += [f"{_say('intro', language)} {_say('unsure', language)}", ""]
    for family, members in groupby(rules().values(), key=lambda rule: rule.family):
        heading = [_say(f"family_{family}", language) for language in LANGUAGES]
        lines += [f"## {' / '.join(heading)}", ""]
        for rule in members:
            lines += [*_chapter(rule), ""]
    return "\n".join(lines).rstrip() + "\n"


def _chapter(rule: BaseRule) -> Iterator[str]:
    yield f"### {rule.id} {rule.title.zh} / {rule.title.en}"
    yield ""
    for language in LANGUAGES:
        yield getattr(rule.statement, language)
        yield ""
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
    )


def _examples(rule: BaseRule, language: Language) -> str:
    examples = {
        name: example_text(getattr(rule.examples, name)) or _say("normal", language)
        for name in ("passing", "failing", "unknown")
    }
    return _say("examples", language, **examples)


def example_text(example: Example) -> str:
    """What is not normal in an example: `form=2019, 3|carried_in|total=8`; empty if nothing is."""
    stated = example.model_dump(mode="json", exclude_unset=True)
    cells = stated.pop("cells", {})
    return ", ".join(
        f"{name}={'null' if value is None else value}"
        for name, value in {**stated, **cells}.items()
    )


def _say(key: str, language: Language, **details: str) -> str:
    return _messages().text(key, language, **details)


@cache
def _messages() -> Messages:
    return Messages(Path(__file__).parent / "rulebook.yaml")
