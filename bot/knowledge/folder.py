"""Where the knowledge folder is. Reads no environment: the setting's value comes in as an argument."""

from __future__ import annotations

from pathlib import Path

from bot.errors import SettingError

PACKAGE = Path(__file__).resolve().parent.parent
PLACES = (PACKAGE / "_knowledge", PACKAGE.parent / "knowledge")
"""Inside the installed package, then beside it as in a checkout."""


def is_installed(root: Path) -> bool:
    """Say whether a folder is inside the package, where an upgrade replaces what was written."""
    return root.resolve().is_relative_to(PACKAGE)


def find_knowledge(setting: Path | None, places: tuple[Path, ...] = PLACES) -> Path:
    """Return the folder the setting names, or else the first of the places that is there.

    Raises SettingError (knowledge_missing) naming the folders looked for; a setting never falls back.
    """
    wanted = (setting,) if setting else places
    for place in wanted:
        if place.is_dir():
            return place
    raise SettingError("knowledge_missing", path=", ".join(str(place) for place in wanted))
