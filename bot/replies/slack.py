"""A verdict as a Slack message, for every surface: a thread, an answer that one person sees, a modal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.knowledge.entry import pick_text
from bot.knowledge.snapshot import Knowledge
from bot.replies import ids
from bot.replies.answer_page import AnswerPage
from bot.replies.fallback import join_text, list_text_lines
from bot.replies.messages import Sentences
from bot.replies.mrkdwn import escape, make_code
from bot.replies.note import NO_NOTES, Notes, list_note_lines
from bot.replies.page import Button, Page, build_button, build_plain, build_value_button
from bot.replies.plain import MOST_CARDS, PlainReplies
from bot.replies.recall import Recall
from bot.replies.reply import Reply, View
from bot.replies.sentences import AnswerSentence, Sentence, SlackSentence

MOST_ASKED = 150  # characters of a question that are repeated
MOST_TITLE = 24  # characters of a modal's title and buttons
MOST_BUTTONS = 5  # beneath an answer; Slack takes 25
HELPED, NOT_IT = "+", "-"  # begin the value of a vote's button
MOST_KEPT = 2_000  # answers of one entry that are kept ready, some 10 kB each


class SlackReplies:
    """Build messages from verdicts, in any of the knowledge's languages."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._sentences = Sentences(knowledge.messages)
        self._kept: dict[tuple[str, ...], tuple[str, Page]] = {}  # the knowledge never changes

    def build_reply(
        self,
        recall: Recall,
        *,
        asked: str = "",
        shareable: bool = False,
        sharer: str = "",
        mutable: bool = False,
        remark: str = "",
        notes: Notes = NO_NOTES,
        in_modal: bool = False,
    ) -> Reply:
        """Return the message that tells a verdict.

        `asked` is the question, to be repeated where Slack doesn't show it; `sharer` the user id of whoever
        shares the answer; `remark` a line to stand last (mrkdwn, ready made). A `shareable` answer has a
        button for that, if there is anything to share; a `mutable` one a button that ends such replies.
        `notes` are those that hold here. `in_modal` blocks are those that a modal takes.
        """
        language = recall.language
        recall, is_withheld = _withhold(recall)
        if is_withheld:
            return self.build_notice(SlackSentence.INTERNAL_ONLY, language, command=ids.COMMAND)
        page = Page(self._say_cut(language))
        if sharer:
            page.add_context([self.say(SlackSentence.SHARED_BY, language, person=f"<@{sharer}>")])
        asked = escape(" ".join(asked.split()))[: 2 * MOST_ASKED]  # no more is shown
        recall = replace(recall, asked=asked)
        if asked:
            page.add_context([self.say(SlackSentence.ASKED, language, question=make_code(asked, MOST_ASKED))])
        due = notes.pick([match.entry.id for match in recall.verdict.matches])
        text = self._add_answer(page, recall, due)
        page.add_context([remark] if remark else [])
        page.add_buttons(self._list_buttons(recall, shareable, mutable))
        self._add_feedback(page, recall, in_modal)
        return Reply(text, page.blocks)

    def build_noted(self, recall: Recall, notes: Notes, *, mutable: bool = False, remark: str = "") -> Reply:
        """Return the reply to a watched post of noted codes: titles and notes, each with its button."""
        recall, is_withheld = _withhold(recall)
        language = recall.language
        if is_withheld:
            return self.build_notice(SlackSentence.INTERNAL_ONLY, language, command=ids.COMMAND)
        entries = [match.entry for match in recall.verdict.matches]
        page = Page(self._say_cut(language))
        self._build_answer_page(recall, notes).add_titles(page, entries)
        page.add_context([remark] if remark else [])
        page.add_buttons([self._build_mute(recall)] if mutable else [])
        self._add_feedback(page, recall)
        titles = [f"{escape(entry.code)} {escape(pick_text(entry.title, language))}" for entry in entries]
        return Reply(self._join([*titles, *self._list_notes(recall, notes)], language), page.blocks)

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

    def build_modal(self, recall: Recall, metadata: str, remark: str = "", notes: Notes = NO_NOTES) -> View:
        """Return the modal that tells a verdict; one with an answer can be posted from it.

        `metadata` says where to, in at most 3,000 characters; it comes back with the submission.
        """
        reply = self.build_reply(recall, remark=remark, notes=notes, in_modal=True)
        return self.build_view(reply, recall.language, metadata, postable=bool(recall.verdict.matches))

    def build_customer(self, recall: Recall) -> Reply:
        """Return the customer sentence of each entry in every language, ready to copy."""
        recall, is_withheld = _withhold(recall)
        language, others = recall.language, self._knowledge.languages
        page, texts = Page(self._say_cut(language)), []
        for entry in (match.entry for match in recall.verdict.matches):
            page.add_divider()
            title = f"{entry.code} {pick_text(entry.title, language)}"
            label = self.say(AnswerSentence.LABEL_CUSTOMER, language)
            page.add_context([escape(self.say(AnswerSentence.CONTEXT, language, label=label, text=title))])
            for each in (language, *(other for other in others if other != language)):
                sentence = escape(entry.customer.get(each, ""))
                page.add_lines([sentence] if sentence else [])
                texts += [sentence] if sentence else []
        if is_withheld or not texts:
            return self.build_notice(SlackSentence.BUTTON_STALE, language)
        return Reply(self._join(texts, language), page.blocks)

    def build_customer_modal(self, recall: Recall) -> View:
        """Return the same as a modal."""
        return self.build_view(
            self.build_customer(recall), recall.language, title=AnswerSentence.LABEL_CUSTOMER
        )

    def build_notice_modal(self, key: Sentence, language: str, **values: object) -> View:
        """Return a modal that says one fixed sentence."""
        return self.build_view(self.build_notice(key, language, **values), language)

    def build_view(
        self,
        reply: Reply,
        language: str,
        metadata: str = "",
        postable: bool = False,
        title: Sentence = SlackSentence.MODAL_TITLE,
    ) -> View:
        """Return a message's blocks as a modal; a `postable` one can be submitted."""
        view: View = {
            "type": "modal",
            "callback_id": ids.ANSWER_POST,
            "title": build_plain(self.say(title, language), MOST_TITLE),
            "close": build_plain(self.say(SlackSentence.MODAL_CLOSE, language), MOST_TITLE),
            "blocks": list(reply.blocks),
            "private_metadata": metadata,
        }
        if postable:
            view["submit"] = build_plain(self.say(SlackSentence.MODAL_POST, language), MOST_TITLE)
        return view

    def build_usage(self) -> Reply:
        """Return how to ask, in every language."""
        languages = self._knowledge.languages
        texts = [self.say(SlackSentence.USAGE, language, command=ids.COMMAND) for language in languages]
        page = Page("")
        for text in texts:
            page.add_divider()
            page.add_lines(text.split("\n"))
        return Reply("\n\n".join(texts), page.blocks)

    def name_pack(self, pack_id: str, language: str) -> str:
        """Return a pack's id with its title."""
        return f"{pack_id} ({pick_text(self._knowledge.packs[pack_id].title, language)})"

    def say(self, key: Sentence, language: str, **values: object) -> str:
        """Return a fixed sentence; what fills it is escaped already."""
        return self._sentences.say(key, language, **values)

    def _say_cut(self, language: str) -> str:
        return escape(self.say(SlackSentence.CUT, language))

    def _add_answer(self, page: Page, recall: Recall, notes: Notes) -> str:
        """Add what a verdict tells; return it as plain text. One entry alone is laid out once and kept."""
        verdict = recall.verdict
        is_plain = verdict.kind == "answered" and not (verdict.unknown or verdict.left_out or notes)
        if is_plain and len(verdict.matches) == 1:
            text, laid_out = self._lay_out_entry(recall)
            if page.has_room_for(laid_out):
                page.add_page(laid_out)
                return text
        return self._lay_out_answer(page, recall, notes)

    def _lay_out_entry(self, recall: Recall) -> tuple[str, Page]:
        """Return the text and the part of a page that tell of one entry, whoever asked."""
        key = (recall.verdict.matches[0].entry.id, recall.language, recall.audience)
        kept = self._kept.get(key)
        if kept is None:
            page = Page(self._say_cut(recall.language))
            kept = self._lay_out_answer(page, recall, NO_NOTES), page
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = kept
        return kept

    def _lay_out_answer(self, page: Page, recall: Recall, notes: Notes) -> str:
        replies = PlainReplies(self._knowledge, recall.language, "slack", recall.audience)
        answer = replies.build_answer(recall.verdict)
        answer_page = self._build_answer_page(recall, notes)
        answer_page.add_answer(page, answer)
        fixes = [line for card in answer.cards for line in answer_page.list_fix_lines(card.id)]
        return self._join(
            [*self._list_notes(recall, notes), *list_text_lines(answer), *fixes], recall.language
        )

    def _build_answer_page(self, recall: Recall, notes: Notes) -> AnswerPage:
        return AnswerPage(self._knowledge, self._sentences.bind(recall.language), recall, notes)

    def _list_notes(self, recall: Recall, notes: Notes) -> list[str]:
        """Return the notes on what is shown, as lines for the text of a message."""
        say = self._sentences.bind(recall.language)
        entries = [match.entry for match in recall.verdict.matches]
        noted = [(entry.code, note) for entry in entries for note in notes.get(entry.id)]
        return [line for code, note in noted for line in list_note_lines(code, note, say, mark="")]

    def _join(self, lines: Sequence[str], language: str) -> str:
        """Return escaped lines as the text of a message, cut where they are more than it holds."""
        return join_text(lines, self._say_cut(language))

    def _list_buttons(self, recall: Recall, shareable: bool, mutable: bool) -> list[Button]:
        language, matches = recall.language, recall.verdict.matches
        others = [each for each in self._knowledge.languages.values() if each.id != language]
        buttons, value = [], recall.write_value()
        has_texts = any(match.entry.customer for match in matches)  # a draft may have none
        if recall.verdict.kind == "answered" and len(matches) <= MOST_CARDS and has_texts:
            label = self.say(AnswerSentence.LABEL_CUSTOMER, language)
            buttons.append(build_value_button(ids.CUSTOMER_SHOW, label, value))
        if shareable and matches:
            label = self.say(SlackSentence.BUTTON_SHARE, language)
            buttons.append(build_value_button(ids.ANSWER_SHARE, label, value))
        buttons += [
            build_button(f"{ids.LANGUAGE_SWITCH}_{other.id}", other.name, replace(recall, language=other.id))
            for other in others
        ]
        if mutable:
            buttons.append(self._build_mute(recall))
        return buttons[:MOST_BUTTONS]

    def _add_feedback(self, page: Page, recall: Recall, in_modal: bool = False) -> None:
        """Append what lets a person say whether an answer helped: as buttons, where Slack's own can't be."""
        if recall.verdict.kind != "answered":
            return
        value, language = replace(recall, asked="").write_value(), recall.language
        yes, no = (
            build_value_button(f"{ids.ANSWER_RATE}_{name}", self.say(label, language), mark + value)
            for name, label, mark in (
                ("yes", SlackSentence.BUTTON_FIXED, HELPED),
                ("no", SlackSentence.BUTTON_NOT_IT, NOT_IT),
            )
        )
        if in_modal:
            page.add_buttons([yes, no])
        else:
            page.add_feedback((yes, no))

    def _build_mute(self, recall: Recall) -> Button:
        return build_button(ids.THREAD_MUTE, self.say(SlackSentence.BUTTON_MUTE, recall.language), recall)


def _withhold(recall: Recall) -> tuple[Recall, bool]:
    """Return the recall without what its audience isn't to see, and whether nothing is left of an answer."""
    if recall.audience == "internal":
        return recall, False
    verdict = recall.verdict
    matches = tuple(match for match in verdict.matches if match.entry.audience == "public")
    nearest = tuple(entry for entry in verdict.nearest if entry.audience == "public")
    kept = replace(verdict, matches=matches, nearest=nearest)
    return replace(recall, verdict=kept), bool(verdict.matches) and not matches
