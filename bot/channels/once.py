"""A post that is answered once, though Slack delivers it more than once, and its edits again."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.case import Case
from bot.channels.decisions import DecisionBuilder
from bot.outbox.decision_store import Decision, DecisionStore, Seen
from bot.replies.recall import Recall
from bot.replies.reply import Reply


def take_once(decisions: DecisionStore, case: Case, build: Callable[[Seen], Decision]) -> None:
    """Have a post taken, unless it was before."""
    decisions.record_decision(
        case.post,
        lambda seen: Decision(None) if case.name in seen.claims else build(seen),
        names=case.names,
    )


def answer_once(
    decisions: DecisionStore, builder: DecisionBuilder, case: Case, recall: Recall, sharer: str = ""
) -> Reply | None:
    """Answer in the thread what it hasn't been told yet, however often it is asked; `sharer` has it told.

    Where it has been told all of it, return the reply for whoever asked.
    """
    told_again: list[Reply] = []

    def build(seen: Seen) -> Decision:
        decision, again = builder.answer_rest(case, recall, seen, sharer)
        told_again[:] = [again] if again else []
        return decision

    take_once(decisions, case, build)
    return told_again[0] if told_again else None
