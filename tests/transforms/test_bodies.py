import pytest

from transforms.bodies import at_level, bodies, kind_of
from transforms.divisions import find_divisions


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("教育部", "ministry"),
        ("国家税务总局", "ministry"),
        ("国家税务总局石泉县税务局", "vertical_department"),
        ("黑河市气象局", "vertical_department"),
        ("石泉县两河镇人民政府", "township_government"),
        ("两河镇", "township_government"),
        ("阿巴嘎旗那仁宝拉格苏木", "township_government"),
        ("迎宾路街道办事处", "subdistrict_office"),
        ("某经济技术开发区管理委员会", "park_committee"),
        ("石泉县人民政府办公室", "government_office"),
        ("县政府办", "government_office"),
        ("上海市人民政府办公厅", "government_office"),
        ("石泉县财政局", "department"),
        ("陕西省教育厅", "department"),
        ("石泉县人民政府", "local_government"),
        ("上海市", "local_government"),
    ],
)
def test_a_name_tells_its_kind(name, kind):
    found = kind_of(name)
    assert found is not None
    assert found.id == kind


def test_a_company_is_no_body():
    assert kind_of("某某有限公司") is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("上海市人民政府", "province_government"),
        ("安康市人民政府", "prefecture_government"),
        ("石泉县人民政府", "county_government"),
        ("安康市财政局", "prefecture_department"),
    ],
)
def test_the_division_tells_the_level(name, kind):
    found = kind_of(name)
    assert found is not None
    divisions = find_divisions(name, "")
    assert at_level(found, divisions[0] if len(divisions) == 1 else None).id == kind


def test_every_kind_that_a_level_names_exists():
    assert {kind for body in bodies().values() for kind in body.at_level.values()} <= set(bodies())
