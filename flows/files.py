"""A path named on the command line -> its bytes; what we could not read of it -> words."""

from __future__ import annotations

from pathlib import Path

from flows.errors import UserError
from flows.language import say
from transforms.messages import Language, problems
from transforms.records import Problem

PLAIN_TEXT = "text/plain"  # only here is a line of the text a line of the file


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises UserError."""
    if not path.exists():
        raise UserError(say("error_file_missing", path=path), status=2)
    if path.is_dir():
        raise UserError(say("error_file_folder", path=path), status=2)
    try:
        return path.read_bytes()
    except OSError as error:
        message = say("error_file_unreadable", path=path, error=error.strerror)
        raise UserError(message) from error


def problem_text(problem: Problem, language: Language) -> str:
    """A problem in words."""
    return problems().text(problem.code, language, **dict(problem.details))


def problem_json(problem: Problem) -> dict[str, str]:
    """A problem with the words of both languages."""
    return {
        "code": problem.code,
        "place": problem.place,
        "message_zh": problem_text(problem, "zh"),
        "message_en": problem_text(problem, "en"),
    }
