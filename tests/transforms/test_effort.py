"""No report takes more than its effort: what is left over is ambiguous."""

import pytest

from tests.transforms.lines import cells, lines
from transforms.partings import Effort, Partings, TooManyWaysError
from transforms.readings import read_row
from transforms.records import CellStatus
from transforms.solve import solve_table
from transforms.statute.loader import cell_keys, forms

HOSTILE = "三、收到和处理政府信息公开申请情况\n自然人 商业企业 科研机构\n" + "\n".join(
    f"{row.label}{'12' * 9}1" for _, row in forms()["2021"].table[3].rows()
)


def test_spent_effort_never_comes_back():
    effort = Effort(10)
    assert [effort.spend(6), effort.spend(6), effort.spend(1)] == [True, False, False]


def test_parting_stops_when_the_effort_of_the_report_is_spent():
    effort = Effort(500)
    with pytest.raises(TooManyWaysError):
        Partings("1" * 30, 7, (), (), effort).ends()
    assert effort.left == -1


def test_digits_that_part_in_too_many_ways_everywhere_are_ambiguous():
    found = cells(HOSTILE)
    assert {c.status for k, c in found.items() if k.startswith("3|")} == {CellStatus.AMBIGUOUS}


def test_a_table_that_the_effort_does_not_suffice_for_keeps_its_readings():
    keys = tuple(key for key in cell_keys("2021") if str(key).startswith("3|new_received|"))
    columns = forms()["2021"].table[3].blocks[0].columns
    pieces = lines("一、本年新收政府信息公开申请数量\n1\n1\n0\n0\n0\n0\n0\n2")[1:]
    read = read_row([line.pieces[0] for line in pieces], columns)
    whole = solve_table("2021", [(keys, read)])
    tired = solve_table("2021", [(keys, read)], Effort(0))
    assert {c.status for c in tired} <= {c.status for c in whole} | {CellStatus.AMBIGUOUS}
