"""Bytes of an XML part -> its tree, nothing fetched and nothing expanded.

The only module that imports lxml.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from transforms.document import UnreadableFileError

# Elements come as lxml's own type, which has no stubs.
Element = Any


def parse_xml(data: bytes, part: str) -> Element:
    """The root element. `part` names the part in the message.

    Entities stay unexpanded, whatever a DTD says; libxml2 refuses what nests deeper than 256 or has
    10 MB of text in one node. Raises UnreadableFileError(`damaged`).
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFileError("damaged", error=f"{part}: {error}") from error


def local_name(element: Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def by_local_name(element: Element, name: str) -> Iterator[Element]:
    """All elements below and including this one that have the name in any namespace."""
    found: Iterator[Element] = element.iter(f"{{*}}{name}")
    return found
