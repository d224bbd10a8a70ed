"""A post that is put to the desk, by a mention or directly: its question answered where it stands, once."""

from __future__ import annotations

import time
from dataclasses import replace

from bot.answer_context import AnswerContext
from bot.channels.once import answer_once, take_once
from bot.matching import Verdict
from bot.outbox.decision_store import PostKey
from bot.outbox.message import Ephemeral
from bot.posts.post import Post
from bot.redaction import EMPTY, Redacted, redact
from bot.replies.recall import Audience, Recall
from bot.replies.reply import Reply
from bot.replies.sentences import SlackSentence
from bot.slack.notes import find_due_notes
from bot.slack.rate_limiter import MOST_QUESTIONS
from bot.slack.services import Services

THANKS = "thanks"  # why a post got no answer
OVER_LIMIT = "over-limit"  # why a question got no answer
NOTHING = Verdict("abstained", reason="nothing-said")
REFUSED = Verdict("abstained", reason=OVER_LIMIT)


def answer_post(
    services: Services, desk: AnswerContext, post: Post, root: str, surface: str, audience: Audience
) -> None:
    """Answer in the thread that `root` begins; "" is the conversation itself."""
    began, said = time.monotonic(), post.said
    if desk.asks_for_help(said):
        _post_once(services, desk, post, root, surface, desk.replies.build_usage(), began)
        return
    text = post.text
    recall = replace(desk.answer_question(text, surface, post.author), audience=audience)
    case = services.builder.open_case(
        desk,
        PostKey(post.team, post.channel, post.ts, root),
        surface,
        recall,
        by_bot=post.is_bot,
        began=began,
        remark=desk.say_read_part(text, recall.language),
        notes=find_due_notes(services, post.team, post.channel, recall.verdict),
        text=keep_text(services, recall.verdict, said),
    )
    again = answer_once(services.decisions, services.builder, case, recall)
    if again:
        services.send(Ephemeral(again, post.channel, post.author, post.root))


def is_beyond_limit(services: Services, desk: AnswerContext, post: Post, root: str, surface: str) -> bool:
    """Count a post that is put to the desk; say whether it is beyond what its author may ask.

    The person is told so once: more of it would be the flood itself.
    """
    began = time.monotonic()
    beyond = services.limiter.count_question(post.team, post.author, surface)
    if beyond == 1:
        _post_once(services, desk, post, root, surface, build_refusal(desk, post.said), began, REFUSED)
    elif beyond:
        key = PostKey(post.team, post.channel, post.ts, root)
        recall = Recall(REFUSED, desk.find_language(post.said))
        case = services.builder.open_case(
            desk, key, surface, recall, by_bot=post.is_bot, began=began, person=post.author
        )
        services.decisions.record_ledger_row(services.builder.build_row(case, "silent", OVER_LIMIT))
    return beyond > 0


def note_thanks(services: Services, desk: AnswerContext, post: Post, root: str, surface: str) -> None:
    """Note a post that thanks, to which nothing is said."""
    key = PostKey(post.team, post.channel, post.ts, root)
    recall = Recall(Verdict("abstained", reason=THANKS), desk.language)
    case = services.builder.open_case(desk, key, surface, recall, by_bot=post.is_bot, person=post.author)
    services.decisions.record_ledger_row(services.builder.build_row(case, "silent", THANKS))


def keep_text(services: Services, verdict: Verdict, said: str) -> Redacted:
    """Return what is kept of a question: of one that was answered nothing, unless the operator wants it."""
    return redact(said) if verdict.kind == "abstained" or services.keeps_questions else EMPTY


def build_refusal(desk: AnswerContext, text: str) -> Reply:
    """Return the sentence for a person who asks too much, in the language of the question."""
    language = desk.find_language(text)
    return desk.replies.build_notice(SlackSentence.LIMIT_REACHED, language, count=MOST_QUESTIONS)


def _post_once(
    services: Services,
    desk: AnswerContext,
    post: Post,
    root: str,
    surface: str,
    reply: Reply,
    began: float,
    verdict: Verdict = NOTHING,
) -> None:
    """Post what is no answer, once."""
    recall = Recall(verdict, desk.find_language(post.said))
    key = PostKey(post.team, post.channel, post.ts, root)
    case = services.builder.open_case(
        desk, key, surface, recall, by_bot=post.is_bot, began=began, person=post.author
    )
    take_once(services.decisions, case, lambda _seen: services.builder.post_reply(case, reply, ()))
