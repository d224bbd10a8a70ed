"""A verdict as a Slack message: heading, cause, steps, remarks, buttons. Pure; sends nothing.

The words are plain.py's, the room page.py's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.knowledge.snapshot import Knowledge
from bot.replies import ids
from bot.replies.fallback import build_text
from bot.replies.mrkdwn import escape, make_code
from bot.replies.page import Button, Page, build_button, build_plain
from bot.replies.plain import Answer, Card, Choice, Part, PlainReplies
from bot.replies.recall import Recall
from bot.replies.reply import Reply, View
from bot.replies.sentences import Sentence, Sentences

MOST_ASKED = 150  # characters of a question that are repeated
MOST_TITLE = 24  # characters of a modal's title and buttons
SHOWN = ("description", "cause", "steps", "notes")
MOST_BUTTONS = 5  # beneath an answer; Slack takes 25
MOST_KEPT = 2_000  # answers of one entry that are kept ready, some 10 kB each
ROW = 350  # characters kept for a code that is told by its title alone


class SlackReplies:
    """Build messages from verdicts, in any of the knowledge's languages."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._sentences = Sentences(knowledge.messages)
        self._kept: dict[tuple[str | float, ...], tuple[str, Page]] = {}  # the knowledge never changes

    def build_reply(
        self,
        recall: Recall,
        *,
        asked: str = "",
        shareable: bool = False,
        sharer: str = "",
        mutable: bool = False,
        remark: str = "",
    ) -> Reply:
        """Return the message that tells a verdict.

        `asked` is the question, to be repeated where Slack doesn't show it; `sharer` the user id of whoever
        shares the answer; `remark` a line to stand last (mrkdwn, ready made). A `shareable` answer has a
        button for that, if there is anything to share; a `mutable` one a button that ends such replies.
        """
        language = recall.language
        recall, is_withheld = _withhold(recall)
        if is_withheld:
            return self.build_notice(Sentence.INTERNAL_ONLY, language, command=ids.COMMAND)
        page = Page(self._say_cut(language))
        if sharer:
            page.add_context([self.say(Sentence.SHARED_BY, language, person=f"<@{sharer}>")])
        if asked:
            page.add_context([self.say(Sentence.ASKED, language, question=make_code(asked, MOST_ASKED))])
        text = self._add_answer(page, recall)
        page.add_context([remark] if remark else [])
        page.add_buttons(self._list_buttons(recall, shareable, mutable))
        return Reply(text, page.blocks)

    def build_notice(self, key: Sentence, language: str, **values: object) -> Reply:
        """Return a message that says one fixed sentence; values that people wrote are escaped."""
        return self.build_ready(
            self.say(key, language, **{name: escape(str(value)) for name, value in values.items()})
        )

    def build_ready(self, text: str) -> Reply:
        """Return a message of mrkdwn that was made ready: what people wrote in it is escaped already."""
        page = Page("")
        page.add_lines(text.split("\n"))
        return Reply(text, page.blocks)

    def build_report(self, lines: Sequence[str]) -> Reply:
        """Return a message of lines that were made ready, as many as fit; a notification shows the first."""
        page = Page("…")
        page.add_lines(lines)
        return Reply(lines[0], page.blocks)

    def build_modal(self, recall: Recall, metadata: str, remark: str = "") -> View:
        """Return the modal that tells a verdict; one with an answer can be posted from it.

        `metadata` says where to, in at most 3,000 characters; it comes back with the submission.
        """
        reply = self.build_reply(recall, remark=remark)
        return self._build_view(reply, recall.language, metadata, postable=bool(recall.verdict.matches))

    def build_notice_modal(self, key: Sentence, language: str, **values: object) -> View:
        """Return a modal that says one fixed sentence."""
        return self._build_view(self.build_notice(key, language, **values), language)

    def _build_view(self, reply: Reply, language: str, metadata: str = "", postable: bool = False) -> View:
        view: View = {
            "type": "modal",
            "callback_id": ids.ANSWER_POST,
            "title": build_plain(self.say(Sentence.MODAL_TITLE, language), MOST_TITLE),
            "close": build_plain(self.say(Sentence.MODAL_CLOSE, language), MOST_TITLE),
            "blocks": list(reply.blocks),
            "private_metadata": metadata,
        }
        if postable:
            view["submit"] = build_plain(self.say(Sentence.MODAL_POST, language), MOST_TITLE)
        return view

    def build_usage(self) -> Reply:
        """Return how to ask, in every language."""
        languages = self._knowledge.languages
        texts = [self.say(Sentence.USAGE, language, command=ids.COMMAND) for language in languages]
        page = Page("")
        for text in texts:
            page.add_divider()
            page.add_lines(text.split("\n"))
        return Reply("\n\n".join(texts), page.blocks)

    def say(self, key: Sentence, language: str, **values: object) -> str:
        """Return a fixed sentence; what fills it is escaped already."""
        return self._sentences.say(key, language, **values)

    def _say_cut(self, language: str) -> str:
        return escape(self.say(Sentence.CUT, language))

    def _add_answer(self, page: Page, recall: Recall) -> str:
        """Add what a verdict tells; return it as plain text. One entry alone is laid out once and kept."""
        verdict = recall.verdict
        if (
            verdict.kind == "answered"
            and len(verdict.matches) == 1
            and not (verdict.unknown or verdict.left_out)
        ):
            text, laid_out = self._lay_out_entry(recall)
            if page.has_room_for(laid_out):
                page.add_page(laid_out)
                return text
        answer = self._build_answer(recall)
        self._lay_out_answer(page, answer, recall)
        return build_text(answer, self._say_cut(recall.language))

    def _lay_out_entry(self, recall: Recall) -> tuple[str, Page]:
        """Return the text and the part of a page that tell of one entry, whoever asked."""
        [match] = recall.verdict.matches
        evidence = match.evidence
        key = (match.entry.id, recall.language, recall.audience, evidence.rule, evidence.phrase, match.score)
        kept = self._kept.get(key)
        if kept is None:
            note, answer = self._say_cut(recall.language), self._build_answer(recall)
            page = Page(note)
            self._lay_out_answer(page, answer, recall)
            kept = build_text(answer, note), page
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = kept
        return kept

    def _build_answer(self, recall: Recall) -> Answer:
        replies = PlainReplies(self._knowledge, recall.language, "slack", recall.audience)
        return replies.build_answer(recall.verdict)

    def _lay_out_answer(self, page: Page, answer: Answer, recall: Recall) -> None:
        page.add_lines([escape(told) for told in answer.unknown])
        page.add_lines([escape(answer.opening)] if answer.opening else [])
        self._add_cards(page, answer.cards, recall)
        self._add_choices(page, answer.choices, recall)
        page.add_lines([escape(answer.nearest_label)] if answer.nearest_label else [])
        self._add_choices(page, answer.nearest, recall)
        page.add_lines([escape(answer.following)] if answer.following else [])

    def _add_cards(self, page: Page, cards: Sequence[Card], recall: Recall) -> None:
        """Add the cards in full as far as they fit, the others by their titles, each with a button."""
        for place, card in enumerate(cards):
            kept = ROW * (len(cards) - place - 1)
            own = self._lay_out(card, recall, page.room - kept)
            if place:
                page.add_divider()
            if place == 0 or page.has_room_for(own):
                page.add_page(own)
            else:
                page.add_lines([f"*{escape(card.code)}* {escape(card.title)}"], self._show(card, recall))

    def _lay_out(self, card: Card, recall: Recall, room: int) -> Page:
        own = Page(escape(self.say(Sentence.CUT, recall.language)), room)
        own.add_header(f"{card.code} {card.title}")
        own.add_lines([escape(mark) for mark in card.marks])
        parts = {part.kind: part for part in card.parts}
        for kind in (*SHOWN, "customer") if recall.audience == "public" else SHOWN:
            if kind in parts:
                own.add_lines(list(_list_lines(parts[kind], labelled=kind != "description")))
        sent, unsent = parts.get("message"), parts.get("no-message")
        said = [f"{escape(sent.label)} {make_code(sent.items[0].text)}"] if sent else []
        said += [f"{escape(unsent.label)} {escape(unsent.items[0].text)}"] if unsent else []
        family = [escape(card.family)] if card.family else []
        own.add_context([" · ".join(said + family), *(escape(text) for text in card.context)])
        return own

    def _add_choices(self, page: Page, choices: Iterable[Choice], recall: Recall) -> None:
        for choice in choices:
            lines = [f"*{escape(choice.code)}* {escape(choice.title)}", escape(choice.apart)]
            page.add_lines([line for line in lines if line], self._show(choice, recall))

    def _show(self, shown: Card | Choice, recall: Recall) -> Button:
        pack, _, code = shown.id.rpartition("/")
        entry = self._knowledge.packs[pack].entries[code]
        label = self.say(Sentence.BUTTON_SHOW, recall.language, code=shown.code)
        return build_button(ids.CHOICE_SHOW, label, recall.pick(entry))

    def _list_buttons(self, recall: Recall, shareable: bool, mutable: bool) -> list[Button]:
        others = (each for each in self._knowledge.languages.values() if each.id != recall.language)
        buttons = [
            build_button(
                f"{ids.LANGUAGE_SWITCH}_{other.id}",
                other.name,
                replace(recall, language=other.id),
            )
            for other in others
        ]
        if shareable and recall.verdict.matches:
            label = self.say(Sentence.BUTTON_SHARE, recall.language)
            buttons.append(build_button(ids.ANSWER_SHARE, label, recall))
        if mutable:
            buttons.append(
                build_button(ids.THREAD_MUTE, self.say(Sentence.BUTTON_MUTE, recall.language), recall)
            )
        return buttons[:MOST_BUTTONS]


def _withhold(recall: Recall) -> tuple[Recall, bool]:
    """Return the recall without what its audience isn't to see, and whether nothing is left of an answer."""
    if recall.audience == "internal":
        return recall, False
    verdict = recall.verdict
    matches = tuple(match for match in verdict.matches if match.entry.audience == "public")
    nearest = tuple(entry for entry in verdict.nearest if entry.audience == "public")
    kept = replace(verdict, matches=matches, nearest=nearest)
    return replace(recall, verdict=kept), bool(verdict.matches) and not matches


def _list_lines(part: Part, labelled: bool) -> Iterable[str]:
    """Yield a part's lines, its label on a line of its own: bold that touches Chinese isn't rendered."""
    if labelled:
        marks = f" · {escape(' · '.join(part.marks))}" if part.marks else ""
        yield f"*{escape(part.label)}*{marks}"
    for number, item in enumerate(part.items, start=1):
        marks = f" [{escape(' · '.join(item.marks))}]" if item.marks else ""
        lead = f"{number}. " if part.numbered else "• " * (len(part.items) > 1)
        yield f"{lead}{escape(item.text)}{marks}"
