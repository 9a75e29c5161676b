"""A report -> what of its texts is compared with reports of the whole country: short keys, no text.

Of each section that is looked at: band keys of the MinHash of its 5-grams, of which texts that are
nearly the same share some and others hardly any, and hashes of its sentences, by which sentences
that many counties share are known. Both of the text without digits and the report's own names.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from hashlib import blake2b
from typing import NamedTuple

from rensa import RMinHash

from transforms.bodies import body_id
from transforms.likeness import PERMUTATIONS, SEED, grams, own_names, sentences, thresholds
from transforms.records import Report

BANDS = 16  # of 8 values each: nine in ten 5-grams shared give 7 equal keys, half of them none
_VALUES = PERMUTATIONS // BANDS


class Signature(NamedTuple):
    """The keys of one section; `bands` in order of the bands, `sentences` each once, ascending."""

    section_no: int
    bands: tuple[int, ...]
    sentences: tuple[int, ...]


def signatures(report: Report) -> Iterator[Signature]:
    """One a section that is long enough; none where the body could be another of its name."""
    identity = report.identity
    if body_id(identity) is None or identity.report_year is None:
        return
    names = own_names(identity.body_name, identity.division_path)
    for section in report.sections:
        if section.section_no in thresholds().sections:
            found = sentences(section.text, names)
            if len(text := "".join(found)) >= thresholds().elsewhere.shortest:
                hashes = sorted({sentence_hash(one) for one in found})
                yield Signature(section.section_no, tuple(_bands(text)), tuple(hashes))


def sentence_hash(sentence: str) -> int:
    """64 bits, the same on every machine."""
    return int.from_bytes(blake2b(sentence.encode(), digest_size=8).digest(), "big", signed=True)


def _bands(text: str) -> Iterator[int]:
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    minhash.update([*grams(text)])
    values = minhash.digest()
    for start in range(0, PERMUTATIONS, _VALUES):
        band = struct.pack(f"<{_VALUES}I", *values[start : start + _VALUES])
        yield int.from_bytes(blake2b(band, digest_size=8).digest(), "big", signed=True)
