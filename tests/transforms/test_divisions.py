import gzip

import pytest

from transforms.divisions import find_divisions, names_above
from transforms.statute.build_divisions import build


@pytest.mark.parametrize(
    ("name", "code", "path"),
    [
        ("石泉县两河镇人民政府", "610922102", "陕西省/安康市/石泉县/两河镇"),
        ("石泉县财政局", "610922", "陕西省/安康市/石泉县"),
        ("陕西石泉县财政局", "610922", "陕西省/安康市/石泉县"),
        ("安康市人民政府", "610900", "陕西省/安康市"),
        ("陕西省教育厅", "610000", "陕西省"),
        ("上海市人民政府办公厅", "310000", "上海市"),
        ("北京市朝阳区教育局", "110105", "北京市/朝阳区"),
        ("杭州市滨江区人民政府长河街道办事处", "330108002", "浙江省/杭州市/滨江区/长河街道"),
    ],
)
def test_a_name_with_its_place_leads_to_one_division(name, code, path):
    (division,) = find_divisions(name, "")
    assert (division.code, division.path) == (code, path)


def test_a_name_that_many_divisions_bear_needs_the_text_around_it():
    candidates = find_divisions("文昌镇人民政府", "")
    assert len(candidates) > 1
    (division,) = find_divisions("文昌镇人民政府", "沙坡头区人民政府网站")
    assert division.code == "640502101"
    assert division in candidates


def test_a_city_tells_apart_what_counties_of_one_name_leave_open():
    assert len(find_divisions("朝阳区教育局", "")) == 2
    assert [d.code for d in find_divisions("朝阳区教育局", "长春市朝阳区")] == ["220104"]


def test_levels_that_a_body_cannot_be_of_are_left_out():
    assert find_divisions("石泉县水利局", "", levels=(4,)) == ()


@pytest.mark.parametrize("name", ["", "教育部", "县财政局", "市人民政府"])
def test_a_name_without_a_place_leads_nowhere(name):
    assert find_divisions(name, "石泉县") == ()


def test_the_data_file_is_built_from_the_package_and_drops_repeated_county_names(tmp_path):
    dist = tmp_path / "package" / "dist"
    dist.mkdir(parents=True)
    for name, lines in {
        "provinces": ["code,name", '41,"河南省"'],
        "cities": ["code,name,provinceCode", '4190,"直辖",41'],
        "areas": ["code,name", '419001,"济源市"'],
        "streets": ["code,name", '419001102,"济源市轵城镇"'],
    }.items():
        (dist / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    target = tmp_path / "divisions.csv.gz"
    assert build(tmp_path / "package", target) == 4
    first = target.read_bytes()
    assert gzip.decompress(first).decode().splitlines()[-1] == "419001102,轵城镇"
    build(tmp_path / "package", target)
    assert target.read_bytes() == first


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("麻阳县文昌阁乡人民政府", "湖南省/怀化市/麻阳苗族自治县/文昌阁乡"),
        ("恩施州民政局", "湖北省/恩施土家族苗族自治州"),
        ("海南州人民政府", "青海省/海南藏族自治州"),
        ("海南省人民政府", "海南省"),
    ],
)
def test_an_autonomous_place_goes_by_its_short_name_too(name, path):
    assert [division.path for division in find_divisions(name, "")] == [path]


def test_names_above_are_those_of_prefecture_and_county():
    assert names_above("431226204") == ("怀化市", "麻阳苗族自治县", "麻阳县")
    assert names_above("430000") == ("湖南省",)
