"""Replies to watched posts besides cards: a short line, many posts in one reply, and the list of notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.knowledge.entry import pick_text
from bot.knowledge.snapshot import Knowledge
from bot.replies.dates import build_time
from bot.replies.fallback import join_text
from bot.replies.ids import COMMAND
from bot.replies.messages import Sentences
from bot.replies.mrkdwn import escape
from bot.replies.note import NO_NOTES, Note, Notes, list_note_lines
from bot.replies.page import Page
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence, SlackSentence

MOST_LISTED = 20  # codes of a roll-up; a minute holds fewer


class Notices:
    """Build those messages, in any of the knowledge's languages."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._sentences = Sentences(knowledge.messages)

    def build_short(self, entries: Sequence[str], url: str, language: str, notes: Notes = NO_NOTES) -> Reply:
        """Return the line that links to where these entries (pack/code) were answered, and their notes."""
        link = self._link(url, SlackSentence.LINK_THREAD, language)
        text = self._say(
            SlackSentence.SHORT_LINE, language, codes=self._list_titles(entries, language), link=link
        )
        noted = [(name.rpartition("/")[2], note) for name in entries for note in notes.get(name)]
        return self._build([text, *self._list_notes(noted, language)])

    def build_notes(self, noted: Sequence[tuple[str, Note]], language: str) -> Reply:
        """Return the notes that hold in a channel, each with its code; or that there are none."""
        if not noted:
            return self._build([self._say(SlackSentence.NOTES_NONE, language, command=COMMAND)])
        heading = self._say(SlackSentence.NOTES_LISTED, language, count=len(noted))
        return self._build([heading, *self._list_notes(noted, language)])

    def build_roll_up(self, counts: Mapping[str, int], since: float, language: str) -> Reply:
        """Return one reply for many posts: how often each entry was seen since an epoch second."""
        opening = self._say(SlackSentence.ROLL_UP, language, since=build_time(since))
        found = ((self._knowledge.find_entry(name), count) for name, count in counts.items())
        known = [(entry, count) for entry, count in found if entry]
        lines = [
            self._say(
                SlackSentence.ROLL_UP_LINE,
                language,
                code=escape(entry.code),
                title=escape(pick_text(entry.title, language)),
                count=count,
            )
            for entry, count in known[:MOST_LISTED]
        ]
        return self._build([opening, *lines])

    def say_seen_again(self, count: int, since: float, url: str, language: str) -> str:
        """Return the remark for a card whose code the channel has seen again."""
        link = self._link(url, SlackSentence.LINK_POST, language)
        return self._say(SlackSentence.SEEN_AGAIN, language, count=count, since=build_time(since), link=link)

    def _build(self, lines: Sequence[str]) -> Reply:
        """Return a message of lines, as many as fit."""
        page = Page("…")
        page.add_lines(lines)
        return Reply(join_text(lines, "…"), page.blocks)

    def _list_notes(self, noted: Sequence[tuple[str, Note]], language: str) -> list[str]:
        say = self._sentences.bind(language)
        return [line for code, note in noted for line in list_note_lines(code, note, say)]

    def _list_titles(self, entries: Sequence[str], language: str) -> str:
        known = filter(None, map(self._knowledge.find_entry, entries))
        return escape(", ".join(f"{entry.code} {pick_text(entry.title, language)}" for entry in known))

    def _link(self, url: str, label: Sentence, language: str) -> str:
        """Return a link, or its label alone where the address isn't known."""
        text = self._say(label, language)
        return f"<{escape(url)}|{text}>" if url else text

    def _say(self, key: Sentence, language: str, **values: object) -> str:
        return self._sentences.say(key, language, **values)
