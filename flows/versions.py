"""What is installed -> the versions a batch is recorded with."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version

from transforms.statute.profile import EVERYWHERE, Profile
from transforms.statute.rules import rule_files


def extractor_version() -> str:
    """The release that reads the files."""
    return version("gongkai")


def rules_version(profile: Profile = EVERYWHERE) -> str:
    """The release, a digest of the rule files and one of the profile: a changed rule, or a rule
    switched off, is another version."""
    return ".".join(filter(None, (_rule_files(), profile.digest)))


@cache
def _rule_files() -> str:
    digest = hashlib.sha256()
    for path in rule_files():
        digest.update(path.name.encode() + b"\n" + path.read_bytes())
    return f"{version('gongkai')}+{digest.hexdigest()[:8]}"
