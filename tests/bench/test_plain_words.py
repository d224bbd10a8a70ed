"""Ordinary words that a spelling check would take for words of the trade."""

from __future__ import annotations

from bench.plain_words import find_plain
from tests.support.shipped import load_shipped


def test_words_that_are_read_as_others() -> None:
    """A word a letter away from a word of the trade is found; one that is far from all, or known, is not."""
    words = ["manger", "lick", "giraffe", "device", "offline", "doors", "12", ""]
    assert list(find_plain(words, load_shipped())) == ["manger", "lick"]


def test_list_of_the_languages_is_needed() -> None:
    """Most words of the shipped list would be read as others without it."""
    knowledge = load_shipped()
    listed = [word for word in knowledge.languages["en"].plain_words if word.isascii()]
    assert len(list(find_plain(listed, knowledge))) > 0.9 * len(listed)
