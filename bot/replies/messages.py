"""The sentences of one state of the knowledge, by language, ready to be said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Formatter


class Sentences:
    """The sentences of one knowledge snapshot, ready to be said."""

    def __init__(self, messages: Mapping[str, Mapping[str, str]]) -> None:
        self._messages = messages

    def say(self, key: str, language: str, **values: object) -> str:
        """Return the sentence in the language, its placeholders filled.

        Raises KeyError if the key, the language or a placeholder's value is missing: that's a bug,
        which the linter or a test finds first.
        """
        return self._messages[language][key].format_map(values)

    def bind(self, language: str) -> Callable[..., str]:
        """Return say() in one language."""
        return lambda key, **values: self.say(key, language, **values)

    def speaks(self, language: str) -> bool:
        """Say whether there are sentences in the language."""
        return language in self._messages


def list_placeholders(text: str) -> set[str]:
    """Return the placeholders of a sentence; an unbalanced brace counts as one that nobody fills.

    >>> sorted(list_placeholders("{path}, line {line}: {fault}"))
    ['fault', 'line', 'path']
    """
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}
