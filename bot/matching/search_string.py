"""One string that an entry can be found by, with its features. contents.py makes them from entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from bot.knowledge.entry import Entry
from bot.matching.template import take_out
from bot.matching.text import Text, fold, read

Origin = Literal["message", "title", "phrase"]
_EDGES = " .。!\"'"


class SearchString(NamedTuple):
    """One string of an entry, with its features: name -> sign (0 where it has no polarity).

    `number` is its place in the order of the knowledge, `entry_id` is `pack/code`. `core` holds the features
    that say what is wrong. `shared` are the codes of other entries that it is also true of. `is_verbatim`
    marks the message of a layer pack's entry, which is found as it stands and has no features.
    """

    number: int
    entry_id: str
    origin: Origin
    text: str
    folded: str
    features: Mapping[str, int]
    weight: float
    core: frozenset[str]
    shared: tuple[str, ...]
    is_verbatim: bool = False

    @property
    def meaning(self) -> frozenset[tuple[str, int]]:
        """The features as a set: units of one meaning score alike."""
        return frozenset(self.features.items())

    @property
    def is_negative(self) -> bool:
        """Say whether the string denies something."""
        return any(sign < 0 for sign in self.features.values())

    @property
    def pack(self) -> str:
        """The pack of the entry."""
        return self.entry_id.partition("/")[0]

    @property
    def code(self) -> str:
        """The code of the entry."""
        return self.entry_id.partition("/")[2]


def list_strings(entry: Entry) -> Iterator[tuple[Origin, str, tuple[str, ...]]]:
    """Yield what an entry can be found by and whose it is, too; the message first, which a draft may lack."""
    yield "message", entry.message, ()
    if not entry.in_layer:
        yield from (("title", title, ()) for title in entry.title.values())
        yield from (("phrase", phrase.text, phrase.shared) for phrase in entry.phrases)


def read_string(text: str) -> Text:
    """Read a string of an entry, a blank for each slot."""
    return read(take_out(text))


def fold_string(text: str) -> str:
    """Return a string of an entry as it is looked for in texts: folded, no slots, no marks at its ends.

    >>> fold_string("User '%s' is offline.")
    "user ' ' is offline"
    """
    return fold(take_out(text)).strip(_EDGES)
