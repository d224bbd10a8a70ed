"""Checks that hold for each entry, as one test a language: each test costs some milliseconds by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.knowledge.entry import Entry
from tests.support.shipped import load_shipped


def for_every_entry(check: Callable[[Entry, str], None]) -> Callable[[str], None]:
    """Make a test of a check of one entry in one language; where it fails, the entry is named."""

    def test(language: str) -> None:
        for entry in load_shipped().entries:
            try:
                check(entry, language)
            except Exception as error:
                error.add_note(f"the entry was {entry.id}")
                raise

    test.__doc__ = check.__doc__
    return pytest.mark.parametrize("language", list(load_shipped().languages))(test)
