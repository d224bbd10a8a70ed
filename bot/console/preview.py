"""`faultbook preview`: an entry's card as Slack shows it: its text, its blocks, or a page for a browser."""

from __future__ import annotations

import html
import json
from typing import Literal

from bot.console.ask_command import find_shown
from bot.console.session import Session
from bot.errors import InputError
from bot.knowledge.entry import pick_text
from bot.matching import Verdict
from bot.replies.html import build_html
from bot.replies.recall import Recall
from bot.replies.sentences import AuthoringSentence
from bot.replies.slack import SlackReplies

Format = Literal["text", "slack", "html"]


def preview(session: Session, code: str, lang: str | None, shape: Format) -> str:
    """Return the card. "text" is what notifications and screen readers get; "slack" is for Block Kit Builder.

    A draft has one, too. Raises InputError where the code isn't documented, or is in several packs.
    """
    session.drafts = True
    language = session.choose_language(lang or session.settings.language, "")
    entries = find_shown(session, code)
    if len(entries) > 1:
        names = ", ".join(entry.id for entry in entries)
        raise InputError(AuthoringSentence.PREVIEW_SEVERAL, code=code, names=names)
    [entry] = entries
    recall = Recall(Verdict("abstained"), language).pick_entry(entry)
    reply = SlackReplies(session.knowledge).build_reply(recall)
    if shape == "slack":
        return json.dumps({"blocks": reply.blocks}, ensure_ascii=False, indent=2)
    if shape == "html":
        return build_html(reply.blocks, language, f"{entry.code} {pick_text(entry.title, language)}").rstrip()
    return html.unescape(reply.text)
