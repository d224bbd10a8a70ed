"""Which strings are certainly not in a set: four bytes for each that is, and no other thread gets a turn.

Asked of each pair of words of each post, where a look into tantivy's index lets go of the interpreter: on a
busy desk, getting it back takes longer than all the rest of a post.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from zlib import crc32

_FOUR_BYTES = "I"


class Membership:
    """A set of strings, known by their CRC-32 alone. It never changes."""

    def __init__(self, told: bytes = b"") -> None:
        """Take what tell() told on this machine; by default there is nothing in it."""
        self._sums = array(_FOUR_BYTES, told)

    @classmethod
    def build(cls, members: Iterable[str]) -> Membership:
        """Return the set of these strings."""
        return cls(array(_FOUR_BYTES, sorted({crc32(member.encode()) for member in members})).tobytes())

    def tell(self) -> bytes:
        """Return it as bytes."""
        return self._sums.tobytes()

    def sift(self, texts: Iterable[str]) -> set[str]:
        """Return those of some strings that may be in the set; of the others none is.

        Of strings that aren't, one in 4,000 passes where a million are.

        >>> Membership.build(["token expired"]).sift(["token expired", "all green"])
        {'token expired'}
        """
        sums, most = self._sums, len(self._sums)
        found = ((text, crc32(text.encode())) for text in texts)
        places = ((text, told, bisect_left(sums, told)) for text, told in found)
        return {text for text, told, place in places if place < most and sums[place] == told}
