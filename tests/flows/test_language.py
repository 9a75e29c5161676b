from __future__ import annotations

import pytest

from flows.errors import UserError
from flows.language import choose, current


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8", "GONGKAI_LANG": "zh"}, "zh"),
        (["--lang", "en"], {"GONGKAI_LANG": "zh"}, "en"),
        (["--lang=en"], {}, "en"),
        (["--lang", "zh", "run", "--lang", "en"], {}, "en"),
    ],
)
def test_option_beats_variable_beats_locale(arguments, environment, expected):
    choose(arguments, environment)
    assert current() == expected


def test_the_option_may_stand_anywhere_and_is_taken_out():
    assert choose(["run", "--lang", "en", "x"], {}) == ["run", "x"]
    assert choose(["query", "--", "--lang"], {}) == ["query", "--", "--lang"]


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [(["--lang", "fr"], {}), (["--lang"], {}), ([], {"GONGKAI_LANG": "fr"})],
)
def test_a_language_we_do_not_have_is_a_usage_error(arguments, environment):
    with pytest.raises(UserError) as caught:
        choose(arguments, environment)
    assert caught.value.status == 2
    assert "\n" not in caught.value.message
