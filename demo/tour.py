"""The demo's questions, each kind of them in both languages, and how they are asked in a workspace."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.knowledge.snapshot import Knowledge
from demo.cast import ALEX, BOT, CHANNELS, INCIDENTS, MEI, MEI_DM, SUPPORT, USERS
from demo.workspace import Json, Workspace, WorkspaceError

COMMAND = "/fault"
PACK = "aliyun-living"  # what QUESTIONS are about
OWN_ENTRIES = 3  # of other knowledge that are asked about
PATIENCE = 60.0  # seconds; an answer takes a tenth of one, unless the machine is busy
PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Question:
    """One question: who asks it where, by the slash command or else by a mention or a direct message.

    One that is `unasked` is put to nobody: a post in a channel that the desk watches.
    """

    user: str
    channel: str
    text: str
    by_command: bool = False
    unasked: bool = False

    @property
    def where(self) -> str:
        """The channel's name as Slack shows it."""
        return f"#{CHANNELS[self.channel]}" if self.channel in CHANNELS else "Direct message"

    @property
    def asked(self) -> str:
        """What the person types."""
        if self.by_command:
            return f"{COMMAND} {self.text}"
        if self.unasked:
            return self.text.replace("\n", " / ")
        return f"@Faultbook {self.text}" if self.channel in CHANNELS else self.text


QUESTIONS = (
    Question(ALEX, SUPPORT, "28504", by_command=True),
    Question(MEI, SUPPORT, "错误码28504", by_command=True),
    Question(ALEX, SUPPORT, "my device is offlne"),
    Question(MEI, SUPPORT, "设备不在线怎么办"),
    Question(ALEX, INCIDENTS, "the device does not exist"),
    Question(MEI, MEI_DM, "设备不存在"),
    Question(ALEX, INCIDENTS, "error code 28540"),
    Question(MEI, INCIDENTS, "错误码 28540"),
    Question(ALEX, INCIDENTS, "[FIRING:1] lock service\nerror code 28601 since 10:02", unasked=True),
    Question(MEI, INCIDENTS, "【告警】门锁服务\n错误码：28601", unasked=True),
)


def choose_questions(knowledge: Knowledge) -> tuple[Question, ...]:
    """Return QUESTIONS where the knowledge has what they ask about, else some about its own entries."""
    if PACK in knowledge.packs:
        return QUESTIONS
    return tuple(
        question
        for entry in knowledge.entries[:OWN_ENTRIES]
        for question in (
            Question(ALEX, SUPPORT, entry.code, by_command=True),
            *(Question(MEI, SUPPORT, title) for title in entry.title.values()),
        )
    )


def ask_all(
    workspace: Workspace, questions: Iterable[Question] = QUESTIONS
) -> Iterator[tuple[Question, Json]]:
    """Ask each question in the workspace, and yield it with the reply. Raises WorkspaceError if one lacks."""
    for question in questions:
        yield question, ask(workspace, question)


def ask(workspace: Workspace, question: Question) -> Json:
    """Ask one question and return the reply; that to a mention must stand in its thread."""
    channel, user = question.channel, question.user
    before = {message["ts"] for message in workspace.messages(channel)}
    threads: tuple[str | None, ...] = (None,)
    if question.by_command:
        workspace.command(channel, user, COMMAND, question.text)
    elif channel in CHANNELS:
        text = question.text if question.unasked else f"<@{BOT}> {question.text}"
        threads = (workspace.post(channel, user, text),)
    else:
        threads = (None, workspace.post(channel, user, question.text))
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for message in workspace.messages(channel):
            is_new = message["ts"] not in before and message["user"] == BOT
            if is_new and message.get("thread_ts") in threads:
                return message
        time.sleep(PAUSE)
    raise WorkspaceError(f"No reply to {USERS[user]}'s {question.asked!r} within {PATIENCE:.0f} s.")
