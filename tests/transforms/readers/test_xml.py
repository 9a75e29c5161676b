from __future__ import annotations

import pytest

from transforms.document import UnreadableFileError
from transforms.readers.xml import by_local_name, local_name, parse_xml


def test_entities_are_neither_expanded_nor_fetched():
    entities = '<!ENTITY a "ha"><!ENTITY x SYSTEM "file:///etc/passwd">'
    root = parse_xml(f"<!DOCTYPE a [{entities}]><a>1&a;&x;2</a>".encode(), "a.xml")
    assert "".join(root.itertext("a")) == "1"
    assert "root:" not in "".join(root.itertext())


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY a0 "ha">{entities}]><a>&a9;</a>'.encode()


@pytest.mark.parametrize(
    "data", [b"", b"<a><b></a>", b"<a>" * 999 + b"</a>" * 999, b"\xff\xfe<", laughs()]
)
def test_what_is_no_xml_is_damaged(data):
    with pytest.raises(UnreadableFileError) as refused:
        parse_xml(data, "a.xml")
    assert refused.value.reason == "damaged"
    assert refused.value.details["error"].startswith("a.xml: ")


def test_names_are_told_without_their_namespace():
    root = parse_xml(b'<w:a xmlns:w="x"><b/><!-- c --><w:b/></w:a>', "a.xml")
    assert [local_name(element) for element in by_local_name(root, "b")] == ["b", "b"]
