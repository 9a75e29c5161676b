"""The rule book says everything of every rule."""

from __future__ import annotations

import re

from expectations.rulebook import rule_book, rule_page
from transforms.messages import LANGUAGES
from transforms.statute.rules import not_rules, rules


def test_every_rule_stands_in_the_book_with_its_words_in_both_languages():
    book = rule_book()
    for rule in rules().values():
        assert f"### {rule.id} {rule.title.zh} / {rule.title.en}" in book
        for words in (rule.statement, rule.likely_fix):
            assert words.zh in book
            assert words.en in book


def test_what_is_deliberately_no_rule_is_told_at_the_end():
    book = rule_book()
    last = max(book.index(f"### {rule_id} ") for rule_id in rules())
    assert all(book.index(one.why.zh) > last for one in not_rules().values())


def test_a_text_not_seen_in_full_is_marked_and_not_quoted():
    assert "（国办公开办函〔2021〕30号）*第三部分表格左上角注" in rule_book()


def test_the_page_has_every_rule_in_both_languages_and_loads_nothing():
    page = rule_page()
    for rule in rules().values():
        assert all(f'<h3 id="{one}-{rule.id}">{rule.id} ' in page for one in LANGUAGES)
    assert not re.search(r"https?://|<script|<link|<img|url\(", page)
