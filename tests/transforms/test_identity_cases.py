from pathlib import Path

import pytest
import yaml

from tests.transforms.documents import document, report
from transforms.identity import read_identity
from transforms.outline import find_sections
from transforms.records import Identity

CASES = yaml.safe_load(Path(__file__).with_name("identity_cases.yaml").read_text(encoding="utf-8"))


def read(case: dict) -> Identity:
    text = report(case["head"], first=case.get("first", "依法公开政府信息。"))
    whole = document(f"{text}\n{case.get('foot', '')}", **case.get("meta", {}))
    return read_identity(whole, find_sections(whole))


def answers(case: dict, name: str) -> list:
    """Every right answer for a field."""
    given = case.get(name)
    if name in {"period", "candidates"} and not any(isinstance(p, list) for p in given or ()):
        return [given]
    return given if isinstance(given, list) else [given]


@pytest.mark.parametrize(
    "case",
    CASES,
    ids=[case["head"][:40] for case in CASES],
)
def test_identity_is_what_a_careful_human_reads(case):
    found = read(case)
    period = [found.period_start, found.period_end]
    said = {
        "body": found.body_name,
        "level": found.body_level,
        "year": found.report_year,
        "period": period if any(period) else None,
        "published": found.published_on,
        "number": found.document_number,
    }
    if not case.get("division_not_read"):
        said["division"] = found.division_code
        said["candidates"] = list(found.division_candidates) or None
    wrong = {n: v for n, v in said.items() if v not in answers(case, n)}
    assert not wrong
