"""What a modal would post, and where: its metadata, which come back with each click in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """The thread that `root` begins in a channel; `value` is that of a Recall."""

    channel: str
    root: str
    value: str

    def write(self) -> str:
        """Return it as the modal's metadata, at most 3,000 characters."""
        return f"{self.channel} {self.root} {self.value}"


def read_target(metadata: str) -> Target:
    """Read it; of a modal that has none every part is empty."""
    return Target(*[*metadata.split(" ", 2), "", "", ""][:3])
