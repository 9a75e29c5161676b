"""Bytes of a good file -> the same damaged: bits, blocks, its end, or what its zip holds."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random

Change = Callable[[bytearray, Random], None]

_EXTREMES = (0, 1, 0x7F, 0x80, 0xFF)


def damage(data: bytes, rng: Random) -> bytes:
    """One to four changes; of a zip half of the time inside a member that is then packed anew."""
    if data.startswith(b"PK\x03\x04") and rng.random() < 0.5:
        inside = _damage_member(data, rng)
        if inside is not None:
            return inside
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4))):
        rng.choice(CHANGES)(changed, rng)
    return bytes(changed)


def _damage_member(data: bytes, rng: Random) -> bytes | None:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source:
        names = source.namelist()
        chosen = rng.choice(names)
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
            for name in dict.fromkeys(names):
                content = bytearray(source.read(name))
                if name == chosen:
                    rng.choice(CHANGES)(content, rng)
                target.writestr(name, bytes(content))
    return buffer.getvalue()


def _flip_bits(data: bytearray, rng: Random) -> None:
    for _ in range(min(rng.choice((1, 8, 64)), len(data))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _set_bytes(data: bytearray, rng: Random) -> None:
    if data:
        at = rng.randrange(len(data))
        data[at : at + rng.choice((1, 2, 4, 8))] = bytes([rng.choice(_EXTREMES)]) * 4


def _cut_end(data: bytearray, rng: Random) -> None:
    del data[rng.randrange(len(data) + 1) :]


def _block(data: bytearray, rng: Random) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(start + rng.choice((4, 64, 512, 4096)), len(data))


def _delete_block(data: bytearray, rng: Random) -> None:
    start, end = _block(data, rng)
    del data[start:end]


def _repeat_block(data: bytearray, rng: Random) -> None:
    start, end = _block(data, rng)
    data[start:start] = data[start:end] * rng.choice((1, 2, 50))


def _swap_blocks(data: bytearray, rng: Random) -> None:
    (a, b), (c, d) = sorted((_block(data, rng), _block(data, rng)))
    if b <= c:
        data[a:d] = data[c:d] + data[b:c] + data[a:b]


def _change_digits(data: bytearray, rng: Random) -> None:
    """A number written out becomes a huge one: sizes, spans and counts of text formats."""
    places = [at for at, byte in enumerate(data) if 0x30 <= byte <= 0x39]
    if places:
        at = rng.choice(places)
        data[at : at + 1] = rng.choice((b"0", b"-1", b"99999999", b"4294967296"))


CHANGES: tuple[Change, ...] = (
    _flip_bits,
    _set_bytes,
    _cut_end,
    _delete_block,
    _repeat_block,
    _swap_blocks,
    _change_digits,
)
