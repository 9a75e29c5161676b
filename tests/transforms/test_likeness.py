"""Passages of one county -> pairs that repeat each other."""

from __future__ import annotations

import random

from transforms.likeness import Passage, one_hand, repeated

DICE = random.Random(5)
HAN = [chr(DICE.randrange(0x4E00, 0x9FA5)) for _ in range(400)]


def prose(seed: int, sentences: int = 12) -> str:
    """Invented sentences; the same seed gives the same."""
    dice = random.Random(seed)
    return "。".join("".join(dice.choices(HAN, k=25)) for _ in range(sentences)) + "。"


def passage(body: str, text: str, year: int = 2023, section: int = 1) -> Passage:
    return Passage(f"{body}-{year}", body, year, section, text, (body,))


def pairs(passages: list[Passage]) -> list[tuple[str, str]]:
    return [(found.one.report_id, found.other.report_id) for found in repeated(passages)]


def test_a_copy_with_other_names_and_numbers_is_found():
    text = prose(1)
    one = passage("甲县民政局", f"甲县民政局公开信息21条。{text}")
    other = passage("甲县水利局", f"甲县水利局公开信息356条。{text}")
    assert pairs([one, other, passage("甲县教育局", prose(2))]) == [
        ("甲县民政局-2023", "甲县水利局-2023")
    ]


def test_texts_of_their_own_are_not_alike():
    assert pairs([passage(f"甲县{n}局", prose(n)) for n in range(20)]) == []


def test_sentences_that_many_reports_of_the_county_share_count_for_nothing():
    template = prose(99)
    assert pairs([passage(f"甲县第{n}局", template + prose(n, 2)) for n in range(10)]) == []


def test_a_body_that_repeats_itself_is_compared_with_the_year_before_only():
    text = prose(3)
    years = [passage("甲县民政局", text, year) for year in (2020, 2021, 2023)]
    assert pairs(years) == [("甲县民政局-2020", "甲县民政局-2021")]


def test_another_body_of_another_year_is_not_compared():
    text = prose(4)
    assert pairs([passage("甲县民政局", text, 2022), passage("甲县水利局", text, 2023)]) == []


def test_short_texts_say_nothing():
    short = "本年度政府信息公开工作平稳有序。"
    assert pairs([passage("甲县民政局", short), passage("甲县水利局", short)]) == []


def test_one_character_in_fifteen_may_differ_but_not_one_in_five():
    text = prose(6)
    for every, found in ((15, 1), (5, 0)):
        changed = "".join(
            "改" if place % every == 0 and char != "。" else char for place, char in enumerate(text)
        )
        assert len(pairs([passage("甲县民政局", text), passage("甲县水利局", changed)])) == found


def test_a_government_and_the_office_that_files_for_it_are_one_hand() -> None:
    assert one_hand("government_office", "county_government")
    assert one_hand("local_government", "government_office")
    assert not one_hand("government_office", "county_department")
    assert not one_hand(None, "county_government")
