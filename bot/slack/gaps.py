"""The list of gaps for one author, sent to where it was asked for: what a command and its buttons share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer_context import AnswerContext
from bot.outbox.message import ResponseUrlMessage
from bot.outbox.slack_client import SlackClient
from bot.replies.reply import Reply
from bot.replies.sentences import ReportSentence, Sentence
from bot.reports.gap_list import OpenGap
from bot.reports.gap_page import MOST_LISTED, GapPage
from bot.reports.periods import DAY
from bot.slack.services import Services

DAYS = 30  # that the list goes back


@dataclass(frozen=True, slots=True)
class GapMessage:
    """The list, made when it is sent; `replace` puts it in the place of the one that was clicked.

    `key` and `change` name a gap that was changed just now, and how, which stands above.
    """

    services: Services
    desk: AnswerContext
    team: str
    response_url: str
    ignored: bool = False
    replace: bool = False
    key: str = ""
    change: Sentence | None = None

    def send(self, client: SlackClient) -> None:
        """Make the list and send it. Raises StoreError, or RefusedError if Slack refuses."""
        ResponseUrlMessage(self._build(), self.response_url, replace=self.replace).send(client)

    def _build(self) -> Reply:
        page = build_page(self.services, self.desk)
        gaps, more = self._find_gaps()
        opening = ""
        if self.change:
            changed = find_gap(self.services, self.desk, self.team, self.key)
            opening = page.say(self.change, what=page.name_subject(changed)) if changed else ""
        if self.ignored:
            return page.build_ignored(gaps, opening=opening)
        undo = self.key if self.change is ReportSentence.GAP_IGNORED else ""
        return page.build_list(gaps, DAYS, more=more, opening=opening, undo=undo)

    def _find_gaps(self) -> tuple[Sequence[OpenGap], bool]:
        store, since = self.services.gaps, self.services.clock() - DAY * DAYS
        return store.find_open(
            self.team,
            since,
            self.desk.knowledge,
            lambda text: self.desk.judge_text(text).kind != "abstained",
            ignored=self.ignored,
            most=MOST_LISTED,
        )


def build_page(services: Services, desk: AnswerContext) -> GapPage:
    """Return what lays gaps out."""
    return GapPage(desk.knowledge, desk.language, services.builder.link_post)


def find_gap(services: Services, desk: AnswerContext, team: str, key: str) -> OpenGap | None:
    """Return a gap by its key, closed or not, or None where nothing is kept of it."""
    return services.gaps.find_gap(team, key, services.clock() - DAY * DAYS, desk.knowledge)
