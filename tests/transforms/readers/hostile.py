"""Readers that do what a damaged file can make a library do."""

from __future__ import annotations

import ctypes
import os
import time

from transforms.document import Document, Paragraph, UnreadableFileError


def read_well(data, document_id):
    text = f"{data.decode()} {os.getpid()}"
    return Document(document_id, "x/x", None, text, (Paragraph(text, 0, len(text)),))


def abort(data, document_id):
    os.abort()


def segfault(data, document_id):
    ctypes.string_at(0)


def leave(data, document_id):
    os._exit(7)


def loop(data, document_id):
    while True:
        pass


def wait(data, document_id):
    time.sleep(1000)


def hog(data, document_id):
    hoard = []
    while True:
        hoard.append(bytearray(16 << 20))


def fall(data, document_id):
    raise ZeroDivisionError("by zero")


def panic(data, document_id):
    raise BaseException("called `Option::unwrap()` on a `None` value")


def refuse(data, document_id):
    raise UnreadableFileError("undecodable", encoding="x", position=3)


def recurse(data, document_id):
    return recurse(data, document_id)


def print_much(data, document_id):
    print("x" * 1_000_000, flush=True)
    os.write(2, b"x" * 1_000_000)
    return read_well(data, document_id)


def say_too_much(data, document_id):
    return Document(document_id, "x/x", None, "x" * (200 << 20), ())


class Hostile:
    def __reduce__(self):
        return os.system, ("true",)


def take_over(data, document_id):
    return Hostile()
