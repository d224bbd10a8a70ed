"""Where an entry and its statements come from, and which other codes mean the same fault, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from itertools import groupby

from bot.knowledge.entry import Audience, Basis, Entry, Localized, pick_text
from bot.knowledge.snapshot import Knowledge
from bot.replies.answer import CitedSource
from bot.replies.messages import Sentences
from bot.replies.sentences import AnswerSentence, Sentence

SIGNS: Mapping[Basis, str] = {"source": "", "field": "‡", "inference": "†"}
"""What follows a statement by what it rests on; a footnote of the card explains it."""

Statement = tuple[Basis, str]
"""What a statement rests on, and the name of the source that shows it in practice, if one does."""


class Provenance:
    """Describes entries in one language; a "public" audience sees no internal entry."""

    def __init__(self, knowledge: Knowledge, sentences: Sentences, language: str, audience: Audience) -> None:
        self._knowledge = knowledge
        self._sentences = sentences
        self._language = language
        self._audience = audience

    def list_footnotes(self, entry: Entry, statements: Iterable[Statement]) -> tuple[str, ...]:
        """Return a line for each sign that follows these statements of an entry."""
        bases = list(statements)
        footnotes = []
        if any(basis == "inference" for basis, _ in bases):
            footnotes.append(self._say(AnswerSentence.FOOTNOTE_INFERENCE, sign=SIGNS["inference"]))
        seen = dict.fromkeys(name for basis, name in bases if basis == "field")
        if seen:
            where = self._list(self._find_title(entry, name) for name in seen)
            footnotes.append(self._say(AnswerSentence.FOOTNOTE_FIELD, sign=SIGNS["field"], where=where))
        return tuple(footnotes)

    def list_sources(self, entry: Entry) -> tuple[CitedSource, ...]:
        """Return that of the pack's codes, then those that an entry cites.

        A layer's codes come from many sources: where an entry cites some, the collection is left out.
        The day a source was read is left out where it is the pack's.
        """
        pack = self._knowledge.packs[entry.pack]
        cited = tuple(
            CitedSource(
                self._pick(source.title),
                citation.at,
                source.address,
                source.date if source.date != pack.source_date else "",
            )
            for citation in entry.sources
            if (source := pack.sources.get(citation.source))
        )
        if cited and entry.in_layer:
            return cited
        title = self._say(AnswerSentence.SOURCE, title=self._pick(pack.source_title), date=pack.source_date)
        return (CitedSource(title), *cited)

    def describe_sources(self, entry: Entry) -> str:
        """Return the entry's pack and its sources with place, address and day, as one text."""
        pack = self._knowledge.packs[entry.pack]
        first, *others = map(self._describe_source, self.list_sources(entry))
        title = self._pick(pack.title)
        if entry.in_layer and entry.sources:
            return self._list((self._enumerate((title, pack.source_date)), first, *others))
        return self._list((self._enumerate((title, first)), *others))

    def _describe_source(self, source: CitedSource) -> str:
        title = self._enumerate((source.title, source.place))
        details = self._enumerate((source.address, source.date))
        return self._say(AnswerSentence.SOURCE_CITED, title=title, details=details) if details else title

    def list_siblings(self, entry: Entry) -> tuple[str, ...]:
        """Return sentences on the codes by which other layers return an entry's fault."""
        lines = (
            (AnswerSentence.REPEATED_BY, self._list_repeats(entry)),
            (AnswerSentence.REPEATS, self._list_same_fault(entry)),
        )
        return tuple(self._say(key, codes=codes) for key, codes in lines if codes)

    def _list_repeats(self, entry: Entry) -> str:
        """Return the codes of other layers that repeat an entry, by layer."""
        names = self._knowledge.repeats.get(entry.id, ())
        shown = [one for one in map(self._knowledge.find_entry, names) if one and self._may_show(one)]
        return self._list(
            self._say(
                AnswerSentence.CODES_OF_PACK,
                codes=reduce(self._join_codes, (one.code for one in group)),
                pack=self._pick(self._knowledge.packs[pack].title),
            )
            for pack, group in groupby(shown, key=lambda one: one.pack)
        )

    def _list_same_fault(self, entry: Entry) -> str:
        """Return the entries whose fault an entry repeats, by code and title."""
        found = filter(None, map(self._knowledge.find_entry, entry.same_fault))
        return self._list(f"{one.code} {self._pick(one.title)}" for one in found if self._may_show(one))

    def _may_show(self, entry: Entry) -> bool:
        return self._audience == "internal" or entry.audience == "public"

    def _find_title(self, entry: Entry, name: str) -> str:
        """Return the title of a source of the entry's pack."""
        source = self._knowledge.packs[entry.pack].sources.get(name)
        return self._pick(source.title) if source else name

    def _enumerate(self, texts: Iterable[str]) -> str:
        """Return a text, or two with a comma between them."""
        first, second = [*filter(None, texts), "", ""][:2]
        return self._say(AnswerSentence.SOURCE_DETAILS, first=first, second=second) if second else first

    def _list(self, texts: Iterable[str]) -> str:
        return reduce(lambda listed, text: self._join(listed, text) if listed else text, texts, "")

    def _join_codes(self, first: str, second: str) -> str:
        return self._say(AnswerSentence.CODES_JOINED, first=first, second=second)

    def _join(self, first: str, second: str) -> str:
        return self._say(AnswerSentence.LISTED, first=first, second=second)

    def _say(self, key: Sentence, **values: object) -> str:
        return self._sentences.say(key, self._language, **values)

    def _pick(self, text: Localized) -> str:
        return pick_text(text, self._language)
