"""Open gaps as a Slack message for one author, each with its buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

from bot.knowledge.entry import pick_text
from bot.knowledge.snapshot import Knowledge
from bot.replies import ids
from bot.replies.fallback import join_text
from bot.replies.messages import Sentences
from bot.replies.mrkdwn import escape, make_code
from bot.replies.page import Button, Page, build_value_button
from bot.replies.reply import Reply
from bot.replies.sentences import AnswerSentence, ReportSentence, Sentence
from bot.reports.gap_list import OpenGap
from bot.reports.periods import build_day

MOST_LISTED = 6  # gaps of one message
MOST_NEAREST = 3
MOST_WORDS = 120  # characters of a question
MOST_COMMAND = 200  # of a command that repeats one

Link = Callable[[str, str, str], str]
"""From a channel, a ts and its thread's root to the address of the post, "" while nobody knows it."""


class GapPage:
    """Builds the list in one language."""

    def __init__(self, knowledge: Knowledge, language: str, link: Link) -> None:
        self._knowledge = knowledge
        self._language = language
        self._link = link
        self._sentences = Sentences(knowledge.messages)

    def build_list(
        self, gaps: Sequence[OpenGap], days: int, *, more: bool = False, opening: str = "", undo: str = ""
    ) -> Reply:
        """Return the list; `opening` stands above it (mrkdwn), with a button that restores the gap `undo`."""
        heading = self.say(ReportSentence.GAPS_HEADING if gaps else ReportSentence.GAPS_NONE, days=days)
        action = (ids.GAP_IGNORE, ReportSentence.BUTTON_IGNORE)
        return self._build(gaps, heading, action, more=more, opening=opening, undo=undo)

    def build_ignored(self, gaps: Sequence[OpenGap], *, opening: str = "") -> Reply:
        """Return the list of those that are ignored."""
        heading = self.say(ReportSentence.GAPS_IGNORED_HEADING if gaps else ReportSentence.GAPS_IGNORED_NONE)
        return self._build(gaps, heading, (ids.GAP_RESTORE, ReportSentence.BUTTON_RESTORE), opening=opening)

    def name_gap(self, gap: OpenGap) -> str:
        """Return what is missing, on one line."""
        kind, code = gap.group.kind, gap.group.code or gap.group.key.rpartition("/")[2]
        if kind == "question" and not gap.text:
            return self.say(ReportSentence.GAP_WORDS_GONE)
        if kind == "question":
            return make_code(gap.text, MOST_WORDS)
        key = {"not-it": ReportSentence.GAP_NOT_IT, "near-miss": ReportSentence.GAP_NEAR_MISS}.get(
            kind, ReportSentence.GAP_CODE
        )
        return self.say(key, code=escape(code))

    def name_subject(self, gap: OpenGap) -> str:
        """Return what a gap is about: a code in bold, or the words."""
        if gap.group.kind == "question":
            return self.name_gap(gap)
        return self.say(
            ReportSentence.GAP_CODE, code=escape(gap.group.code or gap.group.key.rpartition("/")[2])
        )

    @staticmethod
    def name_owners(gap: OpenGap) -> str:
        """Return mentions of the owners, people or groups."""
        return " ".join(f"<!subteam^{each}>" if each.startswith("S") else f"<@{each}>" for each in gap.owners)

    def link_thread(self, gap: OpenGap) -> str:
        """Return a link to the thread in which an owner is asked."""
        label, row = self.say(ReportSentence.OWNER_THREAD), gap.thread
        url = self._link(row.channel, row.ts, row.root) if row else ""
        return f"<{escape(url)}|{label}>" if url else label

    def _build(
        self,
        gaps: Sequence[OpenGap],
        heading: str,
        action: tuple[str, Sentence],
        *,
        more: bool = False,
        opening: str = "",
        undo: str = "",
    ) -> Reply:
        page, lines = Page("…"), [*([opening] if opening else []), heading]
        if opening:
            label = self.say(ReportSentence.BUTTON_UNDO)
            page.add_lines([opening], build_value_button(ids.GAP_RESTORE, label, undo) if undo else None)
        page.add_lines([heading])
        for gap in gaps:
            told = self.list_lines(gap)
            lines += told
            page.add_divider()
            page.add_lines(told)
            page.add_buttons(self._list_buttons(gap, *action))
        if more:
            lines.append(self.say(ReportSentence.GAPS_MORE))
            page.add_context([lines[-1]])
        return Reply(join_text(lines, "…"), page.blocks)

    def list_lines(self, gap: OpenGap) -> list[str]:
        """Return what is known of a gap."""
        group = gap.group
        span = {"first": build_day(group.first_at), "latest": build_day(group.latest_at)}
        lines = [self.name_gap(gap)]
        lines.append(self.say(ReportSentence.GAP_COUNTS, people=group.people, days=group.days, **span))
        links = self._list_links(gap)
        places = self.say(ReportSentence.GAP_PLACES, links=" ".join(links))
        lines.append(places if links else self.say(ReportSentence.GAP_NO_PLACE))
        near = list(filter(None, map(self._name_entry, gap.nearest[:MOST_NEAREST])))
        if near:
            listed = reduce(
                lambda first, second: self.say(AnswerSentence.LISTED, first=first, second=second), near
            )
            lines.append(self.say(ReportSentence.GAP_NEAREST, entries=listed))
        if gap.command and len(gap.command) <= MOST_COMMAND:
            command = make_code(gap.command, MOST_COMMAND + 50)[1:-1]
            lines.append(self.say(ReportSentence.GAP_COMMAND, command=command))
        return lines

    def _list_links(self, gap: OpenGap) -> list[str]:
        urls = filter(None, (self._link(row.channel, row.ts, row.root) for row in gap.shared_rows))
        return [
            f"<{escape(url)}|{self.say(ReportSentence.GAP_PLACE, number=number)}>"
            for number, url in enumerate(urls, 1)
        ]

    def _name_entry(self, name: str) -> str:
        entry = self._knowledge.find_entry(name)
        return escape(f"{entry.code} {pick_text(entry.title, self._language)}") if entry else ""

    def _list_buttons(self, gap: OpenGap, action_id: str, label: Sentence) -> list[Button]:
        buttons = [build_value_button(action_id, self.say(label), gap.group.key)]
        if action_id == ids.GAP_IGNORE and gap.can_ask:
            owner = self.say(ReportSentence.BUTTON_OWNER)
            buttons.append(build_value_button(ids.OWNER_ASK, owner, gap.group.key))
        return buttons

    def say(self, key: Sentence, **values: object) -> str:
        """Return a fixed sentence; what fills it is escaped already."""
        return self._sentences.say(key, self._language, **values)
