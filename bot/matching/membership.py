"""Which strings are certainly not in a set: four bytes for each that is, and no other thread gets a turn.

Asked of each pair of words of each post, where a look into tantivy's index lets go of the interpreter: on a
busy desk, getting it back takes longer than all the rest of a post. Called by index.py.
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

    def may_hold(self, text: str) -> bool:
        """Say whether a string may be in the set; it is not where this is False.

        Of strings that aren't, one in 4,000 passes where a million are.

        >>> Membership.build(["token expired"]).may_hold("all green")
        False
        """
        found = crc32(text.encode())
        place = bisect_left(self._sums, found)
        return place < len(self._sums) and self._sums[place] == found
