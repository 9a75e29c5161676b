"""Running text holds only characters that no model doubts, and numbers whole or not at all."""

from __future__ import annotations

from transforms.readers.scans.prose import combined
from transforms.readers.scans.recogniser import Recognised


def line(text, **unsure):
    """A recognised line; `_3=0.2` makes the character at 3 unsure."""
    doubts = {int(at[1:]): sure for at, sure in unsure.items()}
    return Recognised(text, tuple(doubts.get(at, 0.99) for at in range(len(text))))


def test_what_both_models_read_stands():
    assert (
        combined(line("收到申请12件(含结转)"), line("收到申请12件（含结转）"))
        == "收到申请12件（含结转）"
    )


def test_a_number_with_a_doubted_digit_is_left_out_whole():
    assert combined(line("收到申请12件"), line("收到申请17件")) == "收到申请��件"
    assert combined(line("收到申请120件", _5=0.6), None) == "收到申请���件"


def test_a_disputed_character_is_left_out():
    assert combined(line("柏陵县人民政府"), line("柏陵具人民政府")) == "柏陵�人民政府"


def test_what_no_model_makes_sense_of_is_no_line():
    assert combined(Recognised("心丿", (0.1, 0.2)), None) == ""
