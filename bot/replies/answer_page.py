"""An answer laid out as a page of Slack's blocks: cards, choices, what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce

from bot.knowledge.entry import Entry, pick_text
from bot.knowledge.snapshot import Knowledge
from bot.replies import ids
from bot.replies.answer import Answer, Card, Choice, CitedSource, Part
from bot.replies.fixes import rank_steps
from bot.replies.mrkdwn import count_units, escape, make_code
from bot.replies.note import Notes, list_note_lines
from bot.replies.page import MOST_REMARK, Button, Page, build_button
from bot.replies.recall import Recall
from bot.replies.sentences import AnswerSentence, SlackSentence

ROW = 350  # characters kept for a card that is listed because the ones before it left no room


class AnswerPage:
    """Lays out one answer, for what a button recalls of it; `say` speaks the answer's language."""

    def __init__(
        self,
        knowledge: Knowledge,
        say: Callable[..., str],
        recall: Recall,
        notes: Notes,
    ) -> None:
        self._knowledge = knowledge
        self._say = say
        self._recall = recall
        self._notes = notes

    def add_answer(self, page: Page, answer: Answer) -> None:
        """Append the whole answer."""
        page.add_lines([escape(line) for line in answer.unknown])
        page.add_lines([escape(answer.opening)] if answer.opening else [])
        self._add_cards(page, answer.cards)
        self._add_choices(page, answer.choices)
        page.add_lines([escape(answer.following)] if answer.following else [])
        page.add_lines([escape(answer.nearest_label)] if answer.nearest_label else [])
        self._add_choices(page, answer.nearest)

    def add_titles(self, page: Page, entries: Iterable[Entry]) -> None:
        """Append entries by code, title and notes, each with a button that shows it in full."""
        for entry in entries:
            title = escape(pick_text(entry.title, self._recall.language))
            lines = [f"*{escape(entry.code)}* {title}", *self._list_note_lines(entry.id)]
            page.add_lines(lines, self._build_show(entry))

    def _list_note_lines(self, entry_id: str) -> list[str]:
        """Return the notes on an entry as lines of mrkdwn."""
        code, notes = entry_id.rpartition("/")[2], self._notes.get(entry_id)
        return [line for note in notes for line in list_note_lines(code, note, self._say)]

    def list_fix_lines(self, entry_id: str) -> list[str]:
        """Return which steps fixed it, as one line, or nothing where too few told."""
        votes = self._notes.fixes.get(entry_id)
        if not votes:
            return []
        entry = self._knowledge.get_entry(entry_id)
        steps = [
            self._say(SlackSentence.FIXED_STEP, number=number, count=count)
            for number, count in rank_steps(entry, self._recall.audience, votes)
        ]
        joined = reduce(
            lambda first, second: self._say(AnswerSentence.CODES_JOINED, first=first, second=second),
            steps or [""],
        )
        return [self._say(SlackSentence.FIXED_BY, steps=joined)] if steps else []

    def _add_cards(self, page: Page, cards: Sequence[Card]) -> None:
        """Add the cards in full as far as they fit, the others by their titles, each with a button."""
        for place, card in enumerate(cards):
            kept = ROW * (len(cards) - place - 1)
            own = self._lay_out_card(card, page.room - kept)
            if place:
                page.add_divider()
            if place == 0 or page.has_room_for(own):
                page.add_page(own)
            else:
                page.add_lines([f"*{escape(card.code)}* {escape(card.title)}"], self._build_show(card))

    def _lay_out_card(self, card: Card, room: int) -> Page:
        own = Page(escape(self._say(SlackSentence.CUT)), room)
        own.add_lines(self._list_note_lines(card.id))
        own.add_header(f"{card.code} {card.title}")
        own.add_lines([escape(mark) for mark in card.marks])
        parts = {part.kind: part for part in card.parts}
        meaning = [list(_list_lines(parts[kind])) for kind in ("description", "cause") if kind in parts]
        own.add_lines("\n\n".join("\n".join(lines) for lines in meaning).split("\n") if meaning else [])
        for kind in ("steps", "notes", *(("customer",) if self._recall.audience == "public" else ())):
            if kind in parts:
                own.add_lines(list(_list_lines(parts[kind])))
        own.add_context(
            [
                *self.list_fix_lines(card.id),
                *self._list_related(parts.get("related")),
                *map(escape, card.siblings),
                self._build_origin(card),
                *map(escape, card.footnotes),
            ]
        )
        return own

    def _list_related(self, related: Part | None) -> list[str]:
        """Return the entries to look at besides, as one line: code and title of each."""
        if related is None:
            return []
        entries = " · ".join(escape(item.short) for item in related.items)
        return [self._say(AnswerSentence.CONTEXT, label=escape(related.label), text=entries)]

    def _build_origin(self, card: Card) -> str:
        """Return the API's message, the family and the sources as one line, as far as they fit."""
        message = (
            make_code(card.message) if card.message else escape(self._say(AnswerSentence.MESSAGE_UNKNOWN))
        )
        pieces = [f"{escape(self._say(AnswerSentence.LABEL_MESSAGE))} {message}"]
        room = MOST_REMARK - count_units(pieces[0])
        for piece in (escape(card.family), *map(self._build_source_link, card.sources)):
            room -= count_units(piece) + 3
            if piece and room >= 0:
                pieces.append(piece)
        return " · ".join(pieces)

    def _build_source_link(self, source: CitedSource) -> str:
        """Return a source; one that has an address is a link."""
        title = escape(source.title)
        return f"<{escape(source.address)}|{title}>" if source.address else title

    def _add_choices(self, page: Page, choices: Iterable[Choice]) -> None:
        for choice in choices:
            lines = [f"*{escape(choice.code)}* {escape(choice.title)}", escape(choice.apart)]
            lines += self._list_note_lines(choice.id)
            page.add_lines([line for line in lines if line], self._build_show(choice))

    def _build_show(self, shown: Card | Choice | Entry) -> Button:
        label = self._say(SlackSentence.BUTTON_SHOW, code=shown.code)
        return build_button(
            ids.CHOICE_SHOW, label, self._recall.pick_entry(self._knowledge.get_entry(shown.id))
        )


def _list_lines(part: Part) -> Iterator[str]:
    """Yield a part's lines: a description bare, one text behind its label, several below it.

    Bold needs a blank or a line's end on both sides, or it isn't rendered beside Chinese.
    """
    label = f"*{escape(part.label)}*"
    several = part.numbered or len(part.items) > 1
    if several:
        yield label
    for number, item in enumerate(part.items, start=1):
        marks = f" [{escape(' · '.join(item.marks))}]" if item.marks else ""
        single = "" if part.kind == "description" else label
        lead = f"{number}." if part.numbered else "•" if several else single
        yield f"{lead} {escape(item.text)}{marks}".lstrip()
