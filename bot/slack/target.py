"""What a modal would post, and where: its metadata, which come back with each click in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_METADATA = re.compile(
    r"(?P<channel>[A-Za-z0-9]{0,100}) (?P<root>[0-9.]{0,100}) (?P<value>[^\ud800-\udfff]*)"
)


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
    """Read it; of a modal that has none, or others' metadata, every part is empty."""
    found = _METADATA.fullmatch(metadata)
    return Target(found["channel"], found["root"], found["value"]) if found else Target("", "", "")
