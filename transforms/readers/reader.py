"""What a file format brings: a name, a way to know its bytes, a way to read them -> Document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from transforms.document import Document


@dataclass(frozen=True, slots=True)
class Reader:
    """One readable format.

    A module of this folder that holds one as `READER` is a reader; there is no other list. A
    library that takes longer than about 20 ms to import is imported inside `read`: every run loads
    all reader modules to know which formats there are.

    An `isolated` reader runs in a process of its own, where a crash, a hang or a bomb costs one
    file: every reader of a binary format does. Its `read` is then a function of a module, and
    `seconds` and `memory` bound what one file may take.
    """

    name: str  # as users know it: TXT, HTML
    media_type: str
    recognises: Callable[[bytes], bool]  # by content alone, from a bounded part of the bytes
    read: Callable[[bytes, str], Document]  # (data, document_id); may raise UnreadableFileError
    last_resort: bool = False  # asked only after all others said no
    isolated: bool = False
    seconds: int = 30  # of computing; a thousand times what a report takes
    memory: int = 1 << 30  # bytes it may grow by
    libraries: tuple[str, ...] = ()  # distributions that do the work, as pip knows them
    extra: str | None = None  # of pyproject.toml, that brings them; None: every installation does
