"""text.yaml: every word of the report, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import expectations.report
from expectations.report.queries import SEVERITIES, STATUSES
from expectations.report.words import words
from transforms.records import DocumentStatus

FOLDER = Path(expectations.report.__file__).parent


def test_every_status_and_severity_has_its_words():
    keys = [f"status_{status}" for status in STATUSES]
    keys += [f"status_means_{status}" for status in STATUSES]
    keys += [f"severity_{level}" for level in SEVERITIES]
    keys += [f"document_{status}" for status in DocumentStatus]
    keys += [f"table_{number}" for number in (2, 3, 4)]
    keys += [f"waiver_{state}" for state in ("in_force", "expired", "source_changed")]
    assert [key for key in keys if key not in words()] == []


def test_no_word_is_unused():
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in FOLDER.iterdir()
        if path.suffix in (".py", ".j2")
    )
    keys = re.findall(r"^(\w+):", (FOLDER / "text.yaml").read_text(encoding="utf-8"), re.M)
    composed = re.compile(r"(status|severity|document|table|waiver)_")
    quoted = set(re.findall(r"""["'](\w+)["']""", sources))
    unused = [key for key in keys if key not in quoted and not composed.match(key)]
    assert unused == []


def test_code_and_templates_have_no_chinese_of_their_own():
    for path in FOLDER.iterdir():
        if path.suffix in (".py", ".j2", ".js"):
            text = path.read_text(encoding="utf-8").replace("中文", "")  # the switch names itself
            assert not re.search(r"[\u4e00-\u9fff]", text), path.name
