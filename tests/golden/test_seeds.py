"""The findings on the five real reports beside the repository are those an expert marks."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from expectations.check import check_reports
from transforms.extract import extract

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
MARKED = yaml.safe_load(Path(__file__).with_name("seed_findings.yaml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the real reports are not here")


@pytest.mark.parametrize("name", MARKED)
def test_a_real_report_has_the_findings_an_expert_marks(name):
    path = SEEDS / name
    findings = check_reports([extract(path.read_bytes(), path.name)])
    assert sorted({finding["rule_id"] for finding in findings}) == MARKED[name]
