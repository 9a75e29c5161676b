"""A file named on the command line, or the home's profile.yaml -> the rules an office applies."""

from __future__ import annotations

from pathlib import Path

from flows.errors import UserError
from flows.language import say
from transforms.statute.loader import StatuteError
from transforms.statute.profile import EVERYWHERE, Profile, load_profile
from warehouse.home import Home


def profile_of(home: Home | None, given: Path | None) -> Profile:
    """The profile named, else the home's, else none. Raises UserError for a wrong one."""
    path = given or (home.profile if home is not None and home.profile.exists() else None)
    if path is None:
        return EVERYWHERE
    try:
        return load_profile(path)
    except (StatuteError, OSError) as error:
        raise UserError(say("error_profile", error=error), status=2) from error
