"""Names of WordprocessingML as lxml spells them; other dialects are renamed to these."""

from __future__ import annotations

from transforms.readers.xml import Element

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"

_OTHER_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", MAIN.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", RELATIONSHIPS.encode()),
    (b"http://schemas.microsoft.com/office/word/2003/wordml", MAIN.encode()),
)
_OFF = frozenset({"0", "false", "off", "none"})


def w(name: str) -> str:
    """A name of WordprocessingML as lxml spells it."""
    return f"{{{MAIN}}}{name}"


VAL = w("val")


def with_usual_names(part: bytes) -> bytes:
    """The part with the namespaces of the Transitional dialect."""
    for other, usual in _OTHER_NAMES:
        part = part.replace(other, usual)
    return part


def value(parent: Element | None, name: str) -> str | None:
    """The `val` of a child element; None without the child or the attribute."""
    if parent is None:
        return None
    child = parent.find(w(name))
    found: str | None = None if child is None else child.get(VAL)
    return found


def number(text: str | None) -> int | None:
    """An integer as these files write it; None for anything else."""
    text = (text or "").strip()
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        return None
    return int(text)


def is_on(parent: Element | None, name: str) -> bool:
    """Whether an on/off property is there and not switched off."""
    return parent is not None and switched_on(stated(parent), w(name))


Stated = dict[str, Element]  # the children of a properties element by name


def stated(properties: Element | None) -> Stated:
    """What a properties element states: one look at its children instead of one for each name."""
    return {} if properties is None else {child.tag: child for child in properties}


def stated_value(properties: Stated, name: str) -> str | None:
    """The `val` of one property, `name` spelled as lxml does."""
    child = properties.get(name)
    found: str | None = None if child is None else child.get(VAL)
    return found


def switched_on(properties: Stated, name: str) -> bool:
    """Whether an on/off property is there and not switched off."""
    child = properties.get(name)
    return child is not None and child.get(VAL, "true").lower() not in _OFF
