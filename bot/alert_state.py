"""The state that alerts tell of themselves: firing, or resolved."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.knowledge.language import Language
from bot.matching import alternatives, fold

# Where a state is told, in folded text: in brackets, at a line's beginning (after signs, emoji), as a field.
_BRACKET = r"[\[【(]\s{0,3}"
_LINE = r"^[^\w\n]{0,9}(?::[a-z0-9_+-]{1,40}:\s{0,3}){0,3}[^\w\n]{0,4}"


class AlertStateReader:
    """Reads the state that alerts tell of themselves, in all languages."""

    def __init__(self, languages: Iterable[Language]) -> None:
        """Compile the words."""
        languages = tuple(languages)
        over = alternatives(word for each in languages for word in each.resolved_words)
        on = alternatives(word for each in languages for word in each.firing_words)
        named = alternatives(word for each in languages for word in each.state_words)
        field = rf"(?:{named})[\s*_`\"']{{0,4}}[:=][\s*_`\"']{{0,4}}"
        place = f"(?:{_BRACKET}|{_LINE}|{field})"
        self._state = re.compile(rf"{place}(?:(?P<over>{over})|{on})(?![a-z])", re.MULTILINE)

    def is_over(self, text: str) -> bool:
        """Say whether the first state that a text tells is that all is well again."""
        found = self._state.search(fold(text))
        return bool(found and found["over"])
