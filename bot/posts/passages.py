"""The passages of a post as they are gathered: nothing taken twice, and no more than the desk reads.

Where a passage comes from is known to post.py; what it means, to the matcher.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.shorten import is_within_word, keep_start

LONGEST = 40_000
"""Characters read of one post: as many as Slack lets a message's text have."""

_MOST_COMPARED = 100 * LONGEST  # characters searched for what was told already: bounds a post of many parts
_EACH_COMPARED = 64  # what a comparison costs besides, in characters
_MOST_PLACES = 20  # places of a passage looked at in a longer one

_TOKEN = re.compile(r"<([^<>|]{0,3000})(?:\|([^<>]{0,3000}))?>")
_FENCE = re.compile(r"`{3,}")
_MARKS = str.maketrans("", "", "*_~`")
# What stands before the words of a quote or of an item, as Slack's `text` writes the items of a list.
_BULLET = re.compile(
    r"^[ \t>]*(?:(?:[•◦▪▫‣●○■\-–][\ufe0e\ufe0f]?|\d{1,3}\.|(?:[a-z]|[ivxl]{1,6})\.)[ \t]+)?", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a post as Slack's `text` field would have it, and the part of the message it stands in.

    `&`, `<` and `>` are escaped; what stands between < and > is a token of Slack's.
    """

    text: str
    source: str

    @property
    def origin(self) -> str:
        """The outermost part of the message that the passage stands in, such as `attachments[0]`."""
        return self.source.partition(".")[0]


class Gathering:
    """Takes passages in reading order, up to LONGEST characters with the breaks between them."""

    def __init__(self) -> None:
        self.is_full = False
        self._passages: list[Passage] = []
        self._room = LONGEST
        self._told: dict[str, None] = {}
        self._compared = 0

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What was taken."""
        return tuple(self._passages)

    def take(self, *parts: Passage) -> bool:
        """Take parts that belong together, unless all of them were told already; say whether any has text.

        Fields of one record are handed in together: one that was told elsewhere belongs beside the others.
        """
        read = [part for part in parts if part.text and not part.text.isspace()]
        forms = [reduce_text(part.text[: LONGEST + 1]) for part in read]
        if not all(not form or self._was_told(form) for form in forms):
            for part, form in zip(read, forms, strict=True):
                if form and not self.is_full:
                    self._append(part)
                    self._told[form] = None
        return bool(read)

    def _append(self, part: Passage) -> None:
        room = self._room - (2 if self._passages else 0)  # a break takes two characters at most
        said = part.text.strip()
        text = keep_start(said, max(0, room))
        self.is_full = len(text) < len(said)
        if text:
            self._passages.append(Passage(text, part.source))
            self._room = room - len(text)

    def _was_told(self, form: str) -> bool:
        if form in self._told:
            return True
        for told in self._told:
            if self._compared > _MOST_COMPARED:
                return False
            self._compared += len(told) + _EACH_COMPARED
            if form in told and _holds(told, form):
                return True
        return False


def reduce_text(text: str) -> str:
    """Return the words of a passage without what Slack's forms differ in, for comparing; case is kept.

    >>> reduce_text("&gt; *Code:* `28504` <https://example.com|see>")
    'Code: 28504 see'
    """
    text = _TOKEN.sub(_reduce_token, _FENCE.sub(" ", text))
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return " ".join(_BULLET.sub("", text.translate(_MARKS)).split())


def _reduce_token(token: re.Match[str]) -> str:
    """Reduce a token to its label, and a mention to its id: only one of Slack's two forms has its name."""
    target, label = token[1], token[2]
    if target.startswith(("@", "#")) or (target.startswith("!") and not target.startswith("!date")):
        return target
    return label or target


def _holds(whole: str, part: str) -> bool:
    """Say whether a text stands in a longer one without halving a word or a number of it."""
    start = whole.find(part)
    for _ in range(_MOST_PLACES):
        if start < 0:
            return False
        if not is_within_word(whole, start) and not is_within_word(whole, start + len(part)):
            return True
        start = whole.find(part, start + 1)
    return False
