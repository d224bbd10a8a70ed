"""The words the desk knows: which mean the same, which negate, which say nothing.

Built once from languages.yaml and the terms of all packs; features.py reads texts with it.
A Han form is looked up by characters, a Latin form by words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from bot.knowledge.language import Language, Term
from bot.matching.dialect import list_spellings
from bot.matching.text import HAN, fold

Sort = Literal["term", "negator", "chatter", "plain"]

LATIN_WORD = re.compile(r"(?:(?![\u3400-\u9fff\U00020000-\U0002ebef])[^\W\d_])+(?:'[a-z]+)?")

NOT = "not"
"""The name of a negator that met no polar term."""

SHORTEST_MISSPELT = 4
"""A word shorter than this is never taken for a misspelt one: too many others are one letter away."""


_NOT_UNDERSTOOD, _CHATTER, _FORM = 1.0, 0.5, 0.2
"""What a character outside any form costs a segmentation, a piece of chatter, any other form."""


REMEMBERED = 20_000
"""Written words whose spelling is remembered; a bound on memory, not on what is read."""


class Sense(NamedTuple):
    """What a form stands for.

    `sign` is -1 for an opposite, +1 for the other side of a polar term, else 0. `denies` marks a
    negator that denies the thing it stands before (没有 + noun); `firm` a polar term that no negator turns.
    The `name` of chatter is what it does besides: "report" announces somebody's words, "pause" a new clause.
    """

    sort: Sort
    name: str
    sign: int
    denies: bool = False
    firm: bool = False


class Spelling(NamedTuple):
    """The known words that a written word stands for, and how alike they are (0-1)."""

    words: tuple[str, ...]
    likeness: float


class Lexicon:
    """Forms by spelling: Han forms by characters, Latin forms by words joined with a space."""

    def __init__(
        self,
        senses: Iterable[tuple[str, Sense]],
        texts: Iterable[str],
        faults: Iterable[tuple[str, int]],
        dialect: Iterable[tuple[str, Sense]] = (),
    ) -> None:
        """Index the forms; the words of `texts` (folded) count as known without having a sense.

        `faults` are the (name, sign) that tell by themselves that something is wrong. `dialect` are Han forms
        that are read as written only: by their sound they would be other words.
        """
        self.faults = frozenset(faults)
        self.han: dict[str, Sense] = {}
        self.latin: dict[str, Sense] = {}
        for form, sense in senses:
            if HAN.search(form):
                self.han.setdefault(form, sense)
            else:
                self.latin.setdefault(" ".join(LATIN_WORD.findall(form)), sense)
        self.standard_han = dict(self.han)
        for form, sense in dialect:
            self.han.setdefault(form, sense)
        self.negating_letters = "".join(
            form for form, sense in self.han.items() if sense.sort == "negator" and len(form) == 1
        )
        self.longest_han = max(map(len, self.han), default=1)
        self.longest_latin = max((form.count(" ") + 1 for form in self.latin), default=1)
        known = {word for form in self.latin for word in form.split()}
        known.update(word for text in texts for word in LATIN_WORD.findall(text))
        self._known = frozenset(known)
        self._spellings: dict[str, Spelling] = {}
        telling = {
            word for form, sense in self.latin.items() if sense.sort != "chatter" for word in form.split()
        }
        self._misspellable = tuple(sorted(word for word in telling if len(word) >= SHORTEST_MISSPELT))

    def knows(self, word: str) -> bool:
        """Say whether a Latin word is known as it is spelt."""
        return word in self._known

    def segment(self, run: str) -> list[tuple[int, int, Sense]]:
        """Return the forms in a run of Han characters, [start, end) each; as much as can be is understood."""
        size = len(run)
        costs = [0.0] * (size + 1)
        steps: list[tuple[int, Sense | None]] = [(size, None)] * (size + 1)
        for start in range(size - 1, -1, -1):
            best = costs[start + 1] + _NOT_UNDERSTOOD
            step: tuple[int, Sense | None] = (start + 1, None)
            for end in range(start + 1, min(size, start + self.longest_han) + 1):
                sense = self.han.get(run[start:end])
                if sense:
                    cost = costs[end] + (_CHATTER if sense.sort == "chatter" else _FORM)
                    if cost <= best:
                        best, step = cost, (end, sense)
            costs[start], steps[start] = best, step
        forms: list[tuple[int, int, Sense]] = []
        start = 0
        while start < size:
            end, sense = steps[start]
            if sense:
                forms.append((start, end, sense))
            start = end
        return forms

    def find_latin(self, words: list[str], start: int) -> tuple[int, Sense] | None:
        """Return the end and sense of the longest form that begins with the word at `start`."""
        for end in range(min(len(words), start + self.longest_latin), start, -1):
            sense = self.latin.get(" ".join(words[start:end]))
            if sense:
                return end, sense
        return None

    def spell(self, word: str) -> Spelling:
        """Return the known words that a written word stands for: itself, the nearest one, or its parts.

        An unknown word with no single nearest one stands for itself with likeness 0.
        """
        if self.knows(word):
            return Spelling((word,), 1.0)
        spelling = self._spellings.get(word)
        if spelling is None:
            spelling = self._parts(word) or self._nearest(word) or Spelling((word,), 0.0)
            if len(self._spellings) < REMEMBERED:
                self._spellings[word] = spelling
        return spelling

    def _nearest(self, word: str) -> Spelling | None:
        """Find the telling word within an edit (two from eight letters on); of equally near ones a term's.

        Where two terms are equally near, the word is none of them.
        """
        if not SHORTEST_MISSPELT <= len(word) <= 24:
            return None
        allowed = 1 if len(word) < 8 else 2
        near = [
            found
            for found in process.extract(
                word, self._misspellable, scorer=OSA.distance, score_cutoff=allowed, limit=12
            )
            if found[1] == 1 or found[0][0] == word[0]
        ]
        if not near:
            return None
        edits = near[0][1]
        level = [known for known, distance, _ in near if distance == edits]
        # A letter left out is likelier than another one in its place: "ofline" is "offline".
        fewest = min(Indel.distance(word, known) for known in level)
        level = [known for known in level if Indel.distance(word, known) == fewest]
        for keep in (lambda known: known[0] == word[0], self._is_term):
            level = [known for known in level if keep(known)] or level
        if len({self.latin.get(known, known) for known in level}) > 1:
            return None
        return Spelling((level[0],), 1 - edits / max(len(word), 5))

    def _is_term(self, known: str) -> bool:
        sense = self.latin.get(known)
        return sense is not None and sense.sort == "term"

    def _parts(self, word: str) -> Spelling | None:
        """Split a word written together ("devicenotfound") into known ones of three letters or more."""
        if not 6 <= len(word) <= 48:
            return None
        reached: dict[int, tuple[str, ...]] = {0: ()}
        for end in range(3, len(word) + 1):
            for start in range(max(0, end - 20), end - 1):
                part = word[start:end]
                if start in reached and part in self._known and (len(part) > 2 or part in self.latin):
                    parts = (*reached[start], part)
                    if end not in reached or len(parts) < len(reached[end]):
                        reached[end] = parts
        whole = reached.get(len(word))
        return Spelling(whole, 1.0) if whole and len(whole) > 1 else None


def senses(languages: Iterable[Language], terms: Iterable[Term]) -> Iterator[tuple[str, Sense]]:
    """Yield every folded form with its sense; of two senses of one form the first stands."""
    yield from ((form, sense) for form, _, sense in _list_senses(tuple(languages), terms))


def dialect_senses(languages: Iterable[Language], terms: Iterable[Term]) -> Iterator[tuple[str, Sense]]:
    """Yield what dialects say for the forms, folded, each with its form's sense."""
    languages = tuple(languages)
    dialects = {
        each.id: {fold(standard): tuple(map(fold, words)) for standard, words in each.dialect.items()}
        for each in languages
    }
    for form, language, sense in _list_senses(languages, terms):
        if sense.sort != "plain":
            spellings = list_spellings(form, dialects.get(language, {}))
            yield from ((spelling, sense) for spelling in spellings if spelling != form)


