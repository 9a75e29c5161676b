"""Sentences of real kinds, read from whole files: lawful ones fire nothing, defects their rule."""

from __future__ import annotations

import pytest

from tests.expectations.narrative_reports import LAYOUTS, cases, fired


@pytest.fixture(scope="module", params=LAYOUTS)
def found(request: pytest.FixtureRequest) -> dict[str, set[str]]:
    return fired(cases(), request.param)


def test_lawful_paragraphs_fire_nothing_and_defects_exactly_their_rules(found):
    wrong = {
        one.name: (sorted(one.fires), sorted(found[one.name]))
        for one in cases()
        if found[one.name] != one.fires
    }
    assert not wrong, "\n".join(f"{name}: {told}" for name, told in wrong.items())
