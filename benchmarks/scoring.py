"""Known truth and an Extraction -> how many cells were read, and every wrong value presented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from benchmarks.generator import Expected, IdentityTruth, Kind
from transforms.records import Cell, CellKey, CellStatus, Extraction, Identity, Report

PRESENTED = (CellStatus.REPORTED, CellStatus.RECOVERED)
DETERMINED = (Kind.VALUE, Kind.BLANK)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong value presented as right: the worst defect."""

    place: str  # cell key, or name of the identity field
    expected: str
    got: str


@dataclass(slots=True)
class Score:
    """Counts of cells. `read` and `recovered` are right; `determined` is what could be read."""

    cells: int = 0
    determined: int = 0
    read: int = 0
    recovered: int = 0
    ambiguous: int = 0
    unread: int = 0
    silent: int = 0
    identity_fields: int = 0
    identity_read: int = 0
    identity_wrong: int = 0
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Right cells of those the source determines; 1 when there are none."""
        return (self.read + self.recovered) / self.determined if self.determined else 1.0

    def add(self, other: Score) -> None:
        """Take in another score; the wrong values themselves are left out."""
        for name in self.__dataclass_fields__:
            if name != "wrong":
                setattr(self, name, getattr(self, name) + getattr(other, name))


def score(
    truth: Mapping[CellKey, Expected], identity: IdentityTruth, extraction: Extraction
) -> Score:
    """Score one file. A file that gave no report has read nothing."""
    report = extraction.report
    cells = {cell.key: cell for cell in report.cells} if report else {}
    result = Score(cells=len(truth))
    for key, expected in truth.items():
        _score_cell(result, key, expected, cells.get(key))
    for cell in cells.values():
        if cell.key not in truth and cell.status in PRESENTED:
            _blame(result, str(cell.key), "no such cell", str(cell.value))
    _score_identity(result, identity, report)
    return result


def _score_cell(result: Score, key: CellKey, expected: Expected, cell: Cell | None) -> None:
    result.determined += expected.kind in DETERMINED
    status = cell.status if cell else CellStatus.MISSING
    if cell and status in PRESENTED:
        if not _may_present(expected, cell.value):
            result.silent += 1
            wanted = f"{expected.kind.value} {expected.value if expected.value is not None else ''}"
            result.wrong.append(Wrong(str(key), wanted.strip(), f"{status.value} {cell.value}"))
        elif expected.kind is Kind.VALUE:
            result.read += status is CellStatus.REPORTED
            result.recovered += status is CellStatus.RECOVERED
    elif expected.kind is Kind.BLANK and status is CellStatus.BLANK:
        result.read += 1
    elif expected.kind in DETERMINED:
        result.ambiguous += status is CellStatus.AMBIGUOUS
        result.unread += status is not CellStatus.AMBIGUOUS


def _may_present(expected: Expected, value: Decimal | None) -> bool:
    if expected.kind is Kind.UNSCORED:
        return True
    return expected.kind in (Kind.VALUE, Kind.UNDETERMINED) and expected.value == value


def _blame(result: Score, place: str, expected: str, got: str) -> None:
    result.silent += 1
    result.wrong.append(Wrong(place, expected, got))


def _score_identity(result: Score, truth: IdentityTruth, report: Report | None) -> None:
    found = report.identity if report else Identity()
    period = (found.period_start, found.period_end)
    answers = {
        "body_name": found.body_name,
        "report_year": found.report_year,
        "period": None if None in period else period,
        "published_on": found.published_on,
        "form": report.form if report else None,
    }
    for name, answer in answers.items():
        allowed = getattr(truth, name)
        result.identity_fields += 1
        if answer in allowed:
            result.identity_read += answer == allowed[0]
        elif answer is not None:
            result.identity_wrong += 1
            result.wrong.append(Wrong(name, str(allowed[0]), str(answer)))


def merge(scores: Iterable[Score]) -> Score:
    """The sum of several scores."""
    total = Score()
    for one in scores:
        total.add(one)
    return total
