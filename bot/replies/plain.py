"""A verdict in words, for any plain surface: cards, choices, silence. As JSON it is json_shape.py's part.

Every word comes from the entry or the fixed sentences, in one language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from bot.knowledge.entry import Audience, Entry, Localized, pick_text
from bot.knowledge.snapshot import Knowledge
from bot.matching import Match, UnknownCode, Verdict
from bot.replies.answer import Answer, Card, Choice
from bot.replies.cards import CardBuilder
from bot.replies.messages import Sentences
from bot.replies.sentences import AnswerSentence, Sentence

Surface = Literal["command", "loop", "slack"]

MOST_CARDS = 2
"""Entries that are shown in full. More are listed: nobody under stress reads three cards."""

_RULES = {
    "code": AnswerSentence.RULE_CODE,
    "code-named": AnswerSentence.RULE_CODE_NAMED,
    "code-with-code": AnswerSentence.RULE_CODE_WITH_CODE,
    "code-with-evidence": AnswerSentence.RULE_CODE_WITH_EVIDENCE,
    "code-with-message": AnswerSentence.RULE_CODE_WITH_MESSAGE,
    "code-with-family": AnswerSentence.RULE_CODE_WITH_FAMILY,
    "code-in-bound-channel": AnswerSentence.RULE_CODE_IN_BOUND_CHANNEL,
    "code-hinted": AnswerSentence.RULE_CODE_HINTED,
    "message": AnswerSentence.RULE_MESSAGE,
    "phrase": AnswerSentence.RULE_PHRASE,
    "spelling": AnswerSentence.RULE_SPELLING,
    "sound": AnswerSentence.RULE_SOUND,
}
_REASONS = {
    "code-undocumented": AnswerSentence.REASON_CODE_UNDOCUMENTED,
    "nothing-said": AnswerSentence.REASON_NOTHING_SAID,
    "nothing-near": AnswerSentence.REASON_NOTHING_NEAR,
    "no-evidence": AnswerSentence.REASON_NO_EVIDENCE,
    "how-to": AnswerSentence.REASON_HOW_TO,
    "wish": AnswerSentence.REASON_WISH,
    "general": AnswerSentence.REASON_GENERAL,
    "solved": AnswerSentence.REASON_SOLVED,
    "other-system": AnswerSentence.REASON_OTHER_SYSTEM,
    "code-unclear": AnswerSentence.REASON_CODE_UNCLEAR,
    "unsure": AnswerSentence.REASON_UNSURE,
}


class PlainReplies:
    """Put verdicts into words of one language.

    `surface` chooses how a person asks on: with a command, in the loop of a terminal, or by buttons, which
    need no word. A "public" audience gets no internal steps.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        language: str,
        surface: Surface = "command",
        audience: Audience = "internal",
    ) -> None:
        self._knowledge = knowledge
        self._sentences = Sentences(knowledge.messages)
        self._language = language
        self._surface = surface
        self._cards = CardBuilder(knowledge, self._sentences, language, audience)

    def build_answer(self, verdict: Verdict) -> Answer:
        """Return the whole answer to one question."""
        entries = [match.entry for match in verdict.matches]
        unknown = tuple(self._describe_unknown(code) for code in verdict.unknown)
        if verdict.left_out:
            count = len(entries) + verdict.left_out
            unknown += (self._say(AnswerSentence.CODES_LEFT_OUT, shown=len(entries), count=count),)
        if verdict.kind == "abstained":
            following = AnswerSentence.UNKNOWN_CODE_NEXT if unknown else AnswerSentence.NOT_DOCUMENTED_NEXT
            return Answer(
                verdict.kind,
                self._language,
                opening="" if unknown else self._say(find_reason(verdict.reason)),
                unknown=unknown,
                nearest=tuple(
                    Choice(entry.id, entry.code, self._pick(entry.title), "") for entry in verdict.nearest
                ),
                nearest_label=self._say(AnswerSentence.NEAREST) if verdict.nearest else "",
                following=self._say(following),
            )
        if verdict.kind == "choices":
            return Answer(
                verdict.kind,
                self._language,
                opening=self._say(AnswerSentence.CHOICES, count=len(entries)),
                unknown=unknown,
                choices=self._build_choices(entries),
                following=self._explain_next(entries),
            )
        if len(entries) > MOST_CARDS:
            return Answer(
                verdict.kind,
                self._language,
                opening=self._say(AnswerSentence.CODES_LISTED, count=len(entries)),
                unknown=unknown,
                choices=tuple(
                    Choice(entry.id, entry.code, self._pick(entry.title), self._pick(entry.description))
                    for entry in entries
                ),
                following=self._explain_next(entries),
            )
        cards = tuple(self._build_matched_card(match) for match in verdict.matches)
        return Answer(verdict.kind, self._language, unknown=unknown, cards=cards)

    def build_card(self, entry: Entry) -> Card:
        """Return an entry as a card."""
        return self._cards.build_card(entry)

    def _build_matched_card(self, match: Match) -> Card:
        """Return a card that says so where the question names the entry by an alias."""
        card, met = self.build_card(match.entry), match.evidence.phrase
        if met not in match.entry.aliases:
            return card
        told = self._say(AnswerSentence.ENTRY_ALIAS, alias=met, code=card.code)
        return replace(card, marks=(told, *card.marks))

    def _build_choices(self, entries: Sequence[Entry]) -> tuple[Choice, ...]:
        """Return the choices; where they are of several packs, each names its product."""
        choices = [self._build_choice(entry) for entry in entries]
        if len({entry.pack for entry in entries}) > 1:
            packs = (self._pick(self._knowledge.packs[entry.pack].title) for entry in entries)
            choices = [
                replace(choice, title=self._say(AnswerSentence.CONTEXT, label=pack, text=choice.title))
                for choice, pack in zip(choices, packs, strict=True)
            ]
        return tuple(choices)

    def _build_choice(self, entry: Entry) -> Choice:
        apart = self._pick(entry.situation) or self._pick(entry.description)
        return Choice(entry.id, entry.code, self._pick(entry.title), apart)

    def _describe_unknown(self, unknown: UnknownCode) -> str:
        text = self._say(AnswerSentence.UNKNOWN_CODE, code=unknown.code)
        if unknown.family:
            where = self._say(AnswerSentence.UNKNOWN_CODE_FAMILY, family=self._pick(unknown.family.title))
        else:
            where = self._say(AnswerSentence.UNKNOWN_CODE_NO_FAMILY)
        return self._say(AnswerSentence.JOINED, first=text, second=where)

    def _explain_next(self, entries: Sequence[Entry]) -> str:
        if self._surface == "slack":
            return ""
        code = entries[0].code
        if len({entry.code for entry in entries}) < len(entries):
            return self._say(AnswerSentence.CHOICES_NEXT_PACK, id=entries[0].id)
        loop = self._surface == "loop"
        return self._say(
            AnswerSentence.CHOICES_NEXT_LOOP if loop else AnswerSentence.CHOICES_NEXT_COMMAND, code=code
        )

    def _say(self, key: Sentence, **values: object) -> str:
        return self._sentences.say(key, self._language, **values)

    def _pick(self, text: Localized) -> str:
        """Return the text in the answer's language, else in another that has it."""
        return pick_text(text, self._language)


def find_reason(reason: str) -> Sentence:
    """Return the sentence that tells why the matcher was silent; a general one for an unknown reason."""
    return _REASONS.get(reason, AnswerSentence.NOT_DOCUMENTED)


def find_rule(rule: str) -> Sentence | None:
    """Return the sentence that names a matching rule, if there is one."""
    return _RULES.get(rule)
