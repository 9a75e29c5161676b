from __future__ import annotations

from benchmarks.readers import main


def test_our_reader_is_measured_beside_the_bare_call(capsys):
    assert main(["--seeds", "1", "--rounds", "1", "--only", "html"]) == 0
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines() if "html |" in line]
    bare, ours = rows[0], rows[1]
    assert bare[1].startswith("bare: lexbor")
    assert float(bare[3]) == 1.0
    assert ours[1].startswith("gongkai")
    assert (ours[4], ours[5].strip("| ")) == ("1.0000", "0")
