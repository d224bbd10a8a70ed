"""What the desk says of posts nobody put to it, besides cards: seen again, one short line, many in one.

Pure. Dates and links are the only live tokens that the desk makes, and they are made here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.knowledge.snapshot import Knowledge
from bot.replies.mrkdwn import escape
from bot.replies.page import Page
from bot.replies.reply import Reply
from bot.replies.sentences import Sentence, Sentences

MOST_LISTED = 20  # codes of a roll-up; a minute holds fewer


class Notices:
    """Build those messages, in any of the knowledge's languages."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._sentences = Sentences(knowledge.messages)

    def build_short(self, entries: Sequence[str], url: str, language: str) -> Reply:
        """Return the line that leads to where these entries (pack/code) were told in full."""
        link = self._link(url, Sentence.LINK_THREAD, language)
        text = self._say(Sentence.SHORT_LINE, language, codes=self._list_titles(entries, language), link=link)
        page = Page("")
        page.add_lines([text])
        return Reply(text, page.blocks)

    def build_roll_up(self, counts: Mapping[str, int], since: float, language: str) -> Reply:
        """Return one reply for many posts: how often each entry was met since an epoch second."""
        opening = self._say(Sentence.ROLL_UP, language, since=build_time(since))
        met = ((self._knowledge.find_entry(name), count) for name, count in counts.items())
        known = [(entry, count) for entry, count in met if entry]
        lines = [
            self._say(
                Sentence.ROLL_UP_LINE,
                language,
                code=escape(entry.code),
                title=escape(entry.title[language]),
                count=count,
            )
            for entry, count in known[:MOST_LISTED]
        ]
        page = Page("")
        page.add_lines([opening, *lines])
        return Reply("\n".join([opening, *lines]), page.blocks)

    def say_seen_again(self, count: int, since: float, url: str, language: str) -> str:
        """Return the remark for a card whose code the channel has seen again."""
        link = self._link(url, Sentence.LINK_POST, language)
        return self._say(Sentence.SEEN_AGAIN, language, count=count, since=build_time(since), link=link)

    def _list_titles(self, entries: Sequence[str], language: str) -> str:
        known = filter(None, map(self._knowledge.find_entry, entries))
        return escape(", ".join(f"{entry.code} {entry.title[language]}" for entry in known))

    def _link(self, url: str, label: Sentence, language: str) -> str:
        """Return a link, or its label alone where the address isn't known."""
        told = self._say(label, language)
        return f"<{escape(url)}|{told}>" if url else told

    def _say(self, key: Sentence, language: str, **values: object) -> str:
        return self._sentences.say(key, language, **values)


def build_time(at: float) -> str:
    """Return the token that Slack shows as the reader's time of day (docs.slack.dev, date formatting).

    >>> build_time(1790000000)
    '<!date^1790000000^{time}|14:13 UTC>'
    """
    second = int(at)
    return f"<!date^{second}^{{time}}|{second % 86400 // 3600:02}:{second % 3600 // 60:02} UTC>"
