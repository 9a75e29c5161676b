"""click commands whose help is a key of text.yaml -> help and usage in the language of the moment.

Commands are declared once, when their module is imported; the language is known only later.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from flows.language import messages, say

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class HelpText:
    """An attribute that keeps a message key and gives the text."""

    def __get__(self, owner: object, kind: type | None = None) -> str | None:
        """The text; None where no key was given."""
        key = vars(owner).get("help_key") if owner is not None else None
        return say(key) if key is not None else None

    def __set__(self, owner: object, key: str | None) -> None:
        """Keep the key, or nothing."""
        vars(owner)["help_key"] = key


class Formatter(click.HelpFormatter):
    """Writes click's own words in the language of the moment."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how a command is called."""
        super().write_usage(prog, args, prefix or say("heading_usage"))

    def write_heading(self, heading: str) -> None:
        """A heading such as Options."""
        key = f"heading_{heading.lower().replace(' ', '_')}"
        super().write_heading(say(key) if key in messages() else heading)


class Context(click.Context):
    """A context that formats help with Formatter."""

    formatter_class = Formatter


class Option(click.Option):
    """An option whose help is a message key."""

    help = HelpText()


class Argument(click.Argument):
    """An argument whose help is a message key."""

    help = HelpText()


class Command(click.Command):
    """A command whose help is a message key."""

    context_class = Context
    help = HelpText()

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """click's --help with our words."""
        return _in_our_words(super().get_help_option(ctx))


class Group(click.Group):
    """A group whose help is a message key."""

    context_class = Context
    help = HelpText()

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """click's --help with our words."""
        return _in_our_words(super().get_help_option(ctx))


def option(
    *names: str,
    **settings: Any,  # noqa: ANN401
) -> Callable[[Decorated], Decorated]:
    """click.option with a translated help."""
    return click.option(*names, cls=Option, **settings)


def argument(
    *names: str,
    **settings: Any,  # noqa: ANN401
) -> Callable[[Decorated], Decorated]:
    """click.argument with a translated help."""
    return click.argument(*names, cls=Argument, **settings)


def _in_our_words(help_option: click.Option | None) -> click.Option | None:
    if help_option is not None:
        help_option.help = say("help_help")
    return help_option
