"""What is installed -> the versions a batch is recorded with."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version

from transforms.statute.rules import RULES_FOLDER


def extractor_version() -> str:
    """The release that reads the files."""
    return version("gongkai")


@cache
def rules_version() -> str:
    """The release and a digest of the rule files: a changed rule is another version."""
    digest = hashlib.sha256()
    for path in sorted(RULES_FOLDER.glob("*.yaml")):
        digest.update(path.name.encode() + b"\n" + path.read_bytes())
    return f"{version('gongkai')}+{digest.hexdigest()[:8]}"
