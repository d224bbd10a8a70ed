"""The shapes of what the desk knows: entries, packs, languages, terms. No file is read here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Localized = Mapping[str, str]
"""A text by language id ("en", "zh")."""

MOST_DIGITS = 18
"""Digits of the longest number read; int() itself refuses more than 4300, and no product has such codes."""

Basis = Literal["source", "field", "inference"]
"""Where a statement comes from: the pack's sources state it, it was seen in practice, or it is concluded."""

Audience = Literal["public", "internal"]
Status = Literal["current", "draft", "retired"]
"""current: answered. draft: not answered until published. retired: answered, with its successor."""


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
class Source:
    """A document, a program or a place of discussion; `date` is the day it was read, as YYYY-MM-DD.

    `address` is "" where there is none that everybody may open.
    """

    title: Localized
    address: str
    date: str


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

    @property
    def strings(self) -> tuple[str, ...]:
        """Everything the entry is found by: message, titles, phrases; in a layer pack the message alone."""
        if self.in_layer:
            return (self.message,)
        return (self.message, *self.title.values(), *(phrase.text for phrase in self.phrases))


@dataclass(frozen=True, slots=True)
class Term:
    """Words of several languages that mean the same.

    `forms` and `opposites` hold the words by language id. A polar term can be negated:
    "not online" is the opposite of "online", as is "offline", which stands in `opposites`.
    A term that `tells_fault` says by itself that something is wrong ("expired"). One that `has_middle`
    is not turned by a negator: who has not agreed has not rejected.
    """

    name: str
    forms: Mapping[str, tuple[str, ...]]
    opposites: Mapping[str, tuple[str, ...]]
    polar: bool
    tells_fault: bool = False
    has_middle: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """How one language is named and read; every difference between languages stands here.

    `code_words` name a number as an error code by themselves (错误码); `hint_words` may (返回).
    `behind_words` hint at a code right before them (28504 error). `glued_words` are what an identifier ends
    in before a code (bind_reply-2043). `other_systems` are names of systems with codes of their own.
    `contrasts` stand between two codes (instead of), `range_words` between the ends of a range,
    `alternatives` between two codes of which one is meant (or maybe). `asking_words` stand before or behind
    a number that is asked about (what about), `done_words` begin what was done about an error (already).
    `hypotheticals` tell what may happen, not what did.
    `units` follow a number that counts or measures; `number_words` precede a number that is
    something else (port, 订单), `amount_words` one that may be an amount (about); `not_units` begin
    like a unit and are none (页面). `absences` are negators that deny the thing they stand before
    (没有 + noun). `joiners` stand between the items of a list, `meaning_words` between a code and what
    it means. `how_to` opens a question about how a thing is done; `remedies` tell that a fault
    is to be fixed after all. `chatter` says nothing about the fault. `plain_words` are ordinary
    words a letter away from a word of the trade, and not that word misspelt (main, mail).
    `headings` are words of a table's headings by the field that they name, `heading_names` what headings call
    the language itself (英文), `absent_cells` what stands in a cell that holds nothing (N/A).
    """

    id: str
    name: str
    scripts: tuple[str, ...]
    negators: tuple[str, ...]
    absences: tuple[str, ...]
    code_words: tuple[str, ...]
    hint_words: tuple[str, ...]
    behind_words: tuple[str, ...]
    glued_words: tuple[str, ...]
    other_systems: tuple[str, ...]
    contrasts: tuple[str, ...]
    range_words: tuple[str, ...]
    alternatives: tuple[str, ...]
    asking_words: tuple[str, ...]
    done_words: tuple[str, ...]
    hypotheticals: tuple[str, ...]
    number_words: tuple[str, ...]
    amount_words: tuple[str, ...]
    units: tuple[str, ...]
    not_units: tuple[str, ...]
    joiners: tuple[str, ...]
    meaning_words: tuple[str, ...]
    how_to: tuple[str, ...]
    remedies: tuple[str, ...]
    chatter: tuple[str, ...]
    plain_words: tuple[str, ...]
    help_words: tuple[str, ...]
    mute_words: tuple[str, ...]
    state_words: tuple[str, ...]
    firing_words: tuple[str, ...]
    resolved_words: tuple[str, ...]
    greetings: tuple[str, ...]
    thanks: tuple[str, ...]
    beside_thanks: tuple[str, ...]
    pointers: tuple[str, ...]
    until_words: tuple[str, ...]
    tomorrow_words: tuple[str, ...]
    minute_words: tuple[str, ...]
    hour_words: tuple[str, ...]
    day_words: tuple[str, ...]
    heading_names: tuple[str, ...]
    absent_cells: tuple[str, ...]
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """The words for "error code" of a language that the desk reads and doesn't write (see Language)."""

    code_words: tuple[str, ...]
    hint_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Codes that belong together, and who looks after them.

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
class CodeSet:
    """Some codes: inclusive ranges of numbers, beginnings (`PAY_*`) and single spellings, both folded."""

    ranges: tuple[tuple[int, int], ...] = ()
    beginnings: tuple[str, ...] = ()
    spellings: frozenset[str] = frozenset()

    def __contains__(self, code: object) -> bool:
        """Say whether a code is one of them, without regard to case."""
        if not isinstance(code, str):
            return False
        number = read_number(code)
        if number is not None and any(low <= number <= high for low, high in self.ranges):
            return True
        folded = code.lower()
        return folded in self.spellings or folded.startswith(self.beginnings)

    def __str__(self) -> str:
        """Write them as pack.yaml does."""
        ranges = (f"{low}-{high}" for low, high in self.ranges)
        return ", ".join([*ranges, *(f"{start}*" for start in self.beginnings), *sorted(self.spellings)])


