"""Where an entry and its statements come from, and which other codes tell the same fault, in words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import groupby

from bot.knowledge.entry import Audience, Basis, Citation, Entry, Localized, Pack
from bot.knowledge.snapshot import Knowledge
from bot.replies.sentences import Sentence, Sentences


class Provenance:
    """Tells of entries in one language; a "public" audience hears of no internal entry."""

    def __init__(self, knowledge: Knowledge, sentences: Sentences, language: str, audience: Audience) -> None:
        self._knowledge = knowledge
        self._sentences = sentences
        self._language = language
        self._audience = audience

    def tell_basis(self, entry: Entry, basis: Basis, seen: str) -> str:
        """Return what a statement of an entry rests on; `seen` names the source that shows it in practice."""
        if basis == "field":
            source = self._knowledge.packs[entry.pack].sources.get(seen)
            return self._say(Sentence.BASIS_FIELD, where=self._pick(source.title) if source else seen)
        return self._say(Sentence.BASIS_SOURCE if basis == "source" else Sentence.BASIS_INFERENCE)

    def tell_sources(self, entry: Entry) -> str:
        """Return where the codes of an entry's pack come from, then the sources that the entry cites."""
        pack = self._knowledge.packs[entry.pack]
        own = self._say(
            Sentence.SOURCE,
            title=self._pick(pack.source_title),
            pack=self._pick(pack.title),
            date=pack.source_date,
        )
        cited = (self._tell_citation(pack, one) for one in entry.sources if one.source in pack.sources)
        return self._list((own, *cited))

    def tell_repeats(self, entry: Entry) -> str:
        """Return the codes by which other layers return an entry's fault, by layer; "" if there are none."""
        repeats = map(self._knowledge.find_entry, self._knowledge.repeats.get(entry.id, ()))
        is_internal = self._audience == "internal"
        shown = [one for one in repeats if one and (is_internal or one.audience == "public")]
        return self._list(
            self._say(
                Sentence.REPEATS,
                codes=", ".join(one.code for one in group),
                pack=self._pick(self._knowledge.packs[pack].title),
            )
            for pack, group in groupby(shown, key=lambda one: one.pack)
        )

    def tell_same_fault(self, entry: Entry) -> str:
        """Return the entries whose fault an entry repeats, by code and title; "" if there are none."""
        others = map(self._knowledge.find_entry, entry.same_fault)
        return self._list(f"{other.code} {self._pick(other.title)}" for other in others if other)

    def _tell_citation(self, pack: Pack, cited: Citation) -> str:
        """Return a source with its place and address; the day it was read only where it isn't the pack's."""
        source = pack.sources[cited.source]
        day = source.date if source.date != pack.source_date else ""
        told = self._enumerate((self._pick(source.title), cited.at))
        details = self._enumerate((source.address, day))
        return self._say(Sentence.SOURCE_CITED, title=told, details=details) if details else told

    def _enumerate(self, texts: Iterable[str]) -> str:
        told = [text for text in texts if text]
        return (
            self._say(Sentence.SOURCE_DETAILS, first=told[0], second=told[1]) if told[1:] else "".join(told)
        )

    def _list(self, texts: Iterable[str]) -> str:
        return reduce(lambda told, text: self._join(told, text) if told else text, texts, "")

    def _join(self, first: str, second: str) -> str:
        return self._say(Sentence.LISTED, first=first, second=second)

    def _say(self, key: Sentence, **values: object) -> str:
        return self._sentences.say(key, self._language, **values)

    def _pick(self, text: Localized) -> str:
        return text.get(self._language, "")
