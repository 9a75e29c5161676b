from __future__ import annotations

import numpy as np
import pytest

from transforms.readers.scans.recogniser import recogniser

PICTURES = np.zeros((2, 3, 48, 64), np.float32)


@pytest.mark.parametrize("run", [PICTURES, PICTURES[:1]], ids=["the same", "another size"])
def test_what_an_earlier_run_left_is_never_read_again(monkeypatch, run):
    """OpenVINO leaves it where memory does not suffice, and says nothing."""
    model = recogniser("tiny")
    model._scores(run)
    left = model._run(run, share_outputs=True)[0]
    left.fill(np.nan)
    monkeypatch.setattr(model, "_run", lambda *_, **__: [left])
    with pytest.raises(MemoryError):
        model._scores(PICTURES)


def test_the_same_pictures_read_the_same_each_time():
    model = recogniser("tiny")
    assert np.array_equal(model._scores(PICTURES), model._scores(PICTURES))
