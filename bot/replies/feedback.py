"""What a person is told who votes on an answer: that it is saved, and what may be added to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Literal

from slack_sdk.models.blocks import Option, PlainTextObject, StaticSelectElement

from bot.knowledge.entry import Entry, pick_text
from bot.knowledge.snapshot import Knowledge
from bot.replies import ids
from bot.replies.fixes import hash_step, list_steps
from bot.replies.messages import Sentences
from bot.replies.mrkdwn import escape, make_plain
from bot.replies.page import Page, build_button
from bot.replies.recall import MOST_RUNNERS_UP, Recall, Shown
from bot.replies.reply import Reply
from bot.replies.sentences import AnswerSentence, Sentence, SlackSentence

Reason = Literal["wrong-code", "steps-failed", "outdated", "other"]

REASONS: Mapping[Reason, Sentence] = {
    "wrong-code": SlackSentence.REASON_WRONG_CODE,
    "steps-failed": SlackSentence.REASON_STEPS_FAILED,
    "outdated": SlackSentence.REASON_OUTDATED,
    "other": SlackSentence.REASON_OTHER,
}
MOST_OPTION = 67  # of 75 characters
MOST_VALUE = 150  # of an option (docs.slack.dev, option object)
MOST_OPTIONS = 90  # of 100

_ADDITION = re.compile(
    r"(?P<language>[a-z-]{2,20}) (?P<answer>[A-Za-z0-9_.:-]{1,60}) (?P<told>[^ ]{1,40})(?: (?P<entry>.+))?"
)


@dataclass(frozen=True, slots=True)
class Addition:
    """What somebody adds to a vote: `told` is a reason, or a step by number and hash (`2:0a1b2c3d4e5f`)."""

    language: str
    answer: str
    told: str
    entry: str = ""

    def write(self) -> str:
        """Return it as an option's value; one that is longer than Slack takes can't be offered."""
        return " ".join(filter(None, (self.language, self.answer, self.told, self.entry)))


def read_addition(value: str) -> Addition | None:
    """Return what an option's value holds, or None for one that nobody here wrote."""
    found = _ADDITION.fullmatch(value)
    return (
        Addition(found["language"], found["answer"], found["told"], found["entry"] or "") if found else None
    )


