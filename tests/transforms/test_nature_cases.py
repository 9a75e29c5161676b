import re
from pathlib import Path

import pytest
import yaml

from tests.transforms.documents import SIX
from transforms.extract import extract
from transforms.nature import PRE_2019

CASES = yaml.safe_load(Path(__file__).with_name("nature_cases.yaml").read_text(encoding="utf-8"))
EXAMPLE = Path(__file__).parents[2] / "examples/reports/双柳镇2021年政府信息公开工作年度报告.txt"
PROSE = "各单位认真贯彻落实条例，坚持以公开为常态、不公开为例外，不断加强制度建设和队伍建设。" * 6


def fills() -> dict[str, str]:
    """What stands for the names in braces."""
    whole = EXAMPLE.read_text(encoding="utf-8")
    tables = whole[whole.index("二、主动公开") : whole.index("五、存在")]
    number = r"(?<=\n)(?:\d+(?:\.\d+)?)(?=\n|\t)|(?<=\t)\d+(?:\.\d+)?(?=\n|\t)"
    return {
        "prose": PROSE,
        "six": "\n".join(f"{heading}\n我局依法公开政府信息。" for heading in SIX),
        "tables": tables,
        "zeros": re.sub(number, "0", tables),
        "blank": re.sub(number, "", tables),
    }


def nature(text: str) -> str:
    """What a document is taken for, as nature_cases.yaml writes it."""
    extraction = extract(text.encode(), "x.txt")
    if extraction.report:
        return PRE_2019 if extraction.report.form == PRE_2019 else "report"
    assert extraction.reason is not None
    return dict(extraction.reason.details)["why"].removeprefix("@why_")


@pytest.mark.parametrize("case", CASES, ids=[f"{c['is']} {c['text'][:30]}" for c in CASES])
def test_a_document_is_what_a_careful_human_takes_it_for(case):
    assert nature(case["text"].format(**fills())) == case["is"]
