"""The words the desk knows: which mean the same, which negate, which say nothing.

Built once from languages.yaml and the terms of all packs; features.py reads texts with it.
A Han form is looked up by characters, a Latin form by words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Literal, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from bot.knowledge.language import Language, Term
from bot.matching.text import HAN, REMEMBERED, fold

Sort = Literal["term", "negator", "chatter", "plain"]

LATIN_WORD = re.compile(r"(?:(?![\u3400-\u9fff\U00020000-\U0002ebef])[^\W\d_])+(?:'[a-z]+)?")

NOT = "not"
"""The name of a negator that met no polar term."""

LETTERS_A_SLIP = 4
"""Letters of a word for each slip, of which it has two at most: too many are one letter from a short one."""

LONGEST_WORD = 60
"""Letters of a word that may be several written together."""

STRANGE, CHATTER, FORM = 1.0, 0.5, 0.2
"""What a character that no word covers costs; a word that says nothing, or a slip; any other word."""


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

    @property
    def cost(self) -> float:
        """What a form of it costs where Chinese is read."""
        return CHATTER if self.sort == "chatter" else FORM


class Piece(NamedTuple):
    """What a part of a run is read as, up to `end`, and at which cost."""

    end: int
    letters: str
    cost: float
    sense: Sense | None = None
    slips: int = 0


class Spelling(NamedTuple):
    """The known words that a written word stands for, and how alike they are (0-1)."""

    words: tuple[str, ...]
    likeness: float


class Lexicon:
    """Forms by spelling: Han forms by characters, Latin forms by words joined with a space."""

    def __init__(
        self, senses: Iterable[tuple[str, Sense]], texts: Iterable[str], faults: Iterable[tuple[str, int]]
    ) -> None:
        """Index the forms; the words of `texts` (folded) count as known without having a sense.

        Of two senses of one form the first stands. `faults` are the (name, sign) that tell by themselves that
        something is wrong.
        """
        self.faults = frozenset(faults)
        self.han: dict[str, Sense] = {}
        self.latin: dict[str, Sense] = {}
        for form, sense in senses:
            if HAN.search(form):
                self.han.setdefault(form, sense)
            else:
                self.latin.setdefault(" ".join(LATIN_WORD.findall(form)), sense)
        self.negating_letters = "".join(
            form for form, sense in self.han.items() if sense.sort == "negator" and len(form) == 1
        )
        self._begun = frozenset(form[:end] for form in self.han for end in range(1, len(form) + 1))
        self._longest_latin = max((form.count(" ") + 1 for form in self.latin), default=1)
        known = {word for form in self.latin for word in form.split()}
        known.update(word for text in texts for word in LATIN_WORD.findall(text))
        self._known = frozenset(known)
        self._spellings: dict[str, Spelling] = {}
        telling = {
            word for form, sense in self.latin.items() if sense.sort != "chatter" for word in form.split()
        }
        self._misspellable = tuple(sorted(word for word in telling if len(word) >= LETTERS_A_SLIP))

    def knows(self, word: str) -> bool:
        """Say whether a Latin word is known as it is spelt."""
        return word in self._known

    def list_negators(self, folded: str) -> list[str]:
        """Return the negators of a folded text in reading order: Latin words, then Chinese characters."""
        words = (word for word in LATIN_WORD.findall(folded) if word in self.latin)
        latin = [word for word in words if self.latin[word].sort == "negator"]
        return latin + [letter for letter in folded if letter in self.negating_letters]

    def is_english(self, word: str) -> bool:
        """Say whether a Latin word is one, or several written together, that are known as they are spelt."""
        return len(word) > 1 and self.spell(word).likeness == 1.0

    def segment(self, run: str) -> list[tuple[int, int, Sense]]:
        """Return the forms in a run of Han characters, [start, end) each; as much as can be is understood."""
        read = find_cheapest(len(run), lambda start: self.list_pieces(run, start))
        return [(start, piece.end, piece.sense) for start, piece in read if piece.sense]

    def list_pieces(self, run: str, start: int) -> Iterator[Piece]:
        """Yield the forms that stand at `start`."""
        for end in range(start + 1, len(run) + 1):
            form = run[start:end]
            if form not in self._begun:
                break
            if sense := self.han.get(form):
                yield Piece(end, form, sense.cost, sense)

    def find_latin(self, words: list[str], start: int) -> tuple[int, Sense] | None:
        """Return the end and sense of the longest form that begins with the word at `start`."""
        for end in range(min(len(words), start + self._longest_latin), start, -1):
            sense = self.latin.get(" ".join(words[start:end]))
            if sense:
                return end, sense
        return None

    def spell(self, word: str) -> Spelling:
        """Return the known words that a written word stands for: itself, its parts, or the nearest one.

        An unknown word with no single nearest one stands for itself with likeness 0.
        """
        if self.knows(word):
            return Spelling((word,), 1.0)
        spelling = self._spellings.get(word)
        if spelling is None:
            parts = self._split(word)
            spelling = self._find_nearest(word, parts) or parts or Spelling((word,), 0.0)
            if len(self._spellings) < REMEMBERED:
                self._spellings[word] = spelling
        return spelling

    def _split(self, word: str) -> Spelling | None:
        """Split a word written together ("devicenotfound") into as few known ones as can be."""

        def weigh(part: str) -> float:
            return FORM * (len(part) > 1 and part in (self._known if len(part) > 2 else self.latin))

        parts = split_word(word, weigh)
        # Of words of two letters alone any name may be made: InnoDB isn't "in no".
        return Spelling(parts, 1.0) if parts and max(map(len, parts)) > 2 else None

    def _find_nearest(self, word: str, parts: Spelling | None) -> Spelling | None:
        """Find the telling word that has the fewest slips; of equally near ones a term's.

        Each blank that `parts` lack is a slip, too. Where two terms are equally near, it is none of them.
        """
        allowed = min(2, len(word) // LETTERS_A_SLIP, len(parts.words) - 1 if parts else 2)
        if not allowed:
            return None
        near = process.extract(
            word, self._misspellable, scorer=OSA.distance, score_cutoff=allowed, limit=None
        )
        # A letter left out is likelier than another one in its place: "ofline" is "offline".
        ranks = {
            known: (edits, Indel.distance(word, known), known[0] != word[0], not self._is_term(known))
            for known, edits, _ in near
        }
        best = min(ranks.values(), default=None)
        level = [known for known, rank in ranks.items() if rank == best]
        if best is None or len({self.latin.get(known, known) for known in level}) > 1:
            return None
        return Spelling((level[0],), 1 - best[0] / len(word))

    def _is_term(self, known: str) -> bool:
        sense = self.latin.get(known)
        return sense is not None and sense.sort == "term"


def split_word(word: str, weigh: Callable[[str], float | None]) -> tuple[str, ...]:
    """Return the parts that make up a word at the least cost; none of one that has other letters as well.

    What costs nothing is no part.

    >>> split_word("devicenotfound", {"device": 1, "not": 1, "no": 1, "found": 1}.get)
    ('device', 'not', 'found')
    """
    if len(word) > LONGEST_WORD:
        return ()

    def list_parts(start: int) -> Iterator[Piece]:
        for end in range(start + 1, len(word) + 1):
            if cost := weigh(word[start:end]):
                yield Piece(end, word[start:end], cost)

    parts = tuple(piece.letters for _, piece in find_cheapest(len(word), list_parts))
    return parts if sum(map(len, parts)) == len(word) else ()


def find_cheapest(size: int, list_pieces: Callable[[int], Iterable[Piece]]) -> list[tuple[int, Piece]]:
    """Return the pieces of the cheapest way through a run of so many characters, each with its start.

    A character that none of them covers is strange. Of two ways that cost the same the one with fewer slips
    is taken, then the one with the longer piece first.
    """
    costs = [0.0] * (size + 1)
    chosen: dict[int, Piece] = {}
    for start in range(size - 1, -1, -1):
        best = (costs[start + 1] + STRANGE, 0, -start - 1)
        for piece in list_pieces(start):
            rank = (piece.cost + costs[piece.end], piece.slips, -piece.end)
            if rank < best:
                best, chosen[start] = rank, piece
        costs[start] = best[0]
    read: list[tuple[int, Piece]] = []
    start = 0
    while start < size:
        if start in chosen:
            read.append((start, chosen[start]))
        start = chosen[start].end if start in chosen else start + 1
    return read


def senses(languages: Iterable[Language], terms: Iterable[Term]) -> Iterator[tuple[str, Sense]]:
    """Yield every folded form with its sense, then what dialects say for the forms."""
    languages = tuple(languages)
    forms = list(_list_senses(languages, terms))
    yield from ((form, sense) for form, _, sense in forms)
    dialects = {
        each.id: {fold(standard): tuple(map(fold, words)) for standard, words in each.dialect.items()}
        for each in languages
    }
    for form, language, sense in forms:
        if sense.sort != "plain" and dialects.get(language):
            yield from ((said, sense) for said in list_spellings(form, dialects[language]))


def list_spellings(form: str, dialect: Mapping[str, Sequence[str]]) -> list[str]:
    """Return a form as it is, then with each choice of its parts said in dialect.

    >>> list_spellings("找不到", {"不": ["唔"], "找": ["揾"]})
    ['找不到', '找唔到', '揾不到', '揾唔到']
    """
    parts = re.split(f"({'|'.join(map(re.escape, dialect))})", form)
    return ["".join(said) for said in product(*((part, *dialect.get(part, ())) for part in parts))]


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
    told = (term for term in terms if term.polar or term.tells_fault)
    signs = ((term.name, (1 if term.tells_fault else -1) if term.polar else 0) for term in told)
    return frozenset({(NOT, -1), *signs})