class Feedback:
    """Build those messages, in any of the knowledge's languages."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._sentences = Sentences(knowledge.messages)

    def build_helped(self, shown: Shown, answer: str, recall: Recall | None, is_step_told: bool) -> Reply:
        """Tell that a vote for an answer is saved; ask for the step, unless it is told by there being one."""
        lines = self._list_lines(SlackSentence.VOTE_HELPED, shown)
        options = [] if recall is None or is_step_told else self._list_steps(recall, answer)
        page = self._begin(lines, shown.language, SlackSentence.STEP_ASK, ids.STEP_TELL, options)
        return Reply("\n".join(lines), page.blocks)

    def build_not_it(self, shown: Shown, answer: str, recall: Recall | None) -> Reply:
        """Tell that a vote against an answer is saved; ask for the reason, and offer the runners-up."""
        language = shown.language
        lines = self._list_lines(SlackSentence.VOTE_NOT_IT, shown)
        options = [
            (self._say(sentence, language), Addition(language, answer, reason))
            for reason, sentence in REASONS.items()
        ]
        page = self._begin(lines, language, SlackSentence.REASON_ASK, ids.REASON_TELL, options)
        others = self.list_others(recall) if recall else ()
        page.add_lines([self._say(SlackSentence.VOTE_RUNNERS_UP, language)] if others else [])
        for recalled in others:
            entry = recalled.verdict.matches[0].entry
            label = self._say(SlackSentence.BUTTON_SHOW, language, code=entry.code)
            title = f"*{escape(entry.code)}* {escape(pick_text(entry.title, language))}"
            page.add_lines([title], build_button(ids.CHOICE_SHOW, label, recalled))
        return Reply("\n".join(lines), page.blocks)

    def list_others(self, recall: Recall) -> Sequence[Recall]:
        """Return what else it may be: the runners-up, else the codes that the entry points to."""
        verdict = recall.verdict
        found = [match.entry for match in verdict.runners_up]
        if not found:
            related = (each.id for match in verdict.matches for each in match.entry.related)
            found = [entry for name in dict.fromkeys(related) if (entry := self._knowledge.find_entry(name))]
        own = {match.entry.id for match in verdict.matches}
        is_internal = recall.audience == "internal"
        hidden = own if is_internal else own | {entry.id for entry in found if entry.audience != "public"}
        others = [entry for entry in found if entry.id not in hidden]
        return [recall.pick_entry(entry) for entry in others[:MOST_RUNNERS_UP]]

    def build_saved(self, key: Sentence, language: str, **values: object) -> Reply:
        """Return one sentence on what was added to a vote."""
        text = self._say(key, language, **{name: escape(str(value)) for name, value in values.items()})
        page = Page("")
        page.add_lines([text])
        return Reply(text, page.blocks)

    def say_reason(self, reason: Reason, language: str) -> str:
        """Return a reason in words."""
        return self._say(REASONS[reason], language)

    def _list_lines(self, key: Sentence, shown: Shown) -> list[str]:
        """Return what was saved, and what became of the entries since the answer was given."""
        language = shown.language
        codes = [escape(name.partition("/")[2]) for name in shown.entries]
        lines = [self._say(key, language, codes=self._join(codes, language))]
        for name, code in zip(shown.entries, codes, strict=True):
            entry = self._knowledge.find_entry(name)
            if entry is None:
                lines.append(self._say(SlackSentence.VOTE_VANISHED, language, code=code))
            elif entry.status == "retired" and entry.replaced_by:
                other = escape(entry.replaced_by)
                lines.append(self._say(AnswerSentence.ENTRY_REPLACED, language, code=code, other=other))
            elif entry.status == "retired":
                lines.append(self._say(AnswerSentence.ENTRY_RETIRED, language, code=code))
        return lines

    def _list_steps(self, recall: Recall, answer: str) -> list[tuple[str, Addition]]:
        entries = [match.entry for match in recall.verdict.matches]
        return [
            option
            for entry in entries
            for option in self._list_steps_of(entry, recall, answer, len(entries) > 1)
        ]

    def _list_steps_of(
        self, entry: Entry, recall: Recall, answer: str, is_one_of_several: bool
    ) -> list[tuple[str, Addition]]:
        key = SlackSentence.STEP_OPTION_OF_CODE if is_one_of_several else SlackSentence.STEP_OPTION
        return [
            (
                self._say(
                    key,
                    recall.language,
                    code=entry.code,
                    number=number,
                    text=pick_text(step.text, recall.language),
                ),
                Addition(recall.language, answer, f"{number}:{hash_step(step)}", entry.id),
            )
            for number, step in enumerate(list_steps(entry, recall.audience), start=1)
        ]

    def _begin(
        self,
        lines: Sequence[str],
        language: str,
        question: Sentence,
        action_id: str,
        options: Sequence[tuple[str, Addition]],
    ) -> Page:
        """Return a page of lines and a menu, if there is anything to choose."""
        page = Page("…")
        page.add_lines(lines)
        select = _build_select(action_id, self._say(question, language), options)
        page.add_buttons([select] if select else [])
        return page

    def _join(self, codes: Sequence[str], language: str) -> str:
        return reduce(
            lambda first, second: self._say(
                AnswerSentence.CODES_JOINED, language, first=first, second=second
            ),
            codes,
        )

    def _say(self, key: Sentence, language: str, **values: object) -> str:
        return self._sentences.say(key, language, **values)


def _build_select(
    action_id: str, placeholder: str, options: Sequence[tuple[str, Addition]]
) -> dict[str, Any] | None:
    """Return a menu, or None where nothing can be chosen."""
    offered = [
        Option(text=PlainTextObject(text=make_plain(text, MOST_OPTION), emoji=False), value=addition.write())
        for text, addition in options
        if len(addition.write()) <= MOST_VALUE
    ]
    if not offered:
        return None
    select = StaticSelectElement(placeholder=placeholder, action_id=action_id, options=offered[:MOST_OPTIONS])
    menu: dict[str, Any] = select.to_dict()
    return menu
