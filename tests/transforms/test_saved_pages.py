from __future__ import annotations

from transforms.saved_pages import resources


def made(folder, **files):
    paths = {}
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        paths[f"报告/{name}"] = path
    return paths


def test_what_a_browser_put_beside_a_page_is_no_input(tmp_path):
    files = made(
        tmp_path,
        **{
            "年报.html": b"<p>x",
            "年报_files/ad.htm": b"x",
            "年报_files/img/a.png": b"x",
            "Word.htm": b"x",
            "Word.files/header.htm": b"x",
            "other_files/b.txt": b"x",
            "b.txt": b"x",
        },
    )
    assert resources(files) == {
        "报告/年报_files/ad.htm",
        "报告/年报_files/img/a.png",
        "报告/Word.files/header.htm",
    }


def test_the_pages_of_a_frameset_are_inputs(tmp_path):
    files = made(
        tmp_path,
        **{
            "a.htm": "<html><FRAMESET rows=1><frame src=a_files/b.htm>".encode("utf-16"),
            "a_files/b.htm": b"x",
            "a_files/c.css": b"x",
        },
    )
    assert resources(files) == {"报告/a_files/c.css"}
