"""Questions made from a knowledge's own strings, with the codes that answer them; by seed always the same.

Edits, spellings and wrappers stand apart; here they are put together, spread evenly over kinds, languages
and entries, and what a person couldn't decide either is thrown away. Called by bench/generated.py.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import get_args

from bench.edits import CHINESE_EDITS, LATIN_EDITS, Edit, Editor
from bench.spellings import Spelling, spell, write_initials
from bench.strings import Source, Strings
from bench.wrappers import Wrapper, wrap
from bot.knowledge.entry import Question
from bot.knowledge.snapshot import Knowledge

EDITS, SPELLINGS, WRAPPERS = get_args(Edit), get_args(Spelling), get_args(Wrapper)
BOTH_EDITED = ("full-width", "Traditional", "word order")  # spellings that are made of slips as well
SUCCESS = "success"  # the term of what is no fault; no line of a log that tells a fault wraps it


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of question in one language with so many edits (0, 1, 2)."""

    kind: str
    language: str
    edits: int


@dataclass(frozen=True, slots=True)
class Generated:
    """A question and the cell it was made for. Of several expected codes each is right alone."""

    question: Question
    cell: Cell


def list_cells() -> tuple[Cell, ...]:
    """Return what is made: edits once and twice, spellings and wrappers without and with edits."""
    cells: list[Cell] = []
    for language, edits in (("en", LATIN_EDITS), ("zh", CHINESE_EDITS)):
        cells += (Cell(kind, language, times) for kind in edits for times in (1, 2))
        for kind in SPELLINGS:
            if language == "zh" or kind in ("full-width", "word order"):
                most = 1 if kind in BOTH_EDITED else 0
                cells += (Cell(kind, language, times) for times in range(most + 1))
        cells += (Cell(kind, language, times) for kind in WRAPPERS for times in (0, 1, 2))
    return tuple(cells)


class Generator:
    """Makes questions of one knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Collect the strings, and what an edit must not make."""
        self._strings = Strings(knowledge)
        self._editor = Editor(knowledge)
        self._numbers = frozenset(entry.code for entry in knowledge.entries)
        fine = {form for term in knowledge.terms if term.name == SUCCESS for form in term.forms.get("en", ())}
        self._harmless = {entry.code for entry in knowledge.entries if entry.message.lower() in fine}
        self._initials = self._count_initials()

    def generate(self, count: int, seed: int) -> tuple[Generated, ...]:
        """Return that many questions, each text once; fewer only where the strings bear no more."""
        rng = Random(seed)
        taken: set[str] = set()
        made: list[Generated] = []
        lines = deque(self._make(cell, Random(rng.random()), taken) for cell in list_cells())
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
                text, source = self._try_strings(by_code[code], cell, rng, taken)
                if text is None:
                    continue
                idle = 0
                taken.add(text)
                question = Question(
                    text, source.codes, cell.kind, cell.language, any_of=len(source.codes) > 1, id=source.text
                )
                yield Generated(question, cell)

    def _try_strings(
        self, sources: deque[Source], cell: Cell, rng: Random, taken: set[str]
    ) -> tuple[str | None, Source]:
        """Return a new text of the first of an entry's strings that bears one, and put that string last."""
        for _ in range(len(sources)):
            source = sources[0]
            sources.rotate(-1)
            text = self._change(source, cell, rng)
            if text is not None and text not in taken:
                return text, source
        return None, sources[0]

    def _change(self, source: Source, cell: Cell, rng: Random) -> str | None:
        """Return a string changed as the cell says, or None where that can't be done or not be decided."""
        text: str | None = source.text
        kind = cell.kind
        if kind == "word order":
            return self._reorder(source, cell, rng)
        if cell.edits:
            slips = LATIN_EDITS if cell.language == "en" else CHINESE_EDITS
            slip = next((each for each in slips if each == kind), rng.choice(slips))
            text = self._editor.edit(source.text, slip, cell.edits, rng)
            if text is None or not self._strings.is_decidable(source, text):
                return None
        assert text is not None
        if kind in EDITS:
            return text
        spelling = next((each for each in SPELLINGS if each == kind), None)
        if spelling is None:
            wrapper = next(each for each in WRAPPERS if each == kind)
            return wrap(text, wrapper, cell.language, self._numbers, rng)
        spelt = spell(text, spelling, rng)
        return spelt if spelt and self._is_spelt_clearly(source, spelt, spelling) else None

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
            return self._initials.get(spelt, frozenset()) <= set(source.codes)
        return not kind.startswith("pinyin") or self._strings.is_own_sound(source)

    def _count_initials(self) -> dict[str, frozenset[str]]:
        """Return the codes of the entries that have a string with these initials."""
        found: dict[str, frozenset[str]] = {}
        for source in self._strings.sources:
            initials = write_initials(source.text)
            if initials:
                found[initials] = found.get(initials, frozenset()) | set(source.codes)
        return found