def _list_senses(languages: tuple[Language, ...], terms: Iterable[Term]) -> Iterator[tuple[str, str, Sense]]:
    """Yield every folded form, its language and its sense."""
    for term in terms:
        for sides, sign in ((term.opposites, -1), (term.forms, 1)):
            sense = Sense("term", term.name, sign if term.polar else 0, firm=term.has_middle)
            for language_id, forms in sides.items():
                yield from ((fold(form), language_id, sense) for form in forms)
    for language in languages:
        denying = {fold(form) for form in language.absences}
        for form in map(fold, (*language.absences, *language.negators)):
            yield form, language.id, Sense("negator", NOT, -1, form in denying)
    for language in languages:
        for mark, forms in (("report", language.reporting_words), ("pause", language.conjunctions)):
            yield from ((fold(form), language.id, Sense("chatter", mark, 0)) for form in forms)
        for form in (*language.chatter, *language.hint_words):
            yield fold(form), language.id, Sense("chatter", "", 0)
        for word in map(fold, language.plain_words):
            if HAN.match(word):
                yield word, language.id, Sense("plain", word, 0)


def find_faults(terms: Iterable[Term]) -> frozenset[tuple[str, int]]:
    """Return the (name, sign) of what says by itself that something is wrong."""
    faults = {(NOT, -1)}
    for term in terms:
        if not term.polar and term.tells_fault:
            faults.add((term.name, 0))
        elif term.polar:
            faults.add((term.name, 1 if term.tells_fault else -1))
    return frozenset(faults)
