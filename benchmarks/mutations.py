"""Good reports, one mutation each -> presented values that changed although it was elsewhere.

The oracle needs no truth: what does not touch a cell must not change the value presented for it. It
may take the value away. Run `python -m benchmarks.mutations --count 2000 --seed 1`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.generator import generate
from benchmarks.scoring import PRESENTED
from transforms.extract import extract
from transforms.records import Cell, CellKey, CellStatus

# Layouts in which something stands between any two cells: without it digits belong to a whole row.
TEXT_LAYOUTS = ("tab", "pipe_outer", "pipe_trailing", "pipe_cell_a_line", "markdown", "cell_a_line")
PAGE_LAYOUTS = ("html", "html_thead")
FORMS = ("2019", "2021")
_INSERTED = (*"0123456789 \t\n|.,-/（）一件<>", "\n\n", "||", "０", "—", "</td>", "<td>", "<br>")
_CELL = re.compile(r"<td[^>]*>([^<]*)</td>")
_DIGIT = re.compile(r"[0-9]")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """A report that is read in full: its text, and where each value stands in it."""

    name: str
    text: str
    cells: Mapping[CellKey, Cell]
    spans: Mapping[CellKey, Span]


@dataclass(frozen=True, slots=True)
class Mutation:
    """`text[start:end]` of the source becomes `put`."""

    kind: str
    start: int
    end: int
    put: str

    def apply(self, text: str) -> str:
        """The mutated text."""
        return text[: self.start] + self.put + text[self.end :]

    def touches(self, span: Span) -> bool:
        """Whether it changes the span or what stands right beside it."""
        return self.start <= span[1] and self.end >= span[0]


def source(seed: int, form: str, layout: str) -> Source:
    """A generated report without damage."""
    report = generate(seed, form, layout)
    text = report.data.decode()
    cells = presented(text)
    if layout in TEXT_LAYOUTS:
        spans = {
            k: (c.char_start, c.char_end) for k, c in cells.items() if c.char_start is not None
        }
    else:
        ordered = sorted(cells.values(), key=lambda cell: cell.char_start or 0)
        found = [m.span(1) for m in _CELL.finditer(text) if _is_number(m[1])]
        spans = {cell.key: span for cell, span in zip(ordered, found, strict=True)}
    return Source(report.name, text, cells, {k: (a, b or a) for k, (a, b) in spans.items()})


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text) is not None


def presented(text: str) -> dict[CellKey, Cell]:
    """The cells for which a value is presented, none where there is no report."""
    report = extract(text.encode(), "mutated").report
    return {c.key: c for c in report.cells if c.status in PRESENTED} if report else {}


def changed_elsewhere(original: Source, mutation: Mutation) -> list[str]:
    """The cells that the mutation does not touch and whose value is another one or a blank now."""
    report = extract(mutation.apply(original.text).encode(), "mutated").report
    wrong = []
    for cell in report.cells if report else ():
        before = original.cells.get(cell.key)
        span = original.spans.get(cell.key)
        if before is None or span is None or mutation.touches(span):
            continue
        other = cell.status in PRESENTED and cell.value != before.value
        if other or cell.status is CellStatus.BLANK:
            wrong.append(f"{cell.key}: {before.value} -> {cell.status.value} {cell.value}")
    return wrong


def change_digit(rng: Random, text: str) -> Mutation:
    """Another digit in place of one."""
    at = rng.choice([match.start() for match in _DIGIT.finditer(text)])
    return Mutation("digit", at, at + 1, rng.choice([d for d in "0123456789" if d != text[at]]))


def change_piece(rng: Random, text: str) -> Mutation:
    """Some characters lost, put in, replaced or doubled."""
    start = rng.randrange(len(text))
    end = min(len(text), start + rng.choice((1, 1, 2, 5, 20)))
    put = rng.choice(("", rng.choice(_INSERTED), text[start:end] * 2))
    return Mutation("piece", start, end, put)


def insert(rng: Random, text: str) -> Mutation:
    """Something put between two characters."""
    at = rng.randrange(len(text))
    return Mutation("insert", at, at, rng.choice(_INSERTED))


def change_lines(rng: Random, text: str) -> Mutation:
    """A line lost or doubled, or two exchanged."""
    lines = text.splitlines(keepends=True)
    at = rng.randrange(len(lines) - 1)
    start = sum(map(len, lines[:at]))
    one, two = lines[at], lines[at + 1]
    put = rng.choice(("", one * 2, two + one))
    return Mutation("lines", start, start + len(one) + len(two) * (put == two + one), put)


def truncate(rng: Random, text: str) -> Mutation:
    """The rest of the file lost."""
    return Mutation("truncate", rng.randrange(len(text)), len(text), "")


MUTATIONS: Sequence[Callable[[Random, str], Mutation]] = (
    change_digit,
    change_piece,
    insert,
    change_lines,
    truncate,
)


def main() -> int:
    """Print every mutation that changed a value elsewhere; 1 if there was one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500, help="mutations a layout")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failed = 0
    for layout in (*TEXT_LAYOUTS, *PAGE_LAYOUTS):
        for number in range(options.count):
            rng = Random(f"{options.seed} {layout} {number}")
            original = source(number % 50, rng.choice(FORMS), layout)
            mutation = rng.choice(MUTATIONS)(rng, original.text)
            if wrong := changed_elsewhere(original, mutation):
                failed += 1
                print(original.name, mutation, *wrong[:3], sep="\n  ")
    print(f"{failed} mutations changed a value elsewhere")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
