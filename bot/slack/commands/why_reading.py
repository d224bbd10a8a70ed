"""What the desk reads in a post and why it doesn't count, for `/fault why`: the post is asked for once more.

No text of a silent post is kept, so Slack is asked for it, and it is judged by the knowledge that serves now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from bot.matching import Explanation
from bot.outbox.decision_store import LedgerRow
from bot.outbox.message import ResponseUrlMessage
from bot.outbox.slack_client import SlackClient
from bot.outbox.thread import HISTORY, REPLIES, read_messages
from bot.posts.post import read_post
from bot.replies.cues import find_cue, find_veto
from bot.replies.mrkdwn import escape, make_code
from bot.replies.sentences import SlackSentence
from bot.slack.commands.call import CommandCall

BEFORE, BEHIND = 24, 12  # characters that are shown beside a number
MOST_NUMBERS = 5


@dataclass(frozen=True, slots=True)
class PostReading:
    """A post of the ledger's, to be read again for whoever asks why nothing was said to it."""

    call: CommandCall
    row: LedgerRow
    eager: bool

    def send(self, client: SlackClient) -> None:
        """Read the post, and tell the person what stands in it. Raises RefusedError if Slack refuses."""
        call, row = self.call, self.row
        try:
            text = self._read_text(client)
        except SlackApiError as error:
            lines = [
                call.word(SlackSentence.WHY_UNREADABLE, error=escape(str(error.response.get("error", ""))))
            ]
        else:
            desk = call.services.channels.limit_packs_as_known(call.desk, call.team, call.channel)
            lines = list(self._list_lines(desk.explain_text(text, row.surface == "watch", self.eager)))
        ResponseUrlMessage(call.desk.replies.build_report(lines), call.response_url).send(client)

    def _read_text(self, client: SlackClient) -> str:
        row = self.row
        method, asked = (
            HISTORY,
            {"channel": row.channel, "latest": row.ts, "oldest": row.ts, "inclusive": True},
        )
        if row.root not in ("", row.ts):
            method, asked = REPLIES, {**asked, "ts": row.root}
        messages, _ = read_messages(client, method, **asked)
        found = (message for message in messages if message.get("ts") == row.ts)
        return read_post(next(found, {})).text

    def _list_lines(self, explanation: Explanation) -> Iterator[str]:
        """Yield the numbers that were read, and why each is no code, or too little of one."""
        say, told = self.call.word, False
        for passed in explanation.passed_over[:MOST_NUMBERS]:
            told = True
            around = _show_around(explanation.normalised, passed.start, passed.end)
            veto = say(find_veto(passed.veto))
            yield say(SlackSentence.WHY_PASSED_OVER, around=around, code=escape(passed.digits), veto=veto)
        for mention in explanation.codes[:MOST_NUMBERS]:
            told = True
            around = _show_around(explanation.normalised, mention.start, mention.end)
            cues = "; ".join(say(find_cue(cue)) for cue in mention.cues)
            key = SlackSentence.WHY_WEAK if cues else SlackSentence.WHY_BARE
            yield say(key, around=around, code=escape(mention.code), cues=cues)
        if not told:
            yield say(SlackSentence.WHY_NOTHING_READ)


def _show_around(text: str, start: int, end: int) -> str:
    """Return a number with what stands beside it, as a code span."""
    line = text[max(0, start - BEFORE) : start].rpartition("\n")[2]
    behind = text[end : end + BEHIND].partition("\n")[0]
    return make_code(f"{line}{text[start:end]}{behind}")
