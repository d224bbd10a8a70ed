"""One product's codes: its families, its sources, and what is special to reading its texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.knowledge.codes import CodeSet, CodeShape
from bot.knowledge.entry import Entry, Localized, Step
from bot.knowledge.language import Term


@dataclass(frozen=True, slots=True)
class Source:
    """A document, a program or a place of discussion; `date` is the day it was read, as YYYY-MM-DD.

    `address` is "" where there is none that everybody may open.
    """

    title: Localized
    address: str
    date: str


OWNER = re.compile("[UWS][A-Z0-9]{2,30}")
"""The id that Slack gives a person (U, W) or a user group (S)."""


@dataclass(frozen=True, slots=True)
class Family:
    """Codes that belong together, and who looks after them: `owners` are ids of people or groups in Slack.

    `terms` are what texts about them speak of; `signs` are those of them that tell the platform beside a code
    that is named as one, for few other systems have them. `cause`, `steps` and `customer` serve an entry that
    has none of its own; they are inference.
    """

    id: str
    title: Localized
    codes: CodeSet
    owners: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    cause: Localized = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    customer: Localized = field(default_factory=dict)
    signs: tuple[str, ...] = ()

    def holds(self, code: str) -> bool:
        """Say whether the code is one of the family's."""
        return code in self.codes


@dataclass(frozen=True, slots=True)
class Pack:
    """One product's codes, and what is special to reading that product's texts.

    `names` are what people call the platform; `evidence` are words that only this platform uses; `subjects`
    the terms a phrase must be said of to be taken for an error of the platform's devices; `own_things` those
    of them by which no other trade calls its own things (no scene of a play). `spellings` leads
    from what else a code is written as, folded, to the code: aliases, symbols, hexadecimal codes in decimal.
    `primary` is the id of the pack beside which this one holds a layer's codes, or ""; that pack's evidence,
    subjects and field names count here too. Entries cite `sources` by name.
    """

    id: str
    title: Localized
    source_title: Localized
    source_date: str
    shape: CodeShape
    families: Mapping[str, Family]
    evidence: tuple[str, ...]
    subjects: tuple[str, ...]
    own_things: tuple[str, ...]
    code_fields: tuple[str, ...]
    message_fields: tuple[str, ...]
    http_like: frozenset[str]
    never_watched: frozenset[str]
    terms: tuple[Term, ...]
    entries: Mapping[str, Entry]
    names: tuple[str, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    primary: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)

    def find_family(self, code: str) -> Family | None:
        """Return the family that the code belongs to by its number or its beginning, if any."""
        return next((family for family in self.families.values() if code in family.codes), None)

    def find_code(self, spelling: str) -> str | None:
        """Return the documented code that is written so, without regard to case, if any."""
        if spelling in self.entries:
            return spelling
        found = self.spellings.get(spelling.lower())
        if found is None and spelling[:1] == "-" and spelling[1:] in self.shape.negative:
            found = spelling[1:] if spelling[1:] in self.entries else None
        return found

    def find_entry(self, spelling: str, is_negative: bool = False) -> Entry | None:
        """Return the entry of a code that is written so; behind a minus sign only if the pack prints one."""
        code = self.find_code(spelling)
        if code is None or (is_negative and spelling not in self.shape.negative):
            return None
        return self.entries[code]
