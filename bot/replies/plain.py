"""A verdict in words, for any plain surface: cards, choices, silence. No colour, no width, no Slack block.

Every word comes from the entry or the fixed sentences, in one language. layout.py makes lines of it for a
terminal, slack.py blocks for Slack. The same verdict as JSON is json_shape.py's part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.knowledge.entry import Audience, Entry, Localized, Step
from bot.knowledge.snapshot import Knowledge
from bot.matching import Kind, Match, UnknownCode, Verdict
from bot.replies.provenance import Provenance
from bot.replies.sentences import Sentence, Sentences

Surface = Literal["command", "loop", "slack"]
PartKind = Literal[
    "message",
    "no-message",
    "description",
    "situation",
    "cause",
    "steps",
    "notes",
    "customer",
    "related",
    "list",
]

_RULES = {
    "code": Sentence.RULE_CODE,
    "code-named": Sentence.RULE_CODE_NAMED,
    "code-with-code": Sentence.RULE_CODE_WITH_CODE,
    "code-with-evidence": Sentence.RULE_CODE_WITH_EVIDENCE,
    "code-with-message": Sentence.RULE_CODE_WITH_MESSAGE,
    "message": Sentence.RULE_MESSAGE,
    "phrase": Sentence.RULE_PHRASE,
    "spelling": Sentence.RULE_SPELLING,
    "sound": Sentence.RULE_SOUND,
}
_REASONS = {
    "code-undocumented": Sentence.REASON_CODE_UNDOCUMENTED,
    "nothing-said": Sentence.REASON_NOTHING_SAID,
    "nothing-near": Sentence.REASON_NOTHING_NEAR,
    "no-evidence": Sentence.REASON_NO_EVIDENCE,
    "how-to": Sentence.REASON_HOW_TO,
    "code-unclear": Sentence.REASON_CODE_UNCLEAR,
    "unsure": Sentence.REASON_UNSURE,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a part; `marks` are short remarks on it ("internal"), `lead` is the code it is about."""

    text: str
    marks: tuple[str, ...] = ()
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled piece of a card; `numbered` items are steps. `marks` are remarks on the whole part."""

    label: str
    items: tuple[Item, ...]
    numbered: bool = False
    marks: tuple[str, ...] = ()
    kind: PartKind = "list"


@dataclass(frozen=True, slots=True)
class Card:
    """One entry, ready to be shown. `context` holds why it was taken and where it comes from."""

    id: str
    code: str
    title: str
    family: str
    marks: tuple[str, ...]
    parts: tuple[Part, ...]
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry among several, with what tells it apart."""

    id: str
    code: str
    title: str
    apart: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict in one language.

    answered: `cards`. choices: `choices`, introduced by `opening`. abstained: `opening` says so, `nearest`
    holds what lies near. `unknown` tells of codes that nobody documented, `following` what to do next.
    """

    kind: Kind
    language: str
    opening: str = ""
    unknown: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    choices: tuple[Choice, ...] = ()
    nearest: tuple[Choice, ...] = ()
    nearest_label: str = ""
    following: str = ""


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
        self._audience = audience
        self._sentences = Sentences(knowledge.messages)
        self._language = language
        self._surface = surface
        self._provenance = Provenance(knowledge, self._sentences, language, audience)

    def build_answer(self, verdict: Verdict) -> Answer:
        """Return the whole answer to one question."""
        unknown = tuple(self._tell_unknown(code) for code in verdict.unknown)
        if verdict.left_out:
            shown = len(verdict.matches)
            count = shown + verdict.left_out
            unknown += (self._say(Sentence.CODES_LEFT_OUT, shown=shown, count=count),)
        if verdict.kind == "answered":
            cards = tuple(self.build_card(match) for match in verdict.matches)
            return Answer(verdict.kind, self._language, unknown=unknown, cards=cards)
        if verdict.kind == "choices":
            return Answer(
                verdict.kind,
                self._language,
                opening=self._say(Sentence.CHOICES, count=len(verdict.matches)),
                unknown=unknown,
                choices=self._build_choices([match.entry for match in verdict.matches]),
                following=self._ask_on([match.entry for match in verdict.matches]),
            )
        following = Sentence.UNKNOWN_CODE_NEXT if unknown else Sentence.NOT_DOCUMENTED_NEXT
        return Answer(
            verdict.kind,
            self._language,
            opening="" if unknown else self._say(find_reason(verdict.reason)),
            unknown=unknown,
            nearest=tuple(self._build_choice(entry) for entry in verdict.nearest),
            nearest_label=self._say(Sentence.NEAREST) if verdict.nearest else "",
            following=self._say(following),
        )

    def build_card(self, match: Match) -> Card:
        """Return one match as a card, with its evidence; one that a person picked has none."""
        if not match.evidence.rule:
            return self.build_entry_card(match.entry)
        rule = find_rule(match.evidence.rule)
        why = self._say(
            Sentence.WHY,
            rule=self._say(rule) if rule else match.evidence.rule,
            phrase=match.evidence.phrase,
            score=f"{match.score:.0f}",
        )
        return self.build_entry_card(match.entry, why)

    def build_entry_card(self, entry: Entry, why: str = "") -> Card:
        """Return an entry as a card; `why` tells how it was found, where a question led to it."""
        say, pick = self._say, self._pick
        family = self._knowledge.packs[entry.pack].families.get(entry.family)
        said = entry.message or say(Sentence.MESSAGE_UNKNOWN)
        parts = [
            Part(
                say(Sentence.LABEL_MESSAGE), (Item(said),), kind="message" if entry.message else "no-message"
            ),
            Part(say(Sentence.LABEL_DESCRIPTION), (Item(pick(entry.description)),), kind="description"),
            Part(say(Sentence.LABEL_SITUATION), (Item(pick(entry.situation)),), kind="situation"),
            Part(
                say(Sentence.LABEL_CAUSE),
                (Item(pick(entry.cause)),),
                marks=(self._provenance.tell_basis(entry, entry.cause_basis, entry.cause_seen),),
                kind="cause",
            ),
            Part(
                say(Sentence.LABEL_STEPS), self._build_steps(entry, entry.steps), numbered=True, kind="steps"
            ),
            Part(say(Sentence.LABEL_NOTES), self._build_steps(entry, entry.notes), kind="notes"),
            Part(say(Sentence.LABEL_CUSTOMER), (Item(pick(entry.customer)),), kind="customer"),
            Part(say(Sentence.LABEL_RELATED), self._build_related(entry), kind="related"),
        ]
        context = (
            (Sentence.LABEL_WHY, why),
            (Sentence.LABEL_REPEATS, self._provenance.tell_repeats(entry)),
            (Sentence.LABEL_SAME_FAULT, self._provenance.tell_same_fault(entry)),
            (Sentence.LABEL_SOURCE, self._provenance.tell_sources(entry)),
        )
        return Card(
            id=entry.id,
            code=entry.code,
            title=pick(entry.title),
            family=pick(family.title) if family else "",
            marks=self._mark_entry(entry),
            parts=tuple(part for part in parts if any(item.text for item in part.items)),
            context=tuple(
                say(Sentence.CONTEXT, label=say(label), text=text) for label, text in context if text
            ),
        )

    def _build_steps(self, entry: Entry, steps: Iterable[Step]) -> tuple[Item, ...]:
        return tuple(
            Item(
                self._pick(step.text),
                (self._say(Sentence.MARK_INTERNAL),) * (step.audience == "internal")
                + (self._say(Sentence.MARK_INFERENCE),) * (step.basis == "inference")
                + (self._provenance.tell_basis(entry, step.basis, step.seen),) * (step.basis == "field"),
            )
            for step in steps
            if self._audience == "internal" or step.audience == "public"
        )

    def _build_related(self, entry: Entry) -> tuple[Item, ...]:
        items = []
        for related in entry.related:
            other = self._knowledge.find_entry(related.id)
            title = self._pick(other.title) if other else ""
            told = self._say(Sentence.RELATED, title=title, why=self._pick(related.why))
            items.append(Item(told, lead=related.code))
        return tuple(items)

    def _build_choices(self, entries: Sequence[Entry]) -> tuple[Choice, ...]:
        """Return the choices; where they are of several packs, each names its product."""
        choices = [self._build_choice(entry) for entry in entries]
        if len({entry.pack for entry in entries}) > 1:
            packs = (self._pick(self._knowledge.packs[entry.pack].title) for entry in entries)
            choices = [
                replace(choice, title=self._say(Sentence.CONTEXT, label=pack, text=choice.title))
                for choice, pack in zip(choices, packs, strict=True)
            ]
        return tuple(choices)

    def _build_choice(self, entry: Entry) -> Choice:
        apart = self._pick(entry.situation) or self._pick(entry.description)
        return Choice(entry.id, entry.code, self._pick(entry.title), apart)

    def _mark_entry(self, entry: Entry) -> tuple[str, ...]:
        marks = [self._say(Sentence.MARK_INTERNAL)] if entry.audience == "internal" else []
        if entry.status == "retired" and entry.replaced_by:
            marks.append(self._say(Sentence.ENTRY_REPLACED, code=entry.code, other=entry.replaced_by))
        elif entry.status == "retired":
            marks.append(self._say(Sentence.ENTRY_RETIRED, code=entry.code))
        return tuple(marks)

    def _tell_unknown(self, unknown: UnknownCode) -> str:
        told = self._say(Sentence.UNKNOWN_CODE, code=unknown.code)
        if unknown.family:
            where = self._say(Sentence.UNKNOWN_CODE_FAMILY, family=self._pick(unknown.family.title))
        else:
            where = self._say(Sentence.UNKNOWN_CODE_NO_FAMILY)
        return self._say(Sentence.JOINED, first=told, second=where)

    def _ask_on(self, entries: Sequence[Entry]) -> str:
        if self._surface == "slack":
            return ""
        code = entries[0].code
        if len({entry.code for entry in entries}) < len(entries):
            return self._say(Sentence.CHOICES_NEXT_PACK, id=entries[0].id)
        loop = self._surface == "loop"
        return self._say(Sentence.CHOICES_NEXT_LOOP if loop else Sentence.CHOICES_NEXT_COMMAND, code=code)

    def _say(self, key: Sentence, **values: object) -> str:
        return self._sentences.say(key, self._language, **values)

    def _pick(self, text: Localized) -> str:
        """Return the text in the answer's language, or nothing; the linter demands that it's there."""
        return text.get(self._language, "")


def find_reason(reason: str) -> Sentence:
    """Return the sentence that tells why the matcher was silent; a general one for an unknown reason."""
    return _REASONS.get(reason, Sentence.NOT_DOCUMENTED)


def find_rule(rule: str) -> Sentence | None:
    """Return the sentence that names a matching rule, if there is one."""
    return _RULES.get(rule)
