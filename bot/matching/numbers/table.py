"""The tables of this folder. A row tells what stands around a number, and what that is worth.

`number` is what the number looks like, `line` all that stands before it on its line, `before` ends what comes
before it, `behind` begins what follows it,
`label` names words (an attribute of Words) one of which ends its label, `needs` are attributes of what stands
around it, and `says` is a method of that, which tests what the group `said` holds. A row holds if all that it
names does; what the rows of a table come to is decided where it is used.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from bot.knowledge.yaml_text import parse_rows
from bot.matching.text import HAN

if TYPE_CHECKING:
    from bot.matching.numbers.around import Around

_PARTS = {
    "HAN": HAN.pattern,
    "UNSPACED": rf"(?:{HAN.pattern}|[\u3040-\u30ff\uac00-\ud7af])",  # kana and Hangul, too
}


class Row(NamedTuple):
    """A row of a table, worth `ask` where somebody asks and `watch` in a post."""

    name: str
    ask: int
    watch: int
    number: re.Pattern[str]
    line: re.Pattern[str] | None
    before: re.Pattern[str]
    behind: re.Pattern[str]
    label: str
    needs: tuple[str, ...]
    says: str

    def holds(self, at: Around) -> bool:
        """Say whether all that the row names stands around a number."""
        if not self.number.match(at.digits) or (self.label and not at.ends_with(self.label)):
            return False
        if self.line and not self.line.fullmatch(at.line):
            return False
        before = self.before.search(at.before)
        behind = self.behind.match(at.behind) if before else None
        if not before or not behind or not all(getattr(at, need) for need in self.needs):
            return False
        groups = {**before.groupdict(), **behind.groupdict()}
        return not self.says or bool(getattr(at, self.says)(groups["said"]))


def load_rows(name: str, words: Mapping[str, str] | None = None) -> tuple[Row, ...]:
    """Read a table; {names} in its patterns stand for `words`."""
    parts = {**_PARTS, **(words or {})}

    def fill(pattern: str) -> str:
        return re.sub(r"\{([A-Za-z]+)\}", lambda found: parts[found[1]], pattern)

    return tuple(
        Row(
            name=row["name"],
            ask=int(row.get("ask", "0")),
            watch=int(row.get("watch", "0")),
            number=re.compile(rf"(?:{row['number']})\Z" if "number" in row else ""),
            line=re.compile(fill(row["line"])) if "line" in row else None,
            before=re.compile(rf"(?:{fill(row['before'])})\Z" if "before" in row else ""),
            behind=re.compile(fill(row.get("behind", ""))),
            label=row.get("label", ""),
            needs=tuple(row.get("needs", "").split()),
            says=row.get("says", ""),
        )
        for row in parse_rows(files(__package__).joinpath(name).read_bytes())
    )
