"""A division counts as the body's own only where prefecture or county stands in the report."""

from __future__ import annotations

import pytest

from transforms.document import Document
from transforms.own_place import own_codes
from transforms.records import Identity
from transforms.report_text import report_text


@pytest.mark.parametrize(
    ("text", "identity", "codes"),
    [
        ("灵武市郝家桥镇年度报告", Identity(division_code="640181101"), ("640181101",)),
        ("银川市的镇", Identity(division_code="640181101"), ("640181101",)),
        ("郝家桥镇年度报告", Identity(division_code="640181101"), ()),
        ("麻阳县文昌阁乡", Identity(division_code="431226204"), ("431226204",)),
        ("长春市朝阳区", Identity(division_candidates=("220104", "440103")), ("220104",)),
        ("某县", Identity(), ()),
    ],
)
def test_only_what_the_text_bears_out_is_own(text, identity, codes):
    document = Document("d", "text/plain", "utf-8", text, ())
    assert own_codes(report_text(document, (), identity)) == codes
