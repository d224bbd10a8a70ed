"""The settings of one run, typed and read once. The only module that knows names of environment variables.

NO_COLOR and the terminal's own variables are not here: rich and click read those. Called by cli.py
and by the builder of the Slack app.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.errors import SettingError

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator may set.

    `knowledge` names the folder to read in place of the built-in one, or is None.
    `language` answers a question whose words tell no language.
    """

    knowledge: str | None = None
    language: str = DEFAULT_LANGUAGE

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings from a mapping such as os.environ; an empty value counts as absent."""
        return cls(
            knowledge=environ.get("FAULTBOOK_KNOWLEDGE", "").strip() or None,
            language=environ.get("FAULTBOOK_LANGUAGE", "").strip().lower() or DEFAULT_LANGUAGE,
        )

    def get_language(self, known: Collection[str]) -> str:
        """Return the language set, which must be one of those known.

        Raises SettingError naming the setting and the languages that are known.
        """
        if self.language not in known:
            raise SettingError(
                "setting_unknown_language",
                name="FAULTBOOK_LANGUAGE",
                value=self.language,
                known=", ".join(known),
            )
        return self.language


def read_settings() -> Settings:
    """Read the settings of this process from its environment."""
    return Settings.from_env(os.environ)
