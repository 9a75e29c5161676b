"""A published batch -> one file with its findings."""

from __future__ import annotations

import json

import pytest

from expectations.report.export import FORMATS, write_findings
from expectations.report.queries import UnknownBatchError


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_writes_one_file(database, tmp_path, kind):
    out = tmp_path / f"out.{kind}"
    assert write_findings(database, "test-batch", kind, out) == out
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_json_has_cells_with_their_labels_and_exact_values(database, tmp_path):
    out = write_findings(database, "test-batch", "json", tmp_path / "out.json")
    finding = json.loads(out.read_text(encoding="utf-8"))[0]
    assert finding["rule_id"] == "A01"
    assert finding["cells"][0] == {
        "cell": "3|new_received|total",
        "row_zh": "一、本年新收政府信息公开申请数量",
        "row_en": "new applications received",
        "column_zh": "总计",
        "column_en": "total",
        "value": "12",
        "status": "reported",
        "raw_text": "12",
    }


@pytest.mark.parametrize("kind", FORMATS)
def test_a_place_that_cannot_be_written_is_an_os_error(database, tmp_path, kind):
    with pytest.raises(OSError, match="no"):
        write_findings(database, "test-batch", kind, tmp_path / "no" / "out")


def test_an_unknown_batch_leaves_nothing(database, tmp_path):
    with pytest.raises(UnknownBatchError):
        write_findings(database, "other", "csv", tmp_path / "out.csv")
    assert not list(tmp_path.iterdir())
