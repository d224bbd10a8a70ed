"""One documented code, and the parts of its entry. No file is read here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Localized = Mapping[str, str]
"""A text by language id ("en", "zh")."""

Basis = Literal["source", "field", "inference"]
"""Where a statement comes from: the pack's sources state it, it was seen in practice, or it is concluded."""

Audience = Literal["public", "internal"]
Status = Literal["current", "draft", "retired"]
"""current: answered. draft: not answered until published. retired: answered, its successor named, if any."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way people say what an entry means.

    `shared` holds the codes of the other entries that this phrase is also true of.
    """

    text: str
    language: str
    shared: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Citation:
    """A source of the pack by its name, and the place in it: a path, the numbers of threads."""

    source: str
    at: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an imported entry comes from: the file, its sheet, the line, and the column of each text."""

    file: str
    line: int
    sheet: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One action that helps, or a note; `seen` names the source that shows it in practice."""

    text: Localized
    basis: Basis
    audience: Audience = "public"
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """A pointer to another entry, and why one would look there."""

    code: str
    why: Localized
    line: int = 0
    pack: str = ""

    @property
    def id(self) -> str:
        """`pack/code` of the entry pointed to."""
        return f"{self.pack}/{self.code}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One documented code. Identity is `pack/code`; `code` is text, never a number.

    `message` is "" where no reply of the API with this code is known word for word. `borrowed` names the
    fields that the family gives, for the entry has none of its own. `same_fault` holds the ids of the
    entries of the primary pack that this one repeats for another layer. `in_layer` tells that the entry's
    pack has a primary one, to which the words belong.
    `aliases` are other spellings of the same fault (I404NF in a header beside 404).
    """

    pack: str
    code: str
    message: str
    family: str
    title: Localized
    description: Localized
    cause: Localized
    cause_basis: Basis
    steps: tuple[Step, ...]
    customer: Localized
    phrases: tuple[Phrase, ...] = ()
    situation: Localized = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    audience: Audience = "public"
    status: Status = "current"
    replaced_by: str | None = None
    cause_seen: str = ""
    notes: tuple[Step, ...] = ()
    sources: tuple[Citation, ...] = ()
    same_fault: tuple[str, ...] = ()
    borrowed: tuple[str, ...] = ()
    in_layer: bool = False
    origin: Origin | None = None
    aliases: tuple[str, ...] = ()
    path: str = ""
    line: int = 0

    @property
    def id(self) -> str:
        """`pack/code`, unique among all packs."""
        return f"{self.pack}/{self.code}"

    def find_name(self, written: str) -> str:
        """Return the alias that is written so, in lower case; else the code."""
        return next((alias for alias in self.aliases if alias.lower() == written), self.code)

    @property
    def strings(self) -> tuple[str, ...]:
        """Everything the entry is found by: message, titles, phrases; in a layer pack the message alone."""
        if self.in_layer:
            return (self.message,)
        return (self.message, *self.title.values(), *(phrase.text for phrase in self.phrases))


def pick_text(texts: Localized, language: str) -> str:
    """Return the text in a language, else in the first that has one; "" where none has.

    >>> pick_text({"en": "offline", "zh": ""}, "zh"), pick_text({}, "en")
    ('offline', '')
    """
    return texts.get(language) or next(filter(None, texts.values()), "")
