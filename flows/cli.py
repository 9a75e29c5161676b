"""The words of a command line -> a command done, what went wrong in one line, and an exit status.

0 done; 1 the work failed; 2 wrong usage; 3 findings reach --fail-on; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from flows.errors import UserError
from flows.language import OPTION, choose, current, say
from flows.translated import Group, Option
from warehouse.errors import InputError, WarehouseError

# In the order of a user's day. Each is flows/commands/<name>.py with a function of the same name.
COMMANDS = ("run", "check", "inspect", "report", "query", "export", "rules", "serve", "doctor")
INTERRUPTED = 130


class Commands(Group):
    """Imports the module of a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command, in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"flows.commands.{cmd_name}"), cmd_name)
        return command


def _print_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # noqa: PLC0415 - loads the parser of e-mails

        click.echo(f"gongkai {version('gongkai')}")
        context.exit()


gongkai = Commands(
    name="gongkai",
    help="help_gongkai",
    params=[
        # Taken from the arguments by flows.language before click sees them; here for the help.
        Option([OPTION], metavar="zh|en", expose_value=False, help="help_lang"),
        Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_print_version,
            help="help_version",
        ),
    ],
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status. A bug of ours is not caught: it shows its trace."""
    try:
        rest = choose(sys.argv[1:] if arguments is None else arguments, os.environ)
        result = gongkai.main(args=rest, prog_name="gongkai", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.ClickException as error:
        return _complain(_usage(error), error.exit_code)
    except UserError as error:
        return _complain(error.message, error.status)
    except WarehouseError as error:
        return _complain(error.text(current()), 2 if isinstance(error, InputError) else 1)
    except BrokenPipeError:
        # The reader of our output has gone; Python would complain when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (KeyboardInterrupt, click.Abort):
        return _complain(say("interrupted"), INTERRUPTED)
    return result if isinstance(result, int) else 0


def _complain(message: str, status: int) -> int:
    click.echo(say("error", message=message), err=True)
    return status


def _usage(error: click.ClickException) -> str:
    """Click's usage errors in our words, with the way to the help."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "gongkai"
    return say("error_usage", what=_what(error), command=command)


def _what(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            likely = " / ".join(error.possibilities or ())
            key = "usage_no_option_but" if likely else "usage_no_option"
            return say(key, option=error.option_name, **({"likely": likely} if likely else {}))
        case click.exceptions.NoSuchCommand():
            return say("usage_no_command", name=error.command_name, known=", ".join(COMMANDS))
        case click.MissingParameter():
            return say("usage_missing", name=_name(error.param))
        case click.BadParameter() if error.param and isinstance(error.param.type, click.Choice):
            allowed = ", ".join(map(str, error.param.type.choices))
            return say("usage_not_allowed", name=_name(error.param), allowed=allowed)
        case click.BadParameter() if error.param:
            wanted = error.param.metavar or error.param.type.name
            return say("usage_bad_value", name=_name(error.param), wanted=wanted)
        case _:
            return error.format_message().replace("\n", " ").rstrip(".")


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "?"
    if isinstance(parameter, click.Argument):
        return parameter.human_readable_name
    return " / ".join(parameter.opts)


if __name__ == "__main__":
    sys.exit(main())
