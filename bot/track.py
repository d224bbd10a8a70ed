"""Work whose progress may be shown: a loop hands its items to a `Track`, which yields them again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Track(Protocol):
    """Yields the items, and shows how far it is. `what` is the key of a sentence that names the work."""

    def __call__(self, items: Collection[Item], what: str) -> Iterable[Item]:
        """Go through the items."""
        ...


def track_silently(items: Collection[Item], what: str) -> Iterable[Item]:  # noqa: ARG001 - nothing is shown
    """Yield the items, and show nothing."""
    return items
