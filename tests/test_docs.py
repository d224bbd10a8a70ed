"""The pages of docs/ that come from the code are those that the code makes now."""

from __future__ import annotations

import pytest

from docs.generate import FOLDER, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_page_is_fresh(name: str) -> None:
    """A generated page is what `make docs` writes."""
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "it is stale: run `make docs`"
