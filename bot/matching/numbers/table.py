"""The tables of this folder. A row tells what stands around a number, and what that is worth.

A row looks at parts of the Neighbourhood: `number`, what the number looks like; `line`, all that stands
before it on its line; `before` and `clause` end what comes before it, `clause` within its clause; `behind`
and `rest` begin what follows it, `rest` on its line. `label` names a setting, one of whose words ends its
label. Of what the table asks (its head tells), `needs` are attributes, none of `unless`
may hold, and `says` is a method that tests the group `said`. A `bare` row holds where nothing calls the
number a code. A row holds if all that it names does; what the rows come to is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib.resources import files
from operator import attrgetter
from typing import NamedTuple

from bot.knowledge.yaml_text import parse_rows
from bot.matching.numbers.neighbourhood import Neighbourhood
from bot.matching.numbers.words import Words

_ENDS, _BEGINS, _WHOLE = ("before", "clause"), ("behind", "rest"), ("number", "line")


class Row(NamedTuple):
    """A row of a table, worth `ask` where somebody asks and `watch` in a post."""

    name: str
    ask: int
    watch: int
    bare: bool
    parts: Mapping[str, Callable[[str], re.Match[str] | None]]
    label: str
    needs: tuple[attrgetter[object], ...]
    unless: tuple[attrgetter[object], ...]
    says: attrgetter[Callable[[str], object]] | None

    def holds(self, at: Neighbourhood, asked: object) -> bool:
        """Say whether all that the row names stands around a number."""
        said = ""
        for part, find in self.parts.items():
            found = find(getattr(at, part))
            if found is None:
                return False
            if self.says:
                said = found.groupdict().get("said") or said
        if self.label and not at.ends_with(self.label):
            return False
        if not all(need(asked) for need in self.needs) or any(never(asked) for never in self.unless):
            return False
        return self.says is None or bool(self.says(asked)(said))


def load_rows(name: str, words: Words) -> tuple[Row, ...]:
    """Read a table."""
    return tuple(
        Row(
            name=row["name"],
            ask=int(row.get("ask", "0")),
            watch=int(row.get("watch", "0")),
            bare="bare" in row,
            parts={
                **{part: words.compile(row[part]).fullmatch for part in _WHOLE if part in row},
                **{part: words.compile(rf"(?:{row[part]})\Z").search for part in _ENDS if part in row},
                **{part: words.compile(row[part]).match for part in _BEGINS if part in row},
            },
            label=row.get("label", ""),
            needs=tuple(map(attrgetter, row.get("needs", "").split())),
            unless=tuple(map(attrgetter, row.get("unless", "").split())),
            says=attrgetter(row["says"]) if "says" in row else None,
        )
        for row in parse_rows(files(__package__).joinpath(name).read_bytes())
    )
