from pathlib import Path

import pytest
import yaml

from tests.transforms.documents import document, one_section, report, said
from transforms.claims import claim_kinds, read_claims
from transforms.document import Document, Grid, GridCell
from transforms.outline import find_sections
from transforms.records import CellKey, Claim, Identity, Section
from transforms.statute.loader import all_cell_keys

EXAMPLES = [
    (kind.id, p.example, p.gives or p.value)
    for kind in claim_kinds().values()
    for p in kind.patterns
]
CASES = yaml.safe_load(Path(__file__).with_name("claims_cases.yaml").read_text(encoding="utf-8"))


def as_case(claim: Claim) -> str:
    """A claim as claims_cases.yaml writes it."""
    said = [claim.claim, f"{claim.value.normalize():f}"]
    if claim.unit != claim_kinds()[claim.claim].unit:
        said.append(claim.unit)
    if claim.year != 2023:
        said.append(f"@{claim.year}")
    if claim.qualifier != "exact":
        said.append(claim.qualifier)
    if claim.part_of:
        said += ["of", claim.part_of, "all" if claim.part_complete else "some"]
    return " ".join(said)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_labelled_sentence_gives_its_claims_and_no_others(case):
    text = case["text"]
    identity = Identity(
        report_year=case.get("year", 2023),
        body_name=case.get("body"),
        body_level=case.get("level"),
    )
    section = Section(1, "一、总体情况", text, 0, len(text))
    claims = read_claims(document(text), (section,), identity)
    assert sorted(map(as_case, claims)) == sorted(case["claims"])
    assert all(text[c.char_start : c.char_end] for c in claims)


def test_kinds_name_only_kinds_that_exist():
    known = claim_kinds()
    topics = {kind.topic for kind in known.values()}
    for kind in known.values():
        parts = [part for closed in kind.closed for part in closed]
        assert {*kind.part_of, *parts} <= set(known), kind.id
        assert {form.after for form in kind.patterns} <= {None, *topics}, kind.id
        assert all(kind.id in known[part].part_of for part in parts), kind.id


@pytest.mark.parametrize(("kind", "example", "value"), EXAMPLES)
def test_every_phrasing_reads_its_example(kind, example, value):
    assert said(read_claims(*one_section(example + "。"))).get(kind) == value


def test_every_cell_a_claim_speaks_of_exists():
    known = set(all_cell_keys())
    for kind in claim_kinds().values():
        for cell in (cell for reading in kind.cells for cell in reading):
            table_no, row, column = cell.split("|")
            assert CellKey(int(table_no), row, column) in known, cell


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        (
            "全年收到政府信息公开申请9件，上年结转2件。",
            {"applications_received": "9", "applications_carried_in": "2"},
        ),
        (
            "其中予以公开3件、部分公开2件、不予公开1件。",
            {"granted": "3", "partially_granted": "2", "refused": "1"},
        ),
        ("予以公开及部分公开20件（17%）。", {"granted_or_partially": "20", "share": "17"}),
        (
            "未发生因政府信息公开引发的行政复议、行政诉讼。",
            {"reconsiderations": "0", "litigations": "0"},
        ),
        (
            "因政府信息公开发生行政复议7件，行政诉讼4件。",
            {"reconsiderations": "7", "litigations": "4"},
        ),
        ("收到政府信息公开申请1,203件。", {"applications_received": "1203"}),
        ("共受理依申请公开26宗。", {"applications_received": "26"}),
    ],
)
def test_what_a_sentence_says_is_read(sentence, claims):
    assert said(read_claims(*one_section(sentence))) == claims


