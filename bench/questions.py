"""The generator: questions made from a knowledge's own strings, with the codes that answer them.

Slots are filled, strings edited, spelt otherwise, cut and wrapped, spread evenly over kinds, languages and
entries. What a person couldn't decide either is thrown away. The same seed makes the same questions.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import get_args

from bench.edits import CHINESE_EDITS, LATIN_EDITS, Edit, Editor
from bench.slots import Piece, Pieces, cut_end, cut_start, fill, is_telling, join, join_fixed
from bench.spellings import Spelling, spell
from bench.strings import Codes, Source, Strings
from bench.wrappers import Wrapper, put_code, wrap
from bot.knowledge.question import Question
from bot.knowledge.snapshot import Knowledge

EDITS, SPELLINGS, WRAPPERS = get_args(Edit), get_args(Spelling), get_args(Wrapper)
TYPO, CUTS, CODED, PLAIN = "typo", ("cut end", "cut start"), "code", "plain"
BOTH_EDITED = ("full-width", "Traditional", "word order")  # spellings that are made of slips as well
MOST_SHARED = 5  # codes that one question may be right for
SUCCESS = "success"  # the term of what is no fault; no line of a log that tells a fault wraps it


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of question in one language with so many edits (0, 1, 2)."""

    kind: str
    language: str
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Generated:
    """A question and the cell it was made for. Of several expected codes each is right alone."""

    question: Question
    cell: Cell


def list_cells() -> tuple[Cell, ...]:
    """Return what is made of written entries: slips once and twice, spellings, wrappers."""
    cells: list[Cell] = []
    for language, edits in (("en", LATIN_EDITS), ("zh", CHINESE_EDITS)):
        cells += (Cell(kind, language, times) for kind in edits for times in (1, 2))
        for kind in SPELLINGS:
            if language == "zh" or kind in ("full-width", "word order"):
                cells += (Cell(kind, language, times) for times in range(1 + (kind in BOTH_EDITED)))
        cells += (Cell(kind, language, times) for kind in WRAPPERS for times in (0, 1, 2))
    return tuple(cells)


def list_unseen_cells() -> tuple[Cell, ...]:
    """Return what is made of a table that nobody wrote phrases for."""
    kinds = (PLAIN, *CUTS, TYPO, "log", "JSON", CODED)
    return tuple(Cell(kind, language, int(kind == TYPO)) for kind in kinds for language in ("en", "zh"))


