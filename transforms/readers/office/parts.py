"""Bytes of a Word document in any of its XML packagings -> its parts by role.

A zip (DOCX), the same parts in one XML file (Flat OPC), or Word 2003 XML, which is one part.
"""

from __future__ import annotations

import posixpath
from typing import Protocol

from transforms.document import UnreadableFileError
from transforms.readers.office.names import PACKAGE, RELATIONSHIPS, w, with_usual_names
from transforms.readers.xml import Element, by_local_name, local_name, parse_xml
from transforms.readers.zipped import ZippedParts

MAIN_PART = "word/document.xml"  # where relationships do not lead elsewhere


class Package(Protocol):
    """Parts by name."""

    def read(self, name: str) -> bytes | None:
        """A part as it is stored; None if there is none."""

    def read_xml(self, name: str) -> Element | None:
        """The root of an XML part."""


class ZipPackage:
    """The parts of a zip."""

    def __init__(self, data: bytes) -> None:
        self._parts = ZippedParts(data)

    def read(self, name: str) -> bytes | None:
        """Raises UnreadableFileError, see `ZippedParts.read`."""
        return self._parts.read(name)

    def read_xml(self, name: str) -> Element | None:
        """Raises UnreadableFileError, also for a part that is no XML."""
        data = self._parts.read(name)
        return None if data is None else parse_xml(with_usual_names(data), name)


class FlatPackage:
    """The parts of a Flat OPC file, or the one that Word 2003 XML is."""

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableFileError(`damaged`)."""
        root = parse_xml(with_usual_names(data), "XML")
        self._parts = {
            (part.get(f"{{{PACKAGE}}}name") or "").lstrip("/").lower(): part for part in root
        }
        self._whole = root if root.tag == w("wordDocument") else None

    def read(self, name: str) -> bytes | None:
        """Parts that are no XML are not looked into."""
        del name
        return None

    def read_xml(self, name: str) -> Element | None:
        """The root of a part."""
        if self._whole is not None:
            return self._whole if name == MAIN_PART else None
        part = self._parts.get(name.lstrip("/").lower())
        content = None if part is None else part.find(f"{{{PACKAGE}}}xmlData")
        return None if content is None or len(content) == 0 else content[0]


class WordParts:
    """The parts of a document by their role, found through its relationships."""

    def __init__(self, package: Package) -> None:
        """Raises UnreadableFileError(`damaged`) where there is no document part."""
        self._package = package
        self._name = self._main_name()
        document = package.read_xml(self._name)
        if document is None:
            raise UnreadableFileError("damaged", error=self._name)
        self.document: Element = document
        folder, name = posixpath.split(self._name)
        self._related = self._relations(f"{folder}/_rels/{name}.rels", folder)

    def role(self, role: str) -> Element | None:
        """The root of the part in this role: `styles`, `numbering`."""
        target = next((name for kind, name in self._related.values() if kind == role), None)
        if target is None:
            target = posixpath.join(posixpath.dirname(self._name), f"{role}.xml")
        return self._package.read_xml(target)

    def related(self, relation: str) -> bytes | None:
        """The content of the part that a relationship id stands for."""
        _, name = self._related.get(relation, ("", ""))
        return self._package.read(name) if name else None

    def properties(self) -> dict[str, str]:
        """What the file says of itself, by the names of its core properties (`dc:title`).

        Not by the names of a page: Word keeps the title of whatever file this one was made from.
        """
        root = self._package.read_xml("docProps/core.xml")
        found = {}
        for element in () if root is None else root:
            text = " ".join((element.text or "").split())
            if text and element.prefix:
                found[f"{element.prefix}:{local_name(element)}"] = text
        return found

    def _main_name(self) -> str:
        relations = self._relations("_rels/.rels", "")
        return next(
            (name for kind, name in relations.values() if kind == "officedocument"),
            MAIN_PART,
        )

    def _relations(self, part: str, folder: str) -> dict[str, tuple[str, str]]:
        """Relationship id -> its kind in lower case and the part it leads to."""
        root = self._package.read_xml(part.lstrip("/"))
        found = {}
        for relation in () if root is None else by_local_name(root, "Relationship"):
            if relation.get("TargetMode") == "External":
                continue
            kind = (relation.get("Type") or "").rpartition("/")[2].lower()
            target = (relation.get("Target") or "").replace("\\", "/")
            name = posixpath.normpath(posixpath.join("/", folder, target))
            found[relation.get("Id") or ""] = (kind, name.lstrip("/"))
        return found


RELATION_ID = f"{{{RELATIONSHIPS}}}id"
