"""Digits run together -> every way to part them into a given count of numbers.

Numbers have no leading zero. Sums within the row prune the search: a total has to be what its
parts make, so its digits are not searched for but looked up; and columns that no sum ties together
are parted independently of each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

# Column numbers: sum(left) = sum(right).
Sums = Sequence[tuple[tuple[int, ...], tuple[int, ...]]]
Ends = tuple[int, ...]  # the end offset of each number

_MOST_STEPS = 50_000  # about 0.1 s
_MOST_WAYS = 20_000
_MOST_OF_A_REPORT = 400_000  # under 1 s


class Effort:
    """The steps that may still be spent on one report; what would take more is left ambiguous."""

    def __init__(self, steps: int = _MOST_OF_A_REPORT) -> None:
        self.left = steps

    def spend(self, steps: int) -> bool:
        """Whether so many steps were left; they are taken."""
        self.left -= steps
        return self.left >= 0


class TooManyWaysError(Exception):
    """There are more ways to part the digits than are worth trying."""


class Partings:
    """The ways to part `digits` into `parts` numbers that satisfy `sums`.

    Only a total that follows its own parts at once prunes the search; any other sum is left to the
    solver. No number reaches over a wall: an offset at which the page itself parts the digits.
    """

    def __init__(
        self,
        digits: str,
        parts: int,
        sums: Sums = (),
        walls: Sequence[int] = (),
        effort: Effort | None = None,
    ) -> None:
        self._effort = effort or Effort()
        self._digits = digits
        self._parts = parts
        self._walls = sorted(walls)
        self._total_of = {
            min(rest): total[0]  # first part -> its total
            for left, right in sums
            for total, rest in ((left, right), (right, left))
            if len(total) == 1 and sorted(rest) == list(range(min(rest), total[0]))
        }
        self._found: dict[tuple[int, int], list[Ends]] = {}
        self._steps = 0

    def ends(self) -> list[Ends]:
        """For each way, the end offset of each number. Raises TooManyWaysError."""
        return self._ways(0, 0)

    def _ways(self, at: int, start: int) -> list[Ends]:
        """The ways for the numbers from `at` on, which begin at offset `start`; kept."""
        if at == self._parts:
            return [()] if start == len(self._digits) else []
        if (at, start) not in self._found:
            total = self._total_of.get(at, at)
            ways: list[Ends] = []
            for stop in self._stops(total, start + total - at + 1):
                for group in self._groups(at, total, start, stop):
                    if not self._effort.spend(1):
                        raise TooManyWaysError
                    ways += [(*group, *rest) for rest in self._ways(total + 1, stop)]
                    if len(ways) > _MOST_WAYS:
                        raise TooManyWaysError
            self._found[at, start] = ways
        return self._found[at, start]

    def _stops(self, at: int, earliest: int) -> Sequence[int]:
        """Where the number `at` may end, with a digit left for each number after it."""
        latest = len(self._digits) - (self._parts - 1 - at)
        return range(latest if at == self._parts - 1 else earliest, latest + 1)

    def _groups(self, at: int, total: int, start: int, stop: int) -> Iterator[Ends]:
        """The ways for the numbers `at` to `total`: one number, or parts and their total."""
        if total > at:
            yield from self._summed(at, total, start, stop)
        elif self._is_number(start, stop):
            yield (stop,)

    def _is_number(self, start: int, stop: int) -> bool:
        """Whether the digits between two offsets may be one number."""
        if self._digits[start] == "0" and stop > start + 1:
            return False
        return bisect_right(self._walls, start) == bisect_left(self._walls, stop)

    def _summed(self, at: int, total: int, start: int, stop: int) -> Iterator[Ends]:
        """The ways to part the digits from start to stop into numbers and their total."""
        for seam in range(stop - 1, start + total - at - 1, -1):
            if not self._is_number(seam, stop):
                continue
            wanted = int(self._digits[seam:stop])
            for ends in self._adding_up(start, seam, total - at, wanted):
                yield (*ends, stop)

    def _adding_up(self, start: int, stop: int, parts: int, wanted: int) -> Iterator[Ends]:
        """The ways to part the digits from start to stop into numbers whose sum is `wanted`."""
        self._steps += 1
        if self._steps > _MOST_STEPS or not self._effort.spend(1):
            raise TooManyWaysError
        if parts == 1:
            if self._is_number(start, stop) and int(self._digits[start:stop]) == wanted:
                yield (stop,)
            return
        longest = 1 if self._digits[start] == "0" else stop - start - parts + 1
        for end in range(start + 1, start + min(longest, len(str(wanted))) + 1):
            left = wanted - int(self._digits[start:end])
            if left < 0 or not self._is_number(start, end):
                return
            for ends in self._adding_up(end, stop, parts - 1, left):
                yield (end, *ends)