class Generator:
    """Makes questions of one knowledge."""

    def __init__(self, knowledge: Knowledge, is_written: bool = True) -> None:
        """Collect the strings, and what an edit must not make.

        Where nobody wrote the entries, a message of one word is asked about by its code alone.
        """
        self._is_written = is_written
        self._strings = Strings(knowledge)
        self._editor = Editor(knowledge)
        self._codes = frozenset(entry.code for entry in knowledge.entries)
        fine = {form for term in knowledge.terms if term.name == SUCCESS for form in term.forms.get("en", ())}
        self._harmless = {entry.code for entry in knowledge.entries if entry.message.lower() in fine}

    def generate(
        self, count: int, seed: int, cells: tuple[Cell, ...] = (), each: int | None = None
    ) -> tuple[Generated, ...]:
        """Return that many questions, each text once, at most `each` of a cell.

        There are fewer only where the strings bear no more.
        """
        rng = Random(seed)
        taken: set[str] = set()
        made: list[Generated] = []
        lines = deque(
            islice(self._make(cell, Random(rng.random()), taken), each) for cell in cells or list_cells()
        )
        while lines and len(made) < count:
            line = lines.popleft()
            one = next(line, None)
            if one is not None:
                made.append(one)
                lines.append(line)
        return tuple(made)

    def _make(self, cell: Cell, rng: Random, taken: set[str]) -> Iterator[Generated]:
        """Yield the questions of one cell, an entry after the other, each of its strings in turn."""
        by_code: dict[str, deque[Source]] = {}
        for source in self._strings.sources:
            is_belied = source.code in self._harmless and cell.kind in ("log", "JSON")
            if source.language == cell.language and not is_belied:
                by_code.setdefault(source.code, deque()).append(source)
        codes = list(by_code)
        rng.shuffle(codes)
        for sources in by_code.values():
            rng.shuffle(sources)
        idle = 0
        while idle < 3:  # so many rounds over all entries that gave nothing new
            idle += 1
            for code in codes:
                question = self._try_strings(by_code[code], cell, rng, taken)
                if question is not None:
                    idle = 0
                    taken.add(question.text)
                    yield Generated(question, cell)

    def _try_strings(
        self, sources: deque[Source], cell: Cell, rng: Random, taken: set[str]
    ) -> Question | None:
        """Return a new question of the first of an entry's strings that bears one; that string comes last."""
        for _ in range(len(sources)):
            source = sources[0]
            sources.rotate(-1)
            text, owners = self._change(source, cell, rng)
            if text and text not in taken and len(owners) <= MOST_SHARED:
                expected = tuple(sorted(owners))
                return Question(
                    text, expected, cell.kind, cell.language, any_of=len(owners) > 1, id=source.text
                )
        return None

    def _change(self, source: Source, cell: Cell, rng: Random) -> tuple[str | None, Codes]:
        """Return a string changed as the cell says, or None where that can't be done, and whose it is."""
        kind, owners = cell.kind, frozenset(source.codes)
        pieces = fill(source.pieces, cell.language, self._codes, rng)
        if kind == CODED:
            named = put_code(join(pieces), source.code, cell.language, rng)
            return (named if source.text != source.code else None), frozenset({source.code})
        if (len(pieces) > 1 or not self._is_written) and not is_telling(join_fixed(pieces)):
            return None, owners
        if kind in CUTS:
            cut = cut_end(pieces) if kind == CUTS[0] else cut_start(pieces, rng)
            left = join_fixed(cut)
            return (
                (join(cut).strip(), self._strings.find_holders(left)) if is_telling(left) else (None, owners)
            )
        if kind == "word order":
            return self._reorder(source, cell, rng), owners
        if cell.edits:
            slips = LATIN_EDITS if cell.language == "en" else CHINESE_EDITS
            edited = self._slip(source, pieces, slips, cell, rng)
            if edited is None:
                return None, owners
            pieces = edited
        whole = join(pieces)
        if kind in WRAPPERS:
            wrapper = next(each for each in WRAPPERS if each == kind)
            return wrap(whole, wrapper, cell.language, self._codes, rng), owners
        if kind in SPELLINGS:
            spelling = next(each for each in SPELLINGS if each == kind)
            spelt = spell(whole, spelling, rng)
            return (spelt if spelt and self._is_spelt_clearly(source, spelt, spelling) else None), owners
        return whole, owners

    def _slip(
        self, source: Source, pieces: Pieces, slips: tuple[Edit, ...], cell: Cell, rng: Random
    ) -> Pieces | None:
        """Return the pieces with slips in fixed words; None where another string would be as near."""
        places = [place for place, piece in enumerate(pieces) if piece.fixed]
        if not places:
            return None
        place = rng.choice(places)
        slip = next((each for each in slips if each == cell.kind), rng.choice(slips))
        edited = self._editor.edit(pieces[place].text, slip, cell.edits, rng)
        if edited is None:
            return None
        changed = (*pieces[:place], Piece(edited, fixed=True), *pieces[place + 1 :])
        return changed if self._strings.is_decidable(source, join_fixed(changed)) else None

    def _reorder(self, source: Source, cell: Cell, rng: Random) -> str | None:
        """Return a string in another order, edited after that: an edited word shows less where it ends."""
        turned = spell(source.text, "word order", rng)
        others = self._strings.find_owners(turned) - set(source.codes) if turned else frozenset()
        if turned is None or others or not self._strings.is_own_order(source, turned):
            return None
        slips = LATIN_EDITS if cell.language == "en" else CHINESE_EDITS
        return self._editor.edit(turned, rng.choice(slips), cell.edits, rng) if cell.edits else turned

    def _is_spelt_clearly(self, source: Source, spelt: str, kind: Spelling) -> bool:
        if kind == "initials":
            return self._strings.are_own_initials(source, spelt)
        return not kind.startswith("pinyin") or self._strings.is_own_sound(source)