@dataclass(frozen=True, slots=True)
class CodeShape:
    """What a pack's codes look like.

    `digits` is (fewest, most); (0, 0) where no code is a plain number. `prefixes` are letters that may stand
    before the digits (E28504). `negative` are numbers that are also printed with a minus sign, which is
    dropped; of those in `signed` the sign is a part. `distinctive` are codes that hardly any other system
    uses. `patterns` are the shapes of codes that are no plain numbers.
    """

    digits: tuple[int, int]
    distinctive: CodeSet = CodeSet()
    prefixes: tuple[str, ...] = ()
    negative: CodeSet = CodeSet()
    signed: CodeSet = CodeSet()
    patterns: tuple[str, ...] = ()

    def fits(self, digits: str) -> bool:
        """Say whether a number has as many digits as the pack's codes."""
        return self.digits[0] <= len(digits) <= self.digits[1]


@dataclass(frozen=True, slots=True)
class Pack:
    """One product's codes, and what is special to reading that product's texts.

    `names` are what people call the platform; `evidence` are words that only this platform uses; `subjects`
    the terms a phrase must be said of to be taken for an error of the platform's devices. `spellings` leads
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


@dataclass(frozen=True, slots=True)
class Question:
    """A golden question: a text and the codes that answer it.

    With `any_of` each expected code is right alone; else all of them are due.
    No expected code: the desk must not answer. One that `is_generated` asks in the entry's own words.
    """

    text: str
    expected: tuple[str, ...]
    kind: str
    language: str = ""
    mode: Literal["ask", "watch"] = "ask"
    any_of: bool = False
    eager: bool = False
    is_generated: bool = False
    id: str = ""
    path: str = ""
    line: int = 0


def pick_text(texts: Localized, language: str) -> str:
    """Return the text in a language, else in the first that has one; "" where none has.

    >>> pick_text({"en": "offline", "zh": ""}, "zh"), pick_text({}, "en")
    ('offline', '')
    """
    return texts.get(language) or next(filter(None, texts.values()), "")


def read_number(code: str) -> int | None:
    """Return the number that a code is, if it is one: ASCII digits, with a minus sign or without.

    >>> read_number("-35"), read_number("0x35"), read_number("E35")
    (-35, None, None)
    """
    digits = code.removeprefix("-")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS
    return int(code) if is_number else None
