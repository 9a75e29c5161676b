"""Bytes of an OFD file -> its documents: pages, templates and shared drawings, found by name.

Names are relative to the part that states them, or absolute; programs also write them relative to
the document's folder or to the root, so these are tried in turn.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from transforms.document import UnreadableFileError
from transforms.readers.gbt33190.values import Box, box
from transforms.readers.xml import Element, by_local_name, parse_xml
from transforms.readers.zipped import ZippedParts

ENTRY = "OFD.xml"
_A4: Box = (0.0, 0.0, 210.0, 297.0)
_ENCRYPTED = "encryptions.xml"


class Package:
    """The zip and its XML parts."""

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableFileError: `damaged`, `encrypted`, `too_complex`, `too_large_inside`."""
        self._parts = ZippedParts(data)
        if any(posixpath.basename(name) == _ENCRYPTED for name in self._parts.names()):
            raise UnreadableFileError("encrypted")
        entry = self.part(ENTRY)
        if entry is None:
            raise UnreadableFileError("damaged", error=ENTRY)
        self.roots = [
            name
            for element in by_local_name(entry, "DocRoot")
            if (name := self.resolve(element.text, ""))
        ]
        if not self.roots:
            raise UnreadableFileError("damaged", error="DocRoot")

    def part(self, name: str) -> Element | None:
        """The root element of a part; None where it is missing or empty."""
        data = self._parts.read(name)
        return parse_xml(data, name) if data else None

    def resolve(self, stated: str | None, *folders: str) -> str | None:
        """The part a location names, seen from one of these folders or from the root."""
        location = (stated or "").strip().replace("\\", "/")
        if not location:
            return None
        candidates = [posixpath.join(folder, location) for folder in folders]
        for candidate in [*candidates, location]:
            name = posixpath.normpath(candidate.lstrip("/"))
            if name in self._parts:
                return name
        return None


class OfdDocument:
    """One document of the file (there is nearly always one)."""

    def __init__(self, package: Package, root: str) -> None:
        self._package = package
        self._folder = posixpath.dirname(root)
        document = package.part(root)
        if document is None:
            raise UnreadableFileError("damaged", error=root)
        self.area = _physical_box(document) or _A4
        self.pages = [
            package.resolve(page.get("BaseLoc"), self._folder)
            for pages in by_local_name(document, "Pages")
            for page in by_local_name(pages, "Page")
        ]
        self._templates = {
            page.get("ID"): package.resolve(page.get("BaseLoc"), self._folder)
            for page in by_local_name(document, "TemplatePage")
        }
        self._resources = [
            name
            for kind in ("PublicRes", "DocumentRes")
            for element in by_local_name(document, kind)
            if (name := package.resolve(element.text, self._folder))
        ]
        self._shared: dict[str, Element] | None = None

    def page(self, name: str) -> tuple[Box, list[Element]] | None:
        """The box of a page, and its contents after those of its templates; None if missing."""
        page = self._package.part(name)
        if page is None:
            return None
        contents = [*self._template_contents(page), *by_local_name(page, "Content")]
        return _physical_box(page) or self.area, contents

    def shared(self, identifier: str | None) -> Element | None:
        """The drawing that a CompositeObject shows."""
        if self._shared is None:
            self._shared = dict(self._shared_units())
        return self._shared.get(identifier or "")

    def _template_contents(self, page: Element) -> Iterator[Element]:
        for use in by_local_name(page, "Template"):
            name = self._templates.get(use.get("TemplateID"))
            template = self._package.part(name) if name else None
            if template is not None:
                yield from by_local_name(template, "Content")

    def _shared_units(self) -> Iterator[tuple[str, Element]]:
        for name in self._resources:
            resource = self._package.part(name)
            if resource is not None:
                for unit in by_local_name(resource, "CompositeGraphicUnit"):
                    yield unit.get("ID", ""), unit


def _physical_box(element: Element) -> Box | None:
    for area in by_local_name(element, "PhysicalBox"):
        found = box(area.text)
        if found and found[2] > 0 and found[3] > 0:
            return found
    return None