@pytest.mark.parametrize(
    "sentence",
    [
        "行政复议案件、行政诉讼案件共3件。",  # a sum of two
        "未发生行政复议被纠错的情况。",  # none corrected is not none at all
        "未收到超期答复的政府信息公开申请。",
        "其中某局收到政府信息公开申请3件。",  # a part
        "上半年收到政府信息公开申请3件。",
        "较上年收到政府信息公开申请减少3件。",
        "将主动公开政府信息300条。",  # a plan
        "结果纠正的行政复议1件。",
        "办理群众来信12件。",
        "因本机关不掌握等原因无法提供65件。",
        "有无依申请公开情况请注明。",
    ],
)
def test_an_unclear_sentence_gives_no_claim(sentence):
    assert read_claims(*one_section(sentence)) == ()


@pytest.mark.parametrize(
    ("sentence", "qualifier"),
    [
        ("主动公开政府信息900条以上。", "at_least"),
        ("主动公开政府信息120余条。", "approximate"),
        ("主动公开政府信息超过300条。", "at_least"),
        ("主动公开政府信息近300个。", "approximate"),
        ("历年累计主动公开政府信息592份。", "cumulative"),
        ("2023年累计主动公开政府信息92份。", "exact"),
        ("主动公开政府信息92份。", "exact"),
    ],
)
def test_hedges_are_kept(sentence, qualifier):
    assert [claim.qualifier for claim in read_claims(*one_section(sentence))] == [qualifier]


def test_a_year_before_the_number_is_the_year_it_speaks_of():
    claims = read_claims(
        *one_section("2022年收到政府信息公开申请2件。本年收到政府信息公开申请3件。")
    )
    assert [(claim.year, str(claim.value)) for claim in claims] == [(2022, "2"), (2023, "3")]


def test_ten_thousands_are_multiplied_and_money_keeps_its_unit():
    claims = read_claims(*one_section("主动公开政府信息1.5万条。收取信息处理费1.5万元。"))
    assert [(c.value, c.unit) for c in claims] == [(15000, "条"), (1.5, "万元")]


def test_a_claim_has_its_sentence_and_place():
    text = "一是规范办理。全年 收到政府信息公开申请 2 件，均已答复。二是加强培训。"
    (claim,) = read_claims(*one_section(text))
    assert text[claim.char_start : claim.char_end] == "收到政府信息公开申请 2 件"
    assert claim.sentence == "全年收到政府信息公开申请2件，均已答复。"


def test_a_sentence_cut_by_a_page_is_read_on():
    text = "我局健全制度机制，规范受理流程，全年共收到政府信息公开\n\n申请12件。"
    assert said(read_claims(*one_section(text))) == {"applications_received": "12"}


def test_a_year_named_before_a_semicolon_leaves_the_year_after_it_open():
    claims = read_claims(
        *one_section("2022年行政复议2件；行政诉讼1件。2023年行政复议3件；行政诉讼2件。")
    )
    assert [(claim.year, str(claim.value)) for claim in claims] == [
        (2022, "2"),
        (None, "1"),
        (2023, "3"),
        (2023, "2"),
    ]


def test_a_part_has_the_place_of_its_item_and_the_sentence_it_is_in():
    text = "主动公开政府信息60条，其中：财政 信息20条、其他40条；另有附件。"
    whole, part, _ = read_claims(*one_section(text))
    assert whole.part_of is None
    assert text[part.char_start : part.char_end] == "财政 信息20条"
    assert part.sentence == "主动公开政府信息60条，其中：财政信息20条、其他40条"


def test_a_very_long_sentence_takes_no_time():
    assert read_claims(*one_section("未收到" + "政府信息公开申请" * 120 + "。")) != ()
    assert read_claims(*one_section("收到公民、法人提出的" * 20_000)) == ()


def test_text_of_tables_gives_no_claim():
    text = report("", first="收到政府信息公开申请12件。")
    at = text.index("收到政府")
    grid = Grid((GridCell(0, 0, "x", at, at + 14),), ruled=True, start=at, end=at + 14)
    plain = document(text)
    boxed = Document(plain.document_id, "text/html", None, text, (grid,))
    assert read_claims(boxed, find_sections(boxed), Identity()) == ()
    assert len(read_claims(plain, find_sections(plain), Identity())) == 1
