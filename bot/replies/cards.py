"""An entry as a card: meaning, cause, steps, and where they come from, in one language."""

from __future__ import annotations

from collections.abc import Iterable

from bot.knowledge.entry import Audience, Basis, Entry, Localized, Step, pick_text
from bot.knowledge.snapshot import Knowledge
from bot.replies.answer import Card, Item, Part
from bot.replies.fixes import list_steps
from bot.replies.messages import Sentences
from bot.replies.provenance import SIGNS, Provenance
from bot.replies.sentences import AnswerSentence, Sentence


class CardBuilder:
    """Build cards in one language; a "public" audience gets no internal steps."""

    def __init__(
        self, knowledge: Knowledge, sentences: Sentences, language: str, audience: Audience = "internal"
    ) -> None:
        self._knowledge = knowledge
        self._sentences = sentences
        self._language = language
        self._audience = audience
        self._provenance = Provenance(knowledge, sentences, language, audience)

    def build_card(self, entry: Entry) -> Card:
        """Return an entry as a card."""
        say, pick = self._say, self._pick
        family = self._knowledge.packs[entry.pack].families.get(entry.family)
        steps, notes = list_steps(entry, self._audience), self._list_shown(entry.notes)
        cause = _sign(pick(entry.cause), entry.cause_basis)
        parts = (
            Part(say(AnswerSentence.LABEL_DESCRIPTION), (Item(pick(entry.description)),), kind="description"),
            Part(say(AnswerSentence.LABEL_SITUATION), (Item(pick(entry.situation)),), kind="situation"),
            Part(say(AnswerSentence.LABEL_CAUSE), (Item(cause),), kind="cause"),
            Part(say(AnswerSentence.LABEL_STEPS), self._build_items(steps), numbered=True, kind="steps"),
            Part(say(AnswerSentence.LABEL_NOTES), self._build_items(notes), kind="notes"),
            Part(say(AnswerSentence.LABEL_CUSTOMER), (Item(pick(entry.customer)),), kind="customer"),
            Part(say(AnswerSentence.LABEL_RELATED), self._build_related(entry), kind="related"),
        )
        siblings = self._provenance.list_siblings(entry)
        statements = [(step.basis, step.seen) for step in (*steps, *notes)]
        if cause:
            statements.insert(0, (entry.cause_basis, entry.cause_seen))
        return Card(
            id=entry.id,
            code=entry.code,
            title=pick(entry.title),
            family=pick(family.title) if family else "",
            message=entry.message,
            marks=self._mark_entry(entry),
            parts=tuple(part for part in parts if any(item.text for item in part.items)),
            siblings=siblings,
            sources=self._provenance.list_sources(entry),
            footnotes=self._provenance.list_footnotes(entry, statements),
            context=(
                self._label(
                    AnswerSentence.LABEL_MESSAGE, entry.message or say(AnswerSentence.MESSAGE_UNKNOWN)
                ),
                *siblings,
                self._label(AnswerSentence.LABEL_SOURCE, self._provenance.describe_sources(entry)),
            ),
        )

    def _list_shown(self, steps: Iterable[Step]) -> list[Step]:
        return [step for step in steps if self._audience == "internal" or step.audience == "public"]

    def _build_items(self, steps: Iterable[Step]) -> tuple[Item, ...]:
        internal = (self._say(AnswerSentence.MARK_INTERNAL),)
        return tuple(
            Item(_sign(self._pick(step.text), step.basis), internal if step.audience == "internal" else ())
            for step in steps
        )

    def _build_related(self, entry: Entry) -> tuple[Item, ...]:
        """Return the entries that an entry points to, each with the reason; without one that isn't shown."""
        found = ((related, self._knowledge.find_entry(related.id)) for related in entry.related)
        return tuple(
            Item(
                self._say(AnswerSentence.RELATED, title=self._pick(other.title), why=self._pick(related.why)),
                lead=related.code,
                short=f"{related.code} {self._pick(other.title)}",
            )
            for related, other in found
            if other and (self._audience == "internal" or other.audience == "public")
        )

    def _mark_entry(self, entry: Entry) -> tuple[str, ...]:
        marks = [self._say(AnswerSentence.MARK_INTERNAL)] if entry.audience == "internal" else []
        if entry.status == "draft":
            marks.append(self._say(AnswerSentence.ENTRY_DRAFT))
        other = self._find_other_language(
            entry, (*list_steps(entry, self._audience), *self._list_shown(entry.notes))
        )
        if other:
            name = self._knowledge.languages[self._language].name
            marks.append(self._say(AnswerSentence.NOT_TRANSLATED, missing=name, shown=other))
        if entry.status == "retired" and entry.replaced_by:
            marks.append(self._say(AnswerSentence.ENTRY_REPLACED, code=entry.code, other=entry.replaced_by))
        elif entry.status == "retired":
            marks.append(self._say(AnswerSentence.ENTRY_RETIRED, code=entry.code))
        return tuple(marks)

    def _label(self, label: Sentence, text: str) -> str:
        return self._say(AnswerSentence.CONTEXT, label=self._say(label), text=text)

    def _say(self, key: Sentence, **values: object) -> str:
        return self._sentences.say(key, self._language, **values)

    def _pick(self, text: Localized) -> str:
        """Return the text in the card's language, else in another that has it."""
        return pick_text(text, self._language)

    def _find_other_language(self, entry: Entry, steps: Iterable[Step]) -> str:
        """Return the name of the language in which a part is shown that the card's lacks, or ""."""
        own = (entry.title, entry.description, entry.situation, entry.cause, entry.customer)
        texts = (*own, *(step.text for step in steps))
        for text in texts:
            shown = next((language for language, words in text.items() if words), "")
            if shown and not text.get(self._language):
                return self._knowledge.languages[shown].name
        return ""


def _sign(text: str, basis: Basis) -> str:
    """Return a statement with the sign of what it rests on."""
    return f"{text}{SIGNS[basis]}" if text else ""
