"""Arguments and environment -> the language of the moment; message key -> text in that language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from flows.errors import UserError
from transforms.messages import LANGUAGES, Language, Messages

OPTION = "--lang"
VARIABLE = "GONGKAI_LANG"
# The first of these that is set decides, as in gettext.
LOCALE_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

_current: ContextVar[Language] = ContextVar("language", default="zh")


@cache
def messages() -> Messages:
    """Every text the command line and the flows show."""
    return Messages(Path(__file__).parent / "text.yaml")


def say(key: str, language: Language | None = None, /, **details: object) -> str:
    """The message in this language or that of the moment. An unknown key, our bug, is KeyError."""
    return messages().text(key, language or _current.get(), **details)


def current() -> Language:
    """The language of the moment."""
    return _current.get()


def set_language(language: Language) -> None:
    """From now on texts come in this language."""
    _current.set(language)


def choose(arguments: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """Set the language and return the arguments without `--lang`.

    It is read before click sees anything, because help texts and usage errors need it too, and so
    that it may stand before or after the command. Raises UserError for a language we do not have.
    """
    asked, rest = _take_option(arguments)
    set_language(_from_locale(environment))
    for source, name in ((OPTION, asked), (VARIABLE, environment.get(VARIABLE))):
        if name:
            set_language(_checked(name, source))
            break
    return rest


def _take_option(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    asked, rest = None, list(arguments)
    end = rest.index("--") if "--" in rest else len(rest)
    for index in range(end - 1, -1, -1):
        if rest[index].startswith(f"{OPTION}="):
            asked = asked or rest.pop(index).partition("=")[2]
        elif rest[index] == OPTION:
            value = rest[index + 1 : index + 2]
            if not value:
                raise UserError(say("error_lang_missing"), status=2)
            asked = asked or value[0]
            del rest[index : index + 2]
    return asked, rest


def _checked(name: str, source: str) -> Language:
    for language in LANGUAGES:
        if name == language:
            return language
    allowed = ", ".join(LANGUAGES)
    raise UserError(say("error_lang", source=source, name=name, allowed=allowed), status=2)


def _from_locale(environment: Mapping[str, str]) -> Language:
    locale = next((environment[name] for name in LOCALE_VARIABLES if environment.get(name)), "")
    return "en" if locale.lower().startswith("en") else "zh"
